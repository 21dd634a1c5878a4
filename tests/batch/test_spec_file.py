"""Spec files as people and machines write them, wrong ones first."""

import io
import json
from pathlib import Path

import pytest

from optviz import batch, cli
from optviz.errors import WorldError


def faults(folder: Path, text: str | bytes, name: str = "a.toml") -> list[str]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(fault).replace(f"{folder}/", "") for fault in batch.read([str(path)]).faults]


UNREADABLE = [
    (
        "a.toml",
        "[a]\neta = = 1",
        "a.toml, line 2: = stands between a word and its value; write eta = 1",
    ),
    ("a.toml", "[a", "a.toml, line 1: a bracket is not closed; write [a]"),
    ("a.toml", "[a]\n[a]", "a.toml, line 2: [a] stands twice"),
    ("a.toml", b"[a]\ntitle = '\xff'", "a.toml, line 2: byte 0xff is not UTF-8"),
    ("a.toml", "[a]\nx = " + "[" * 9999, "a.toml: nested more than 50 deep"),
    ("a.json", '{"a": {"eta": 1,}}', "a.json, line 1: not JSON: "),
    ("a.json", '{"a": {}, "a": {}}', "a.json: a is given twice"),
    ("a.json", '{"a": {"eta": NaN}}', "a.json: NaN is no finite number, and no JSON"),
    ("a.json", "[1]", "a.json: a table of figures is wanted, {…}"),
    ("a.json", "[" * 99999, "a.json: nested more than 50 deep"),
    ("a.jsonl", '{"eta": 1}\n[2]', "a.jsonl: line 2: a figure is wanted, {…}"),
    ("a.jsonl", '{"name": "x"}\n\n{"name": "x"}', "a.jsonl: line 3: name: 'x', a name of its own"),
    ("a.jsonl", '{"name": 3}', "a.jsonl: line 1: name: 3, a name of its own is wanted"),
]


@pytest.mark.parametrize(("name", "text", "said"), UNREADABLE, ids=[u[2][:60] for u in UNREADABLE])
def test_what_cannot_be_read_is_said_with_its_line(
    name: str, text: str | bytes, said: str, tmp_path: Path
) -> None:
    (only,) = faults(tmp_path, text, name)
    assert only.startswith(said)


