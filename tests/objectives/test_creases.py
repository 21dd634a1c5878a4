"""Kinks along creases of any direction are found; expected places are by hand (Lagrange)."""

import numpy as np
import pytest

from optviz import objectives

PLACES = {
    "abs(x+2y) + (x-1)^2": [("minimum", (1.0, -0.5))],
    "abs(x-y) + y^2": [("minimum", (0.0, 0.0))],
    "abs(x-y) - y^2": [("saddle", (0.0, 0.0))],
    "sqrt((x-y)^2) + x^2": [("minimum", (0.0, 0.0))],
    "sqrt(abs(x-y)) + x^2": [("minimum", (0.0, 0.0))],
    "max(x^2+y^2, (x-2)^2+y^2)": [("minimum", (1.0, 0.0))],
    "max(x+y, x-y, -x)": [("minimum", (0.0, 0.0))],
    "abs(x+y) + abs(x-2y+1)": [("minimum", (-1 / 3, 1 / 3))],
    "abs(x) + abs(y)": [("minimum", (0.0, 0.0))],
    "-min(x-y, y-x) + (y-1)^2": [("minimum", (1.0, 1.0))],
    "abs(x)^1.5 + y^2": [("minimum", (0.0, 0.0))],
    "abs(abs(x-y)-1) + (x+y)^2": [
        ("minimum", (-0.5, 0.5)),
        ("minimum", (0.5, -0.5)),
        ("saddle", (0.0, 0.0)),
    ],
    "abs(x^2+y^2-1) + x": [("minimum", (-1.0, 0.0)), ("maximum", (0.5, 0.0)), ("saddle", (1, 0))],
    "abs(x+y+z) + x^2 + 2y^2 + (z-1)^2": [("minimum", (-0.4, -0.2, 0.6))],
}
NONE = [
    "max(x, y)",
    "abs(x+2y) + 0x",
    "abs(x) + abs(x-y) - 2y",
    "abs(x-y) + x",
    "abs(x) + 3x + y^2",
]


@pytest.mark.parametrize("text", PLACES)
def test_the_points_on_creases_are_found(text: str) -> None:
    f = objectives.read(text)
    points = f.stationary_in((-2.1, 2.3) * f.dim)
    found = sorted((p.kind, tuple(np.round(p.x, 6) + 0.0)) for p in points)
    expected = sorted((kind, tuple(np.round(x, 6) + 0.0)) for kind, x in PLACES[text])
    assert found == expected
    assert all(p.form == "kink" for p in points if p.kind != "maximum")


@pytest.mark.parametrize("text", [t for t in PLACES if PLACES[t][0][0] == "minimum"])
def test_a_descent_that_ends_on_a_crease_goes_on_along_it(text: str) -> None:
    f = objectives.read(text)
    starts = np.array([[1.3, -1.2, 0.4], [-1.3, 0.2, 1.4]])[:, : f.dim]
    lowest = [x for kind, x in PLACES[text] if kind == "minimum"]
    minima = f.seen_from(starts).minima
    assert len(minima)
    for x in minima:
        assert min(np.abs(x - np.array(one)).max() for one in lowest) < 1e-6


@pytest.mark.parametrize("text", NONE)
def test_a_crease_down_which_f_falls_or_which_is_level_has_no_point(text: str) -> None:
    assert objectives.read(text).stationary_in((-2.1, 2.3, -2.2, 2.1)) == ()


def test_where_f_is_smooth_on_a_crease_a_point_is_no_kink() -> None:
    (point,) = objectives.read("max(x-y, 0)^2 + (x+y)^2 + min(x-y, 0)^2").stationary_in((-1, 2) * 2)
    assert point[1:] in (("minimum", "regular"), ("minimum", "flat"))


def test_a_function_of_very_many_creases_is_left_as_it_is() -> None:
    f = objectives.read(" + ".join(f"abs(x1 - {i}x2)" for i in range(40)))
    assert f.creases == ()


def test_a_smooth_function_has_no_creases() -> None:
    assert all(objectives.read(name).creases == () for name in ("rosenbrock", "ackley", "d2l"))
