"""Hostile words and files end in one line and exit status 2, and nothing is written."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optviz import cli

RUN = {
    "x": [[1, 1], [0.8, 0.6], [0.6, 0.3]],
    "f": [3, 1, 0.5],
    "grad": [[2, 4], [1.6, 2.4]],
    "rate": [[0.1, 0.1], [0.1, 0.1]],
    "objective": {"Q": [[2, 0], [0, 4]], "c": [0, 0], "b": 0},
    "optimizer": "gd:eta=0.1",
    "status": "running",
    "status_step": 2,
    "every": 1,
    "seed": 0,
    "steps": 2,
    "label": "mine",
}


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    status = cli.main([*arguments, "-q"])
    return status, capsys.readouterr().err.splitlines()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


WORDS = {
    "a size of 400 digits": ["--size", "1" * 400 + "x1"],
    "a size of 5000 digits": ["--size", f"{'1' * 5000}x1"],
    "bytes of 400 digits": ["--max-size", "1" * 400],
    "steps of 5000 digits": ["-n", "1" * 5000],
    "steps of 30 digits": ["-n", "1" * 30],
    "the last of all seeds": ["--seed", str(2**63 - 1), "--gradient", "noise(1)", "--seeds", "2"],
    "a seed of 30 digits": ["--seed", "1" * 30],
    "a grid of 400 digits": ["--start", f"grid(0,1,0,1,{'1' * 400}x2)"],
    "braces in braces": ["--title", f"${'{' * 40}x{'}' * 40}$"],
    "braces in a label": ["--label", f"${'{' * 40}x{'}' * 40}$"],
    "brackets in brackets": ["--title", "$" + "\\left(" * 100 + "x" + "\\right)" * 100 + "$"],
    "a formula that is none": ["--label", "$\\foo$"],
    "brackets of an optimizer": ["--opt", "adam:eta=" + "(" * 2000],
    "minus signs": ["-f", "-" * 10_000 + "x"],
    "brackets of an expression": ["-f", "(" * 2000 + "x" + ")" * 2000],
    "brackets of a matrix": ["-f", f"quadratic(Q={'[' * 2000}"],
    "arguments in arguments": ["--opt", f"torch.optim:SGD(lr={'(' * 2000}1{')' * 2000})"],
    "a loop of links": ["-f", "@loop.json"],
    "full-width digits": ["--start", "１,２"],
    "digits in two parts": ["--start", "1_0,2"],
}


@pytest.mark.parametrize("name", WORDS)
def test_hostile_words_are_one_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("loop.json").symlink_to("loop.json")
    status, told = lines(capsys, "trace", *WORDS[name], "-o", "a.png")
    assert status in (1, 2)
    assert 1 <= len(told) <= 3  # a text, and its place
    assert sum(map(len, told)) < 1500
    assert not Path("a.png").exists()


@pytest.mark.parametrize("over", ["eta={1:2}", "eta=[[1]]", "eta='a'", "eta=lin(-1e308,1e308,5)"])
def test_an_axis_that_is_none_is_one_sentence(
    over: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = lines(capsys, "sweep", "--opt", "gd", "--over", over, "-o", "a.png")
    assert status == 2
    assert told[0].startswith("optviz: over: ")
    assert not Path("a.png").exists()


FILES = {
    "step of 30 digits": {**RUN, "status_step": 10**30},
    "stride of 30 digits": {**RUN, "every": 10**30},
    "seed of 30 digits": {**RUN, "seed": 10**30},
    "a last step without end": {**RUN, "every": 10**15},
    "half a pair": {**RUN, "label": "\ud800"},
    "a list in lists": {**RUN, "x": [[[[1]]]]},
    "numbers of 400 digits": {**RUN, "x": [[10**400, 1], [1, 1], [1, 1]]},
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_run_is_one_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(json.dumps(FILES[name]))
    status, told = lines(capsys, "plot", "trace", "a.jsonl", "-o", "a.png")
    assert (status, len(told)) == (2, 1)
    assert told[0].startswith("optviz: a.jsonl, line 1: ")
    assert not Path("a.png").exists()


@pytest.mark.parametrize("cell", ["1_0", "１０", "١", "0x10", "1d5", "one", "1,5,", "--1"])
def test_a_cell_that_only_python_takes_for_a_number_is_refused(
    cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(f"step;x1;x2\n0;1;2\n1;2;{cell}\n", encoding="utf-8")
    for arguments in (
        ["plot", "trace", "a.csv"],
        ["rates", "--gradient", "log(a.csv)"],
        ["trace", "-f", "@a.csv", "--target", "x2"],
    ):
        status, told = lines(capsys, *arguments, "-o", "a.png")
        assert (status, len(told)) == (2, 1)
        assert "line 3" in told[0] or "text" in told[0] or "columns" in told[0]


def test_a_dotted_key_of_2000_parts_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.toml").write_text(".".join(["a"] * 2000) + " = 1")
    status, told = lines(capsys, "batch", "a.toml", "--no-cache")
    assert status == 2
    assert told[-1].strip() == "a.toml, line 1: a dotted key of more than 10 parts"


def test_of_very_many_mistakes_the_first_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = {f"w{i}": 1 for i in range(5000)}
    Path("a.json").write_text(json.dumps({"a": words}))
    status, told = lines(capsys, "batch", "a.json", "--no-cache")
    assert status == 2
    assert len(told) < 1100
    assert told[-1].endswith("and more mistakes than are told")


ODD = st.sampled_from(
    [None, True, 0, -1, 10**30, 10**400, 2**63, 1.5, 1e308, -1e308, 5e-324, "", "a", "\ud800", "$x",
     "@/dev/zero", [], {}, [1], [[1]], [[]], [None], ["a"], [[1, 2], [3, 4]], {"Q": [[1]]}]
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(RUN)), ODD, min_size=1, max_size=3))
def test_any_run_is_read_or_refused(capsys: pytest.CaptureFixture[str], odd: dict) -> None:
    Path("a.jsonl").write_text(json.dumps({**RUN, **odd}))
    status, told = lines(capsys, "plot", "rates", "a.jsonl", "--size", "200x150", "-o", "a.png")
    assert status in (0, 2)
    assert len(told) == (1 if status else 0)
