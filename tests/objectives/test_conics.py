"""Contours of quadratics: Bézier curves that are nowhere off the exact conic by what shows."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.arrays import Array
from optviz.objectives import Box, Quadratic, Region, read

BOX = (-6.0, 6.0, -4.0, 4.0)
SHOWS = 0.02 / 4000  # of the box: a fiftieth of a pixel of a large picture
S = np.linspace(0, 1, 41)[:, None]


def sampled(points: Array) -> Array:
    """Many points of a chain of cubic Bézier curves, by de Casteljau's construction."""
    chain = []
    for i in range(0, len(points) - 1, 3):
        row = list(points[i : i + 4])
        while len(row) > 1:
            row = [(1 - S) * a + S * b for a, b in pairwise(row)]
        chain.append(row[0])
    return np.concatenate(chain)


def visible(points: Array, box: Box) -> Array:
    left, right, bottom, top = box
    x, y = points.T
    return points[(left < x) & (x < right) & (bottom < y) & (y < top)]


def off(q: Quadratic, points: Array, level: float) -> Array:
    """How far points are from the conic f = level: along the gradient, to the nearest root."""
    g = q.grad(points)
    size = np.hypot(*g.T)
    n = g / size[:, None]
    bend = np.einsum("ij,jk,ik->i", n, q.Q, n)
    gap = q.value(points) - level  # gap + size·s + ½ bend s² = 0
    return np.abs(2 * gap / (size + np.sqrt(np.maximum(size**2 - 2 * bend * gap, 0.0))))


def farthest(q: Quadratic, box: Box, levels: Array) -> float:
    """The largest distance of a curve from its conic within the box."""
    found = [0.0]
    for region in q.bands(box, levels):
        assert region.cubic
        for polygon in region.polygons:
            assert len(polygon) % 3 == 1
            assert np.array_equal(polygon[0], polygon[-1])
            if np.isfinite(region.level) and len(seen := visible(sampled(polygon), box)):
                found.append(float(off(q, seen, region.level).max()))
    return max(found)


SHAPES = {
    "ellipses": "0.1 x1^2 + 2 x2^2",
    "turned ellipses": "x1^2 + x1 x2 + x2^2 - x1",
    "a long valley": "1e-6 x1^2 + x2^2",
    "a hill": "-x1^2 - 3 x2^2 + x1 x2",
    "hyperbolas": "x1^2 - 2 x2^2",
    "turned hyperbolas": "x1 x2 + 0.3 x1",
    "hyperbolas that are nearly lines": "x1^2 - 1e6 x2^2",
    "a strip": "(x1 + 2 x2)^2",
    "parabolas": "x1 + 2 x2^2",
    "turned parabolas": "(x1 - x2)^2 + x1 + x2",
    "narrow parabolas": "0.001 x1 + 2 x2^2",
    "lines": "x1 - 3 x2",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_no_curve_leaves_its_conic_by_a_fiftieth_of_a_pixel(text: str) -> None:
    q = read(text)
    assert isinstance(q, Quadratic)
    values = np.sort(q.value(np.random.default_rng(0).uniform((-6, -4), (6, 4), (30, 2))))
    assert farthest(q, BOX, np.unique(values)) < SHOWS * 8


@given(
    st.floats(-8, 2), st.floats(-8, 2), st.sampled_from([(1, 1), (-1, 1), (-1, -1)]),
    st.floats(0, np.pi), st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
)  # fmt: skip
def test_so_it_is_whatever_the_curvatures_the_angle_and_the_centre(
    a: float, b: float, signs: tuple[int, int], angle: float, centre: tuple[float, float]
) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    Q = turn @ np.diag(np.array(signs) * 10.0 ** np.array([a, b])) @ turn.T
    q = Quadratic((Q + Q.T) / 2, -(Q + Q.T) / 2 @ np.array(centre))
    values = np.unique(q.value(np.random.default_rng(0).uniform((-6, -4), (6, 4), (6, 2))))
    # where f is nearly constant its values have few digits, and so have the places of its levels
    assert farthest(q, BOX, values) < SHOWS * 8 + 1e-4 * (max(a, b) < -3)


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_region_holds_the_points_below_its_level_and_no_others(text: str) -> None:
    from matplotlib.path import Path

    q = read(text)
    assert isinstance(q, Quadratic)
    points = np.random.default_rng(1).uniform((-6, -4), (6, 4), (400, 2))
    values = q.value(points)
    for region in q.bands(BOX, np.quantile(values, [0.05, 0.3, 0.6, 0.95])):
        rings = [Path(sampled(polygon)) for polygon in region.polygons]
        within = np.any([ring.contains_points(points) for ring in rings], axis=0)
        wanted = values >= region.level if region.above else values <= region.level
        clear = np.abs(values - region.level) > 1e-4 * np.ptp(values)
        assert (within == wanted)[clear].all()


def corners(region: Region) -> int:
    return sum(len(polygon) // 3 for polygon in region.polygons)


def test_a_curve_has_few_points() -> None:
    (ellipse,) = read("0.1 x1^2 + 2 x2^2").bands(BOX, np.array([2.0]))
    assert corners(ellipse) == 8
    (parabola,) = read("x1 + 2 x2^2").bands(BOX, np.array([1.0]))
    assert corners(parabola) == 1 + 3  # and three sides that close it, out of view
    (hyperbola,) = read("x1^2 - 2 x2^2").bands(BOX, np.array([-1.0]))
    assert corners(hyperbola) <= 2 * (6 + 3)