WRONG = [
    ("x = 1", "a.toml: x = 1: a figure is a table, [name]"),
    ("defaults = 1", "a.toml: defaults = 1: a table is wanted"),
    ("[defaults]\nthme = 'dark'", "[defaults] thme = \"dark\": no word is called 'thme'; did you"),
    ("include = 3", 'a.toml: include = 3: a list of files, ["a.toml"], is wanted'),
    ("include = ['no.toml']", 'include = "no.toml": cannot read no.toml: there is no such file'),
    ("include = ['a.toml']", 'include = "a.toml": a.toml: includes itself: a.toml → a.toml'),
    ("[a]\nsteps = 1979-05-27", "[a] steps = 1979-05-27: a whole number is wanted"),
    ("[a]\neta = true", "[a] eta = true: a text is wanted"),
    ("[a]\nfps = '9'", '[a] fps = "9": a number is wanted'),
    ("[defaults]\nn = 9\n[a]", "[defaults] n = 9: the short form of a flag; write steps"),
    ("[a]\nf = 'x^2'", '[a] f = "x^2": the short form of a flag; write objective'),
    ("[a]\no = 'b.png'", '[a] o = "b.png": the short form of a flag; write output'),
    (
        "[a]\nouput = 'b.png'",
        "[a] ouput = \"b.png\": no option of trace is called 'ouput'; did you",
    ),
    ("[a]\nover = 'eta=[1]'", '[a] over = "eta=[1]": an option of sweep, not of trace'),
    ("[a]\nview = 'traces'", "[a] view = \"traces\": no figure is called 'traces'; did you mean"),
    ("[a]\nview = 3", "[a] view = 3: no figure is called '3'"),
    ("[a.b]\neta = 1", '[a] b = {"eta": 1}: a table in a figure; a name with a dot is ["a.b"]'),
    ("[a]\ncaption = 3", "[a] caption = 3: a text is wanted"),
    ("[' ']", "a.toml: [ ]: a figure wants a name"),
    ("[a]\nmatrix = 3", "[a] matrix: 3 given, a table of words with lists of values is wanted"),
    ("[a.matrix]\neta = 3", "[a] matrix.eta: 3 given, a list of values is wanted"),
    ("[a.matrix]\neta = []", "[a] matrix.eta: [] given, a list of values is wanted"),
    ("[a.matrix]\neta = [1, 1]", "[a-1]: two figures are called so"),
    ("['a-1']\n[a.matrix]\neta = [1]", "[a-1]: two figures are called so"),
    ("[a]\nobjective = '@-'", "standard input is not read twice"),
    ("[a]\nobjective = '@q.json'", "cannot read "),
    ("[a]\nopt = 'torch.optim:Adagrad(lr=0.4)'", "code from outside runs only with --allow-code"),
    ("[a]\nopt = ['gd', './mine.py:Rule']", "code from outside runs only with --allow-code"),
    ("[a.matrix]\nopt = ['./mine.py:Rule']", "code from outside runs only with --allow-code"),
    ("[defaults]\nopt = './mine.py:Rule'\n[a]", "code from outside runs only with --allow-code"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[w[0] for w in WRONG])
def test_a_mistake_is_told_with_figure_key_value_and_the_nearest_word(
    text: str, said: str, tmp_path: Path
) -> None:
    (only,) = faults(tmp_path, text)
    assert said in only


def test_a_huge_matrix_is_refused_before_it_is_made(tmp_path: Path) -> None:
    rows = "\n".join(f"{key} = {list(range(1000))}" for key in ("eta", "beta", "rho", "beta1"))
    (only,) = faults(tmp_path, f"[a.matrix]\n{rows}")
    assert "matrix: 1000000000000 figures given, 10000 at most are wanted" in only


def test_includes_in_a_circle_are_told_with_the_way_round(tmp_path: Path) -> None:
    for name, other in (("b", "c"), ("c", "b")):
        (tmp_path / f"{name}.toml").write_text(f'include = ["{other}.toml"]\n[{name}]')
    (only,) = faults(tmp_path, "include = ['b.toml']")
    assert "includes itself: b.toml → c.toml → b.toml" in only


def test_the_same_name_in_two_files_is_told_with_both(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("[x]")
    (only,) = faults(tmp_path, "include = ['b.toml']\n[x]")
    assert only.endswith("a.toml: [x]: two figures are called so, also in b.toml")


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("[x]\netta = 1")
    found = faults(tmp_path, "include = ['b.toml']\n[y]\neta = true\nsteps = 'x'\n[z]\nfps = 'x'")
    assert len(found) == 4


def test_a_file_that_is_not_there_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="there is no such file"):
        batch.read([str(tmp_path / "no.toml")])


def words(path: Path) -> dict[str, dict[str, object]]:
    plan = batch.read([str(path)])
    assert not plan.faults
    return {item.name: item.figure.options() for item in plan.items}


def test_toml_json_and_lines_of_json_spell_the_same_figures(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[a]\neta = 0.4\n[b]\nview = "rates"\noutput = "b.gif"\nmax-size = "2MB"'
    )
    tables = {"a": {"eta": 0.4}, "b": {"view": "rates", "output": "b.gif", "max-size": "2MB"}}
    (tmp_path / "a.json").write_text(json.dumps(tables))
    lines = [json.dumps({"name": name, **table}) for name, table in tables.items()]
    (tmp_path / "a.jsonl").write_text("\ufeff" + "\n\n".join(lines), encoding="utf-8")
    found = [words(tmp_path / f"a.{suffix}") for suffix in ("toml", "json", "jsonl")]
    assert found[0] == found[1] == found[2]
    assert list(found[0]) == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "[a]\neta=1\n",
        '{"a": {"eta": 1}}',
        '{"name": "a", "eta": 1}\n',
        '{"name": "a", "eta": 1}\n{"name": "b"}',
    ],
)
def test_standard_input_is_read_by_what_is_in_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    plan = batch.read(["-"])
    assert (plan.faults, plan.inputs) == ((), ())
    assert plan.items[0].name == "a"
    assert plan.items[0].figure.options() == {"figure": "trace", "eta": "1"}


def test_defaults_hold_for_the_views_that_have_the_word(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[defaults]\ntheme = "dark"\nfps = 5\nview = "rates"\n'
        '[a]\n[b]\nview = "sweep"\nover = "eta=[1,2]"\ntheme = "light"\n'
        '[c]\nfigure = "trace"\nview = "equal"'
    )
    found = words(path)
    assert found["a"] == {"figure": "rates", "theme": "dark"}
    assert found["b"] == {"figure": "sweep", "over": ["eta=[1,2]"], "theme": "light"}
    assert found["c"]["frame"] == "equal"


def test_an_included_file_lends_its_defaults_and_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.toml").write_text('[defaults]\ntheme = "dark"\nsteps = 3\n[b]')
    path = tmp_path / "a.toml"
    path.write_text('include = ["sub/b.toml", "sub/b.toml"]\n[defaults]\nsteps = 4\n[a]')
    plan = batch.read([str(path)])
    assert [item.figure.options() for item in plan.items] == [
        {"figure": "trace", "steps": 3, "theme": "dark"},
        {"figure": "trace", "steps": 4, "theme": "dark"},
    ]
    assert {item.root for item in plan.items} == {tmp_path}
    assert plan.inputs == (str(path), str(tmp_path / "sub" / "b.toml"))


