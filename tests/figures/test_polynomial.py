"""Residual polynomials as a figure, and as data."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest

from optviz.errors import OptvizError
from optviz.figures import registry
from optviz.scene import Border, Curve, Scene, Spot
from optviz.spec.drawing import Drawing
from optviz.spec.figure import read

HILL = {"objective": "0.25x1^2 + 2x2^2 + 0.5x3^2"}  # eigenvalues 0.5, 4 and 1


def drawing(*opt: str, **words: Any) -> Drawing:
    figure, wrong = read({"figure": "polynomial", "opt": list(opt), **HILL, **words})
    if figure is None:
        raise wrong[0]
    return figure.draw()


def drawn(*opt: str, **words: Any) -> Scene:
    return drawing(*opt, **words).scene


def test_a_curve_is_the_polynomial_of_a_degree_over_the_spectrum() -> None:
    (panel,) = drawn("gd:eta=0.3", degree="1,3").panels
    one, three = (mark for mark in panel.marks if isinstance(mark, Curve))
    assert [one.label, three.label] == ["t = 1", "t = 3"]
    assert one.points[[0, -1], 0].tolist() == [0.5, 4.0]
    assert three.points[:, 1] == pytest.approx((1 - 0.3 * three.points[:, 0]) ** 3)


def test_the_worst_place_of_each_curve_is_marked() -> None:
    (panel,) = drawn("gd:eta=0.3", degree="1,3").panels
    spots = [(spot.x, spot.label) for spot in panel.marks if isinstance(spot, Spot)]
    assert spots == [(0.5, "0.85"), (0.5, "0.614")]  # 1 - 0.15, and its cube


def test_each_eigenvalue_has_a_tick_at_the_foot() -> None:
    (panel,) = drawn("gd:eta=0.3").panels
    (ticks,) = (mark for mark in panel.marks if isinstance(mark, Border))
    assert ticks.points[::3, 0].tolist() == [0.5, 1.0, 4.0]
    assert (ticks.points[::3, 1] == panel.ylim[0]).all()


def test_up_to_four_degrees_are_drawn_the_last_with_them() -> None:
    def labels(steps: int) -> list[str]:
        (panel,) = drawn("gd:eta=0.3", steps=steps).panels
        return [mark.label for mark in panel.marks if isinstance(mark, Curve)]

    assert labels(6) == ["t = 1", "t = 2", "t = 3", "t = 6"]
    assert labels(1) == ["t = 1"]
    assert labels(100) == ["t = 1", "t = 5", "t = 22", "t = 100"]


@pytest.mark.parametrize(
    ("opt", "title"),
    [
        ("gd:eta=0.4", "Gradient descent: at most 26.2 % of any eigenvector left after 6 steps"),
        ("gd:eta=0.75", "Gradient descent: an eigenvector grows by 64 in 6 steps"),
        ("cg", "Conjugate gradients: nothing left after 6 steps, a zero at each eigenvalue"),
    ],
)
def test_the_title_says_what_is_left(opt: str, title: str) -> None:
    assert drawn(opt).title == title  # 0.8^6 = 0.262, and (1 - 0.75 * 4)^6 = 64


def test_each_optimizer_has_a_panel_with_one_axis() -> None:
    scene = drawn("gd:eta=0.3", "chebyshev", "cg")
    assert [p.title for p in scene.panels] == [
        "Gradient descent", "Chebyshev's method", "Conjugate gradients",
    ]  # fmt: skip
    assert len({panel.ylim for panel in scene.panels}) == 1
    assert scene.subtitle.endswith("(−5, −2, −5)")  # as the run of cg depends on it
    assert "from" not in drawn("gd:eta=0.3", "chebyshev").subtitle


def test_a_factor_without_bound_does_not_make_the_others_flat() -> None:
    assert drawn("gd:eta=0.3", "gd:eta=9").panels[0].ylim[1] < 4


@pytest.mark.parametrize("form", ["csv", "jsonl", "npz"])
def test_the_data_have_the_values_at_the_eigenvalues(form: str) -> None:
    done = drawing("gd:eta=0.3", degree="2")
    stream: Any = io.BytesIO() if form == "npz" else io.StringIO()
    done.figure.kind.write(done.content, form, stream)
    stream.seek(0)
    if form == "csv":
        rows = [row for row in csv.DictReader(stream) if row["eigenvalue"] == "1"]
        found = [float(row["value"]) for row in rows]
    elif form == "jsonl":
        found = json.loads(stream.read())["polynomials"][0]["values"]
    else:
        found = np.load(stream)["at_eigenvalues"][0, 0].tolist()
    assert found == pytest.approx([0.85**2, 0.7**2, 0.2**2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"opt": ["adagrad"]}, "has no residual polynomial"),
        ({"objective": "x1*x2"}, "over curvatures from 0 up"),
        ({"degree": "7"}, "at most 6, the steps"),
        ({"degree": "x"}, "whole numbers from 1 on"),
        ({"steps": 0}, "1 to 1000 is wanted"),
        ({"opt": ["cg"], "start": ["1,2,3", "3,2,1"]}, "one start is wanted"),
        ({"start": ["1,2,3"]}, "the same from everywhere"),
        ({"opt": ["gd:eta=0.3"] * 10}, "too many for a panel each"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_the_first_step(
    words: dict[str, Any], said: str
) -> None:
    with pytest.raises(OptvizError, match=said):
        drawn(*words.pop("opt", ["gd:eta=0.3"]), **words)


def test_panels_of_one_rule_are_told_apart_and_labels_may_be_one_word() -> None:
    two = ("gd:eta=0.1", "gd:eta=0.3")
    titles = [panel.title for panel in drawn(*two).panels]
    assert titles == ["Gradient descent, η = 0.1", "Gradient descent, η = 0.3"]
    assert [panel.title for panel in drawn(*two, label=["A,B"]).panels] == ["A", "B"]


def test_beside_others_a_panel_marks_the_worst_of_the_last_degree() -> None:
    for panel in drawn("gd:eta=0.3", "cg", degree="1,3", steps=3).panels:
        (spot,) = (mark for mark in panel.marks if isinstance(mark, Spot))
        assert spot.label in ("0.614", "0")  # of three eigenvalues three steps leave nothing


def test_a_trial_run_has_as_many_steps_as_the_greatest_degree() -> None:
    assert registry["polynomial"](degree="3,5").least_steps() == 5  # type: ignore[call-arg]
    assert registry["polynomial"]().least_steps() == 2
