"""The table of final values."""

import re
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz import cli
from optviz.cli import _summary
from optviz.walks.trajectory import Trajectory

LONG = "adam:eta=0.30000001,beta1=0.123456789,beta2=0.99912345,eps=1e-06"


def lines(runs: list[Trajectory], capsys: pytest.CaptureFixture[str], color: bool) -> list[str]:
    _summary.show(runs, color)
    return capsys.readouterr().err.splitlines()


def test_it_is_as_wide_as_it_needs_and_reads_the_same_in_colour(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    runs = [optviz.run("d2l", text) for text in (LONG, "gd:eta=0.6", "adagrad")]
    plain, coloured = (lines(runs, capsys, color) for color in (False, True))
    assert len(plain) == 4
    assert plain[1].startswith(LONG)
    assert coloured != plain
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in coloured] == plain


def test_a_tiny_f_is_not_nothing_and_x_is_as_the_book_prints_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = optviz.run("1e-8x^2 + 1e-9y^2", "gd", start=(-5, -2))
    assert lines([run], capsys, False)[1].split()[2:5] == ["-4.999999", "-2.000000", "2.54e-07"]
    run = optviz.run("x^2", "gd:eta=0.5", start=(1,), steps=1)
    assert lines([run], capsys, False)[1].split()[2:4] == ["0.000000", "0.000000"]


def test_what_is_not_known_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = np.full((3, 1, 2), np.nan)
    run = Trajectory(
        None, None, unknown, unknown[..., 0], unknown[1:], unknown[1:], ("running",), np.array([2])
    )
    assert lines([run], capsys, False)[1].split() == ["-", "2", "-", "-", "-", "running"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--seeds", "7"], "gd:eta=0.1 (median of 7)"),
        (["--expected"], "gd:eta=0.1 (expected)"),
        (["--seed", "7"], "gd:eta=0.1  "),
    ],
)
def test_a_line_says_what_it_stands_for(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    noisy = ["trace", "--opt", "gd:eta=0.1", "--gradient", "noise(1)", "-n", "3"]
    assert cli.main([*noisy, *words, "-o", str(tmp_path / "a.png")]) == 0
    assert said in capsys.readouterr().err
