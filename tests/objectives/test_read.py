"""`objectives.read` tells the forms apart, and sees what a typed word was meant to be."""

import subprocess
import sys

import pytest

from optviz import objectives
from optviz.errors import BadValue, TextError, Unfit, UnknownName

D2L = [[0.2, 0], [0, 4]]


@pytest.mark.parametrize(
    "text",
    ["d2l", " D2L ", "0.1x1^2 + 2x2^2", "quadratic(Q=[[0.2,0],[0,4]])", "quadratic(eig=[.2,4])"],
)
def test_every_form_leads_to_the_same_objective(text: str) -> None:
    q = objectives.read(text)
    assert q.Q.tolist() == D2L
    assert q.text == text.strip()


def test_a_quarter_turn_swaps_the_coordinates() -> None:
    assert objectives.read("d2l", rotate=90).Q.tolist() == [[4, 0], [0, 0.2]]


def test_turning_by_45_degrees_makes_the_rotated_preset() -> None:
    # 0.1u² + 2v² with u = (x1+x2)/√2: half of 0.1(x1+x2)² + 2(x1−x2)².
    Q = objectives.read("d2l", rotate=45).Q
    assert (2 * Q).tolist() == [pytest.approx([4.2, -3.8]), pytest.approx([-3.8, 4.2])]


def test_only_two_dimensions_can_be_turned() -> None:
    with pytest.raises(Unfit):
        objectives.read("distill", rotate=10)
    assert objectives.read("distill", rotate=0).dim == 3


def test_an_angle_is_a_number() -> None:
    for angle in (float("nan"), float("inf")):
        with pytest.raises(BadValue):
            objectives.read("d2l", rotate=angle)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("d21", "d2l"),
        ("D2I", "d2l"),
        ("scrach", "scratch"),
        ("distil", "distill"),
        ("d2l_gd", "d2l-gd"),
    ],
)
def test_a_misspelt_preset_is_recognised(word: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=f"(did you mean|write) {meant}"):
        objectives.read(word)


def test_an_unknown_word_is_told_where_what_is_known_is_listed() -> None:
    with pytest.raises(UnknownName, match="optviz list objectives has them"):
        objectives.read("eggholder")


@pytest.mark.parametrize("text", ["x", "x-y", "x1-x2", "xy-2", "x_1"])
def test_a_bare_word_of_coordinates_is_an_expression(text: str) -> None:
    assert objectives.read(text).text == text


@pytest.mark.parametrize("text", ["sin", "nan", "inf", "pi", "X", "x-q", "x1_2"])
def test_a_bare_mistake_is_named_for_what_it_is(text: str) -> None:
    with pytest.raises(TextError):
        objectives.read(text)


@pytest.mark.parametrize("name", ["data.csv", "q.json", "./a/q.NPZ", "my data.csv", "../q.toml"])
def test_a_file_name_alone_misses_its_sign(name: str) -> None:
    with pytest.raises(TextError, match="write @") as caught:
        objectives.read(f" {name}")
    assert caught.value.message.endswith(f"write @{name}")
    assert caught.value.at == 1


def test_objectives_load_no_format_and_no_picture() -> None:
    heavy = "{'json', 'tomllib', 'csv', 'matplotlib', 'sympy', 'ast'}"
    script = (
        "import sys, numpy; before = set(sys.modules)\n"
        "import optviz.objectives as o; o.read('d2l')\n"
        f"print(sorted({heavy} & (set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
