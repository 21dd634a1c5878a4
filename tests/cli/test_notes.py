"""What is guessed in reading a table is said once, on standard error, and not with --quiet."""

from contextlib import chdir
from pathlib import Path

import pytest

from optviz import cli

TABLE = "a;b;y\n1,5;2;3\n2,5;1;4\n"
NOTE = "note: d.csv: decimal commas are read as points (1,5 is 1.5)"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> object:
    with chdir(tmp_path):
        Path("d.csv").write_text(TABLE, encoding="utf-16")
        yield


@pytest.mark.parametrize(
    "command",
    [
        "inspect -f @d.csv --target y",
        "inspect -f @d.csv --target y --json",
        "run -f @d.csv --target y -n 2",
        "run --gradient log(d.csv) -o g.csv",
        "trace -f @d.csv --target y -n 2 -o a.png --size 300x200",
        "batch --no-cache b.toml",
    ],
)
def test_a_guess_is_said_once_on_standard_error(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = 'objective = "@d.csv"\ntarget = "y"\nsteps = 2\nsize = "300x200"\n'
    Path("b.toml").write_text(f"[a]\n{table}[b]\n{table}")
    assert cli.main(command.split()) == 0
    out, err = capsys.readouterr()
    assert err.splitlines().count(NOTE) == 1
    assert "commas" not in out
    assert cli.main([*command.split(), "-q"]) == 0
    assert "commas" not in capsys.readouterr().err


def test_nothing_is_said_where_nothing_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.csv").write_text("a;b;y\n1.5;2;3\n2.5;1;4\n")
    assert cli.main(["inspect", "-f", "@d.csv", "--target", "y"]) == 0
    assert capsys.readouterr().err == ""


def test_a_guess_is_said_before_the_mistake_that_it_may_explain(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["inspect", "-f", "@d.csv", "--target", "z"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], len(lines)) == (NOTE, 2)
    assert lines[1].endswith("no column is called 'z' in d.csv; known: a, b, y")


def test_without_a_target_the_columns_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", "-f", "@d.csv", "-q"]) == 2
    sentence = "--target says which column is explained: a, b, y; write --target y, if that is"
    assert sentence in capsys.readouterr().err
