"""`optviz trace --anatomy` on the command line: pictures, tables, and what it refuses."""

import csv
import io
from pathlib import Path

import pytest

from optviz import cli


def run(*arguments: str) -> int:
    return cli.main(["trace", *arguments])


def test_a_step_is_drawn_like_any_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "step.png"
    assert run("--anatomy", "7", "-o", str(path)) == 0
    assert path.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == f"{path}\n"


def test_a_table_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--anatomy", "1", "--opt", "adagrad:eta=0.4", "--format", "csv") == 0
    said = capsys.readouterr()
    rows = {name: cells for name, *cells in csv.reader(io.StringIO(said.out))}
    assert rows["gradient"] == ["-1.0", "-8.0"]
    assert [float(cell) for cell in rows["x after"]] == pytest.approx([-4.6, -1.6], abs=1e-6)
    assert said.err.startswith("optimizer")


@pytest.mark.parametrize(
    ("name", "opens"), [("a.md", "**AdaGrad"), ("a.tex", "% AdaGrad"), ("a.csv", "quantity,x1,x2")]
)
def test_the_suffix_chooses_the_table(name: str, opens: str, tmp_path: Path) -> None:
    assert run("--anatomy", "7", "-q", "-o", str(tmp_path / name)) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(opens)


def test_pictures_and_tables_come_from_one_command(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.svg", "a.md", "a.tex")]
    assert run("--anatomy", "3", "-q", *(f"-o{path}" for path in paths)) == 0
    assert all(path.stat().st_size for path in paths)


def test_one_dimension_has_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            "--anatomy",
            "1",
            "-f",
            "x^2",
            "--opt",
            "gd:eta=0.2",
            "--start",
            "10",
            "--format",
            "md",
            "-q",
        )
        == 0
    )
    assert "| x after | $x_{1}$ | 6 |" in capsys.readouterr().out  # d2l: 10·(1 − 2·0.2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--anatomy", "21"], "a step from 1 to 20 is wanted"),
        (["--anatomy", "0"], "a step from 1 to 20 is wanted"),
        (["--anatomy", "1", "--opt", "gd", "--opt", "adam"], "of one optimizer; 2 given"),
        (["--anatomy", "1", "--start", "1,2", "--start", "3,4"], "one run; 2 starts given"),
        (["--anatomy", "1", "-f", "x^2"], "--format md, latex or csv"),
    ],
)
def test_what_cannot_be_taken_apart_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err