def test_a_matrix_is_every_combination_named_after_its_values(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        "[a]\nsteps = 3\n[a.matrix]\n"
        'opt = ["gd", "adam:eta=1,beta1=0.5", "../x y"]\nstart = ["−5,2", ["1,2", "3,4"]]'
    )
    plan = batch.read([str(path)])
    assert [item.name for item in plan.items] == [
        "a-gd--5,2",
        "a-gd-1,2+3,4",
        "a-adam-eta=1,beta1=0.5--5,2",
        "a-adam-eta=1,beta1=0.5-1,2+3,4",
        "a-x-y--5,2",
        "a-x-y-1,2+3,4",
    ]
    assert plan.items[1].figure.options()["start"] == ["1,2", "3,4"]
    assert all(item.outputs == ((f"{item.name}.png", "png"),) for item in plan.items)


def test_a_caption_is_given_or_is_the_comment_above(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        "# The file.\n\n# It stalls.\n#  Why?\n[a]\n# no\n\n[b]\n# no\n[c]\ncaption='<b>'"
    )
    captions = [item.caption for item in batch.read([str(path)]).items]
    assert captions == ["It stalls. Why?", "", "<b>"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("# What it\n#  is about.\n\n[a]", "What it is about."),
        ("# The first part.\n#\n# The second.\n\n[a]", "The first part."),
        ("# Of all figures.\n[defaults]\n[a]", ""),
        ("# A caption.\n[a]", ""),
        ("[a]\n\n# Later.\n\n", ""),
        ("#\n\n[a]", ""),
    ],
)
def test_what_a_file_is_about_is_the_comment_that_opens_it(
    text: str, about: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text)
    assert dict(batch.read([str(path)]).about) == ({str(path): about} if about else {})


def test_files_of_a_batch_are_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "q.json").write_text('{"Q": [[1]]}')
    path = tmp_path / "s.toml"
    path.write_text("[a]\nobjective = '@q.json'\noutput = 'sub/A.png'")
    plan = batch.read([str(path)])
    for taken in ("s.toml", "q.json", "S.TOML"):
        assert plan.clash(str(tmp_path / taken)).startswith("but the batch itself has that file")
    assert plan.clash(str(tmp_path / "sub" / "a.png")).startswith("but [a] has that file, spelled")
    assert plan.clash(str(tmp_path / "sub")) == "but [a] has a folder of that name"
    assert plan.clash(str(tmp_path / "index.html")) == ""


def test_the_data_of_a_file_travel_in_the_words(tmp_path: Path) -> None:
    (tmp_path / "q.json").write_text('{"Q": [[0.1, 0], [0, 0.3]], "c": [1e-7, 2]}')
    path = tmp_path / "a.toml"
    path.write_text('[a]\nobjective = "@q.json"')
    (item,) = batch.read([str(path)]).items
    said = "quadratic(Q=[[0.1, 0.0], [0.0, 0.3]], c=[1e-07, 2.0], b=0.0)"
    assert item.figure.options()["objective"] == said
    assert item.data == (str(tmp_path / "q.json"),)


def test_code_from_outside_is_taken_where_it_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[a]\nopt = ["gd", "./mine.py:Rule"]\n[b]')
    plan = batch.read([str(path)], allow_code=True)
    assert [item.outside for item in plan.items] == [True, False]


def test_the_environment_is_for_the_figures_that_have_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[a]\n[b]\nfigure = "loss"\ntheme = "light"')
    plan = batch.read([str(path)], environment={"theme": "dark", "levels": 4, "fps": 5})
    assert plan.faults == ()
    tables = {item.name: item.figure.options() for item in plan.items}
    assert tables["a"] == {"figure": "trace", "levels": "4", "theme": "dark"}
    assert tables["b"] == {"figure": "loss", "theme": "light"}
    monkeypatch.setenv("OPTVIZ_LEVELS", "many")
    assert cli.main(["batch", str(path), "--check"]) == 2
    monkeypatch.setenv("OPTVIZ_LEVELS", "4")
    assert cli.main(["batch", str(path), "--check"]) == 0


def test_two_words_for_one_option_are_refused(tmp_path: Path) -> None:
    (only,) = faults(tmp_path, '[a]\nframe = "equal"\nview = "lock"')
    assert "another word for figure or frame" in only


def test_a_kind_has_its_data_formats_in_a_batch_too(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[a]\nfigure = "inspect"\noutput = "a.json"\n[b]\nanatomy = 2\noutput = "b.md"\n'
        '[c]\nfigure = "sweep"\nover = "eta=[0.1,0.2]"\noutput = "c.csv"'
    )
    reports = batch.run(batch.read([str(path)]), cache=None)
    assert [report.error for report in reports] == ["", "", ""]
    assert '"kappa": 20' in (tmp_path / "a.json").read_text()
    assert (tmp_path / "b.md").read_text().startswith("**AdaGrad, step 2**")
    assert (tmp_path / "c.csv").read_text().startswith("optimizer,eta,steps,diverged")
