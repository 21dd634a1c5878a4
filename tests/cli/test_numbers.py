"""Numbers in several words, fractions as rates, and notes on what was typed."""

import json
import tomllib
from pathlib import Path

import pytest

from optviz.cli import main

Capture = pytest.CaptureFixture[str]


def trajectory(capsys: Capture, *words: str) -> dict[str, object]:
    """The trajectory that `run` prints with these words."""
    assert main(["run", "-n", "1", *words]) == 0
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize(
    "words",
    [
        ["--start", "-5", "-3"],
        ["--start", "-5,", "-3"],
        ["--start=-5", "-3"],
        ["--start", "-5,-3"],
        ["--start=-5,-3"],
        ["--start", "[-5,-3]"],
        ["--start", "(-5, -3)"],
        ["--start", "-5 -3"],
        ["--start", "−5", "−3"],
        ["--start", "-10/2", "-3"],
    ],
)
def test_a_start_is_read_in_one_word_or_in_two(words: list[str], capsys: Capture) -> None:
    assert trajectory(capsys, *words, "--opt", "gd")["start"] == [-5, -3]


def test_several_starts_stay_apart(capsys: Capture) -> None:
    assert main(["run", "-n", "1", "--start", "-5", "-3", "--start", "1", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["start"] for line in lines] == [[-5, -3], [1, 2]]


def test_a_start_of_one_coordinate_stays_one(capsys: Capture) -> None:
    assert trajectory(capsys, "-f", "x^2", "--start", "-5", "--opt", "gd")["start"] == [-5]


def test_limits_are_read_in_two_words(tmp_path: Path) -> None:
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    words = ["trace", "--opt", "gd", "--size", "300x220", "-q"]
    assert main([*words, "--xlim", "-6", "6", "--ylim", "-3", "3", "-o", str(two)]) == 0
    assert main([*words, "--xlim", "-6,6", "--ylim=-3,3", "-o", str(one)]) == 0
    assert one.read_bytes() == two.read_bytes()


def test_a_word_after_numbers_is_no_number(capsys: Capture) -> None:
    assert main(["run", "--start", "-5", "-2", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--opt", "adagrad:eta=1/10"],
        ["--opt", "adagrad", "--eta", "1/10"],
        ["--opt", "adagrad", "--eta", "1e-1"],
        ["--opt", "adagrad", "-p", "eta=1/10"],
    ],
)
def test_a_rate_may_be_a_fraction(words: list[str], capsys: Capture) -> None:
    assert trajectory(capsys, *words)["optimizer"] == "adagrad:eta=0.1,eps=1e-06"


def test_a_percentage_is_refused_with_what_to_write(capsys: Capture) -> None:
    assert main(["run", "--eta", "10%"]) == 2
    assert "write a number such as 0.1 or 1/10" in capsys.readouterr().err


NOTES = [
    ("x21 + x22", "note: coordinates x1 … x20 do not occur; x₁² is written x1^2"),
    ("[[4,1],[1,3]]", "note: the matrix is Q of f(x) = ½xᵀQx"),
    ("quadratic(P=[[4,1],[1,2]],q=[1,1])", "note: P and q are Q and c of f(x) = ½xᵀQx + cᵀx"),
]


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_how_an_objective_was_read_is_said_in_one_line(
    text: str, note: str, capsys: Capture, tmp_path: Path
) -> None:
    picture = ["-o", str(tmp_path / "a.csv")]
    for words in (["run", "-n", "1"], ["trace", "-n", "1", *picture], ["inspect"]):
        assert main([*words, "-f", text]) == 0
        assert capsys.readouterr().err.splitlines().count(note) == 1
    assert (
        main(["plot", "trace", str(tmp_path / "a.csv"), "-f", text, "-o", "-", "--format", "csv"])
        == 0
    )
    assert capsys.readouterr().err.splitlines().count(note) == 1
    assert main(["trace", "-q", "-n", "1", *picture, "-f", text]) == 0
    assert capsys.readouterr().err == ""


def test_what_was_typed_comes_back_from_a_picture(capsys: Capture, tmp_path: Path) -> None:
    picture = str(tmp_path / "a.svg")
    text = r"$J(\theta_0, \theta_1) = \frac{1}{2}\theta_0^2 + 2\theta_1^2$"
    assert main(["trace", "-f", text, "--size", "400x300", "-q", "-o", picture]) == 0
    capsys.readouterr()
    assert main(["recipe", picture]) == 0
    assert tomllib.loads(capsys.readouterr().out)["a"]["objective"] == text
    assert main(["recipe", "--verify", picture]) == 0
