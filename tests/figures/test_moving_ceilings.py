"""Ceilings of `rates` that move with the run, on functions that are no quadratics."""

from typing import Any

import numpy as np
import pytest

from optviz import figures, objectives, spec
from optviz.scene import Ceiling, Crossing, Guide, Scene
from optviz.spec import RunSpec


def scene(*opt: str, **run: Any) -> Scene:
    walks = spec.walks(RunSpec(opt=opt, **run))
    return figures.scene("rates", [walk.run() for walk in walks])


def ceilings(drawn: Scene) -> list[Guide]:
    return [m for m in drawn.panels[0].of(Guide) if isinstance(m, Guide) and "/" in m.label]


@pytest.mark.parametrize(
    ("text", "separable"),
    [
        ("rosenbrock", False), ("styblinski-tang", True), ("rastrigin", True), ("cosh(x)", True),
        ("x^4 + y^4 + exp(z)", True), ("x^4 + x y", False), ("0.1x^2 + 2y^2", True),
        ("x^2 + x y + y^2", False),
    ],
)  # fmt: skip
def test_whether_the_hessian_is_diagonal_everywhere_is_known_from_the_tape(
    text: str, separable: bool
) -> None:
    assert objectives.read(text).separable is separable


def test_where_the_hessian_is_diagonal_each_coordinate_has_its_own() -> None:
    x0 = np.array([1.0, -2.0])
    drawn = scene("gd:eta=0.01", objective="styblinski-tang", start=("1,-2",), steps=30)
    first, second = ceilings(drawn)
    # ∂²/∂x² of (x⁴ − 16x² + 5x)/2 is 6x² − 16: −10 at 1, 8 at −2
    assert np.isnan(first.points[0, 1])
    assert second.points[0, 1] == pytest.approx(2 / (6 * x0[1] ** 2 - 16))
    assert (first.dash, second.dash) == (0, 0)  # of the one curve of a rate for all
    assert not drawn.panels[0].of(Ceiling)


def test_a_rate_that_rises_through_its_own_ceiling_is_marked() -> None:
    # f'' = cosh(x) at the start is cosh 3 = 10, at 0 it is 1
    drawn = scene("gd:eta=linear(0.1,20,end=3)", objective="cosh(x)", start=("1",), steps=20)
    (crossing,) = drawn.panels[0].of(Crossing)
    assert isinstance(crossing, Crossing)
    assert crossing.label == f"step {crossing.x:g}"
    assert "crosses its ceiling" in drawn.title


def test_elsewhere_a_guide_alone_is_drawn_and_its_meaning_is_said() -> None:
    drawn = scene("adagrad:eta=0.5", objective="rosenbrock", start=("-2,2",), steps=50)
    guide, _ = ceilings(drawn)  # the other is t to the −1/2
    # H at (−2, 2): ((4002, 800), (800, 200))
    top = np.linalg.eigvalsh([[2 - 400 * (2 - 12), 800], [800, 200]])[-1]
    assert guide.points[0].tolist() == pytest.approx([1, 2 / top])
    assert guide.dash is None
    assert "guide" in guide.label
    assert "none need grow yet" in drawn.subtitle
    assert not drawn.panels[0].of(Crossing)


def test_where_nothing_curves_upwards_there_is_none() -> None:
    drawn = scene("gd:eta=0.01", objective="-x^4 - y^4 - x y", start=("1,1",), steps=3)
    assert not ceilings(drawn)


def test_the_ceilings_of_several_runs_have_their_colours() -> None:
    drawn = scene("gd:eta=1e-4", "adam:eta=0.01", objective="rosenbrock", steps=9)
    assert [guide.role for guide in ceilings(drawn)] == [0, 1]
