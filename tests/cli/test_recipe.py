"""`optviz recipe` as its users meet it."""

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from optviz import cli
from optviz.files import limits

SMALL = ("--size", "320x240", "--dpi", "50", "-q")


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(list(arguments))
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def drawn(run: Run, *paths: str, opt: str = "adagrad:eta=0.4") -> list[bytes]:
    outputs = [part for path in paths for part in ("-o", path)]
    assert run("trace", "--opt", opt, *SMALL, *outputs)[0] == 0
    return [Path(path).read_bytes() for path in paths]


COMMANDS = {
    "trace": ["trace", "--opt", "adam", "--start", "1,2", "--start", "-5,-2"],
    "rates": ["rates", "--opt", "adagrad", "--eta", "0.4"],
    "loss": ["loss", "--opt", "gd", "--opt", "adam", "-n", "9"],
    "compare": ["compare", "--opt", "gd", "--opt", "adam", "--view", "lock", "--fair", "same-eta"],
    "sweep": ["sweep", "--opt", "momentum", "--over", "eta=log(0.1,1,5)", "--over", "beta=[0,0.5]"],
    "inspect": ["inspect", "-f", "d2l-rotated"],
    "anatomy": ["trace", "--opt", "adagrad", "--anatomy", "3"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_draws_can_be_drawn_again_to_the_same_bytes(run: Run, name: str) -> None:
    assert run(*COMMANDS[name], *SMALL, "-o", "a.png", "-o", "a.svg")[0] == 0
    before = [Path(f"a.{form}").read_bytes() for form in ("png", "svg")]
    status, out, err = run("recipe", "--redraw", "a.png", "a.svg")
    assert (status, out, err) == (0, "a.png\na.svg\n", "")
    assert before == [Path(f"a.{form}").read_bytes() for form in ("png", "svg")]
    assert run("recipe", "--verify", "a.png", "a.svg") == (0, "a.png: same\na.svg: same\n", "")


def test_it_is_printed_as_a_table_named_after_the_file(run: Run) -> None:
    drawn(run, "my race.gif", "b.png")
    status, out, err = run("recipe", "my race.gif", "b.png")
    assert (status, err) == (0, "")
    words = {"figure": "trace", "opt": ["adagrad:eta=0.4"], "size": "320x240", "dpi": 50}
    assert tomllib.loads(out) == {"my race": {**words, "output": "my race.gif"}, "b": words}


def test_two_files_of_one_name_are_two_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    drawn(run, "a.png", "a.svg", "sub/a.png")
    tables = tomllib.loads(run("recipe", "a.png", "a.svg", "sub/a.png")[1])
    assert [(name, table.get("output")) for name, table in tables.items()] == [
        ("a", None),
        ("a-2", "a-2.svg"),
        ("a-3", "a-3.png"),
    ]


def test_as_json_it_has_the_version_and_the_final_values(run: Run) -> None:
    drawn(run, "a.png")
    told = json.loads(run("recipe", "--json", "a.png")[1])["a"]
    assert told["final"][0]["status"] == "stalled"
    assert told["optviz"].count(".") == 2


def test_it_goes_into_a_file_too(run: Run) -> None:
    drawn(run, "a.png")
    assert run("recipe", "a.png", "-o", "spec.toml") == (0, "spec.toml\n", "")
    assert "a" in tomllib.loads(Path("spec.toml").read_text(encoding="utf-8"))


def test_it_is_drawn_again_elsewhere_or_in_another_format(run: Run) -> None:
    first, second = drawn(run, "a.png", "b.gif")
    status, out, _ = run("recipe", "--redraw", "a.png", "b.gif", "--out-dir", "new/deep")
    assert (status, out.split()) == (0, ["new/deep/a.png", "new/deep/b.gif"])
    assert Path("new/deep/a.png").read_bytes() == first
    assert Path("new/deep/b.gif").read_bytes() == second
    assert run("recipe", "--redraw", "b.gif", "-o", "c.png")[1] == "c.png\n"
    assert Path("c.png").read_bytes() == first


def test_a_change_is_told_and_fails(run: Run) -> None:
    (data,) = drawn(run, "a.svg")
    Path("a.svg").write_bytes(data.replace(b'"f": 0.6', b'"f": 0.7'))
    status, out, err = run("recipe", "--verify", ".")
    assert (status, err) == (3, "")
    assert out.startswith("a.svg: changed: numbers: f of run 1 was 0.7")
    told = json.loads(run("recipe", "--verify", "--json", ".")[1])
    assert [one["state"] for one in told] == ["changed"]
    assert "numbers" in told[0]


def test_what_is_not_ours_is_told_and_fails(run: Run, tmp_path: Path) -> None:
    drawn(run, "a.png")
    Path("b.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    Path("c.txt").write_text("not looked at")
    (tmp_path / "sub").mkdir()
    Path("sub/d.gif").write_bytes(b"GIF89a")
    assert run("recipe", "--verify", ".") == (
        3,
        "a.png: same\nb.svg: not ours\nsub/d.gif: not ours\n",
        "",
    )
    status, out, err = run("recipe", "a.png", "b.svg", "c.txt")
    assert (status, list(tomllib.loads(out))) == (3, ["a"])
    assert err.splitlines() == [
        f"optviz: {name}: not ours: it carries no recipe" for name in ("b.svg", "c.txt")
    ]


def test_what_was_drawn_of_data_has_no_recipe(run: Run) -> None:
    assert run("run", "--opt", "gd", "-o", "a.csv", "-q")[0] == 0
    assert run("plot", "trace", "a.csv", *SMALL, "-o", "a.png")[0] == 0
    assert run("recipe", "--verify", "a.png") == (3, "a.png: not ours\n", "")


def test_code_from_outside_needs_leave(run: Run, tmp_path: Path) -> None:
    rule = tmp_path / "mine.py"
    rule.write_text(
        "from pathlib import Path\nPath('ran').touch()\n"
        "from optviz.optimizers.gd import GD\nclass Mine(GD):\n    pass\n"
    )
    (data,) = drawn(run, "a.png", opt="./mine.py:Mine(eta=0.1)")
    Path("ran").unlink()
    assert run("recipe", "a.png")[0] == 0
    status, out, err = run("recipe", "--redraw", "a.png")
    assert (status, out) == (2, "")
    assert "--allow-code" in err
    assert len(err.splitlines()) == 1
    status, out, _ = run("recipe", "--verify", "a.png")
    assert status == 3
    assert out.startswith("a.png: failed: its recipe runs code from outside")
    assert not Path("ran").exists()
    assert run("recipe", "--verify", "--allow-code", "a.png")[0] == 0
    assert Path("a.png").read_bytes() == data


def test_two_pictures_in_one_place_are_refused_before_any_is_drawn(run: Run) -> None:
    drawn(run, "a.png")
    old = Path("a.png").stat().st_mtime_ns
    assert run("recipe", "--redraw", "a.png", "a.png")[0] == 2
    assert Path("a.png").stat().st_mtime_ns == old


BAD = {
    "empty.png": b"",
    "other.png": b"GIF89a",
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0",
    "damaged.svg": b'<svg><dc:source>{"optviz": 3}</dc:source>',
    "digits.svg": b"<svg><dc:source>&#" + b"1" * 9000 + b";optviz</dc:source>",
    "nested.svg": b'<svg><dc:source>{"optviz":' + b"[" * 99_999 + b"</dc:source>",
}


def spoil(folder: Path) -> set[str]:
    """Puts into a folder one of each file that cannot be verified; their names."""
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "loop.png").symlink_to("loop.png")
    (folder / "gone.png").symlink_to("nowhere.png")
    (folder / "endless.png").symlink_to("/dev/zero")
    (folder / "round").symlink_to(".", target_is_directory=True)
    os.mkfifo(folder / "pipe.png")
    with (folder / "giant.png").open("wb") as stream:
        stream.truncate(limits.PICTURE + 1)
    return {*BAD, "loop.png", "gone.png", "endless.png", "pipe.png", "giant.png"}


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
def test_a_bad_picture_is_one_line_and_the_round_goes_on(run: Run, tmp_path: Path) -> None:
    drawn(run, "a.png", "zz.png")
    bad = spoil(tmp_path)
    status, out, err = run("recipe", "--verify", ".")
    told = dict(line.split(": ", 1) for line in out.splitlines())
    assert (status, err, told.keys()) == (3, "", {*bad, "a.png", "zz.png"})
    assert [name for name, state in told.items() if state == "same"] == ["a.png", "zz.png"]
    assert all(told[name].startswith(("failed", "not ours")) for name in bad)
    named = sorted({*bad, "a.png", "zz.png"} - {"pipe.png", "endless.png"})
    for more in ([], ["--redraw", "--out-dir", "new"]):
        status, out, err = run("recipe", *more, *named)
        assert (status, len(err.splitlines())) == (3, len(named) - 2)
    assert {path.name for path in Path("new").iterdir()} == {"a.png", "zz.png"}


def test_what_cannot_be_drawn_again_is_one_line_too(run: Run) -> None:
    drawn(run, "a.svg", "b.svg")
    Path("b.svg").write_text(Path("b.svg").read_text().replace('"opt": ["ada', '"opt": ["ida'))
    status, out, err = run("recipe", "--redraw", "b.svg", "a.svg", "--out-dir", "new")
    assert (status, out) == (3, "new/a.svg\n")
    assert err.startswith("optviz: b.svg: cannot be drawn again: no optimizer is called 'idagrad'")


def test_data_is_that_beside_the_picture_wherever_one_stands(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("data.csv").write_text("a,y\n1,2\n2,3\n3,5\n")
    data = ("-f", "@data.csv", "--target", "y", "--intercept")
    assert run("trace", *data, *SMALL, "-o", "a.png")[0] == 0
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert run("recipe", "--verify", "../a.png") == (0, "../a.png: same\n", "")
    Path("b.png").write_bytes(Path("../a.png").read_bytes())
    status, out, _ = run("recipe", "--verify", "b.png")
    assert (status, out.count("\n")) == (3, 1)
    assert "its objective is in data.csv, but no such file lies beside the picture" in out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.png"], 1, "there is no such file"),
        (["--verify", "none"], 1, "no such file"),
        (["a.png", "--redraw", "--verify"], 2, "one of them"),
        ([], 2, "missing"),
        (["a.png", "--out-dir", "x"], 2, "--redraw"),
        (["a.png", "-o", "b.png"], 2, "--redraw"),
        (["."], 1, "it is a folder"),
        (["--redraw", "a.png", "-o", "a.doc"], 2, "known suffix"),
        (["--redraw", "a.png", "b.png", "-o", "c.png"], 2, "one picture"),
        (["--redraw", "a.png", "-o", "no/c.png"], 1, "no folder"),
    ],
)
def test_what_is_asked_wrongly_is_answered_in_one_line(
    run: Run, arguments: list[str], status: int, said: str
) -> None:
    drawn(run, "a.png", "b.png")
    answer, out, err = run("recipe", *arguments)
    assert (answer, out) == (status, "")
    assert said in err
    assert len(err.splitlines()) == 1
