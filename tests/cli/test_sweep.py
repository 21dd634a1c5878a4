"""`optviz sweep` and `optviz compare` as their users meet them."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from optviz import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(list(arguments))
    told = capsys.readouterr()
    return status, told.out, told.err


AXES = ("--over", "eta=log(0.1,0.6,4)", "--over", "beta=lin(0,0.5,3)")


def test_csv_has_a_row_a_point(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "sweep", "--opt", "momentum", *AXES, "-o", "-", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert list(rows[0]) == ["optimizer", "eta", "beta", "steps", "diverged"]
    assert len(rows) == 12
    assert {row["optimizer"] for row in rows} == {"momentum"}
    assert rows[3]["diverged"] == "1"  # η = 0.6 without momentum: above 2/λ = 0.5
    assert rows[3]["steps"] == ""


def test_jsonl_npz_and_csv_tell_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["sweep", "--opt", "momentum", *AXES, "-o", "a.jsonl", "-o", "a.npz", "-o", "a.csv"]
    status, out, _ = run(capsys, *arguments)
    assert (status, out.split()) == (0, ["a.jsonl", "a.npz", "a.csv"])
    known = json.loads((tmp_path / "a.jsonl").read_text())
    with np.load("a.npz") as file:
        assert file["eta"].tolist() == known["axes"]["eta"]
        values = np.where(np.isnan(file["values"][0]), None, file["values"][0]).tolist()
        assert values == known["values"]
        assert file["diverged"][0].tolist() == known["diverged"]
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert [row["steps"] for row in rows[:4]] == [
        "" if v is None else f"{v:g}" for v in known["values"][0]
    ]


def test_a_picture_is_written_and_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = run(capsys, "sweep", "--opt", "gd", "--over", "angle=lin(0,90,5)", "-q")
    assert (status, out) == (0, "sweep.png\n")
    assert (tmp_path / "sweep.png").stat().st_size > 5000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sweep"], "--over"),
        (["sweep", "--over", "eta"], "NAME=GRID"),
        (
            ["sweep", "--over", "eta=lin(0.1,1,3)", "--of", "speed"],
            "steps, f, rate or status is wanted",
        ),
        (["sweep", "--over", "eta=lin(0.1,1,3)", "--tol", "2"], "between 0 and 1"),
        (["sweep", "--over", "eta=lin(0.1,1,3)", "--mark", "1,2"], "one an axis"),
        (["sweep", "--over", "eta=lin(0.1,1,3)", "--start", "1,2", "--start", "2,1"], "one start"),
        (["compare", "--fair", "very"], "same-first-step or tuned is wanted"),
        (["compare", "--rows", "traces"], "did you mean trace"),
    ],
)
def test_what_is_asked_wrongly_is_answered_in_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert not list(tmp_path.iterdir())


def test_compare_says_how_it_was_fair(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(
        capsys, "compare", "--opt", "gd", "--opt", "adagrad", "--fair", "tuned", "-o", "c.svg"
    )
    assert (status, out) == (0, "c.svg\n")
    assert "gd:eta=0.398" in err
    assert "the same 41 from 0.001 to 10" in (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_a_grid_of_starts_draws_one_map(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["trace", "--start", "grid(-6,6,-3,3,4x4)", "--starts", "status", "-q"]
    assert run(capsys, *arguments)[:2] == (0, "trace.png\n")
