"""All stationary points in a box are found, with their kinds."""

from collections import Counter

import numpy as np
import pytest

from optviz import objectives
from optviz.objectives import PRESETS, Stationary
from optviz.objectives.smooth import Smooth

SMOOTH = [name for name, preset in PRESETS.items() if preset.region]


def found(text: str, box: tuple[float, ...] = ()) -> tuple[Stationary, ...]:
    f = objectives.read(text)
    return f.stationary_in(box or f.region)


def kinds(text: str, box: tuple[float, ...] = ()) -> dict[str, int]:
    return dict(Counter(point.kind for point in found(text, box)))


@pytest.mark.parametrize(
    ("name", "minima", "saddles", "maxima"),
    [
        ("rosenbrock", 1, 0, 0),
        ("beale", 1, 2, 0),
        ("himmelblau", 4, 4, 1),
        ("six-hump-camel", 6, 7, 2),
        ("three-hump-camel", 3, 2, 0),
        ("styblinski-tang", 4, 4, 1),
        ("dixon-price", 2, 1, 0),
        ("goldstein-price", 4, 4, 1),
        ("rastrigin", 81, 144, 64),
        ("monkey-saddle", 0, 1, 0),
        ("valley-of-stability", 0, 1, 0),
        ("boyd", 1, 0, 0),
    ],
)
def test_a_test_function_has_as_many_as_the_literature_says(
    name: str, minima: int, saddles: int, maxima: int
) -> None:
    counts = {"minimum": minima, "saddle": saddles, "maximum": maxima}
    assert kinds(name) == {kind: count for kind, count in counts.items() if count}


@pytest.mark.parametrize("name", SMOOTH)
def test_the_slope_is_0_at_each_and_the_eigenvalues_tell_its_kind(name: str) -> None:
    f = objectives.read(name)
    assert isinstance(f, Smooth)
    signs = {"minimum": {1.0}, "maximum": {-1.0}, "saddle": {1.0, -1.0}}
    for point in found(name):
        if point.form == "regular" and name != "ackley":
            H = f.hessian(point.x)
            assert np.abs(f.grad(point.x)).max() < 1e-9 * max(1.0, np.abs(H).max())
            assert set(np.sign(np.linalg.eigvalsh(H)).tolist()) == signs[point.kind]


@pytest.mark.parametrize("name", SMOOTH)
def test_the_known_minima_are_found_without_being_known(name: str) -> None:
    f = objectives.read(name)
    assert isinstance(f, Smooth)
    unknown = Smooth(f.tape, f.dim, f.text, f.names)
    points = [p.x for p in unknown.stationary_in(f.region) if p.kind == "minimum"]
    for x in f.minima:
        assert min(np.abs(x - point).max() for point in points) < 1e-8


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("x^4 + y^4", "minimum", "flat"),
        ("-x^4 - y^2", "maximum", "flat"),
        ("x^3 + y^2", "saddle", "flat"),
        ("|x| + y^2", "minimum", "kink"),
        ("sqrt(x^2 + y^2)", "minimum", "kink"),
        ("exp(-x^2 - y^2)", "maximum", "regular"),
    ],
)
def test_degenerate_points_are_told_by_what_surrounds_them(text: str, kind: str, form: str) -> None:
    (point,) = found(text, (-2.0, 2.0, -1.5, 2.5))
    assert point[1:] == (kind, form)
    assert point.x == pytest.approx([0.0, 0.0], abs=1e-5)


@pytest.mark.parametrize(
    "text", ["(1-x y)^2 + 0x", "max(x^2+y^2-1, 0)", "1/(x^2+y^2)", "log(x) + y^2", "|x-y| + 0x"]
)
def test_curves_plains_poles_and_edges_are_no_points(text: str) -> None:
    assert [p for p in found(text, (-2.0, 2.0, -2.0, 2.0)) if p.kind != "saddle"] == []


def test_no_kink_is_seen_on_a_smooth_curve_of_minima() -> None:
    assert found("(1-x y)^2/2", (0.5, 3.5, -0.75, 1.5)) == ()


def test_those_of_a_function_of_one_coordinate_are_those_of_its_slope() -> None:
    points = found("x cos(pi x)", (-1.0, 2.0))
    for point in points:  # tan(πx) = 1/(πx)
        x = float(point.x[0])
        assert np.tan(np.pi * x) == pytest.approx(1 / (np.pi * x))
    assert [point.kind for point in points] == ["minimum", "minimum", "maximum"]


def test_those_of_three_coordinates_are_found_too() -> None:
    points = found("(x^2-1)^2 + (y^2-1)^2 + z^2", (-2.0, 2.0) * 3)
    assert Counter(p.kind for p in points) == {"minimum": 4, "saddle": 5}
