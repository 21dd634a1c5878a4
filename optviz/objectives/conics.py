"""Regions bounded by level sets of a 2-D quadratic: conics as cubic Bézier curves.

A parabola is a Bézier curve. An arc of an ellipse or a hyperbola is met by one at its ends and in
the middle, tangentially: with δ the length of its parameter, ½|u²/a² ± v²/b² − 1| is at most
2/27 sin⁶(δ/4)/cos²(δ/4), or the same with sinh and cosh (Goldapp, "Approximation of circular arcs
by cubic polynomials", 1991). Times the larger half-axis, or b, that bounds how far off it is.
"""

from collections.abc import Iterator
from math import acosh, asin, asinh, cbrt, ceil, inf, pi, sqrt

import numpy as np

from optviz.arrays import Array
from optviz.objectives.quadratic_form import Form
from optviz.objectives.region import Box, Region

_ERROR = 0.015 / 4000  # of the box's shorter side: below what shows in a large picture
_FLAT = 1e8  # an ellipse so many times as long as the view is a strip, to the last digit


def bands(q: Form, box: Box, levels: Array) -> tuple[Region, ...]:
    """The regions f ≤ level over the box; levels ascending.

    Where f has a maximum, the box and then the regions f ≥ level, so that they are convex as well.
    """
    if not q.definite.startswith("negative"):
        return tuple(_region(q, box, level) for level in levels.tolist())
    left, right, bottom, top = box
    ground = _closed(np.array([(left, bottom), (right, bottom), (right, top), (left, top)]))
    down = Form(-q.Q, -q.c, -q.b)
    regions = (_region(down, box, -level) for level in levels.tolist())
    above = (Region(-r.level, r.polygons, above=True, cubic=True) for r in regions)
    return (Region(-inf, (ground,), above=True, cubic=True), *above)


def _region(q: Form, box: Box, level: float) -> Region:
    """{f ≤ level} within the box.

    In eigen-coordinates about the centre, f = f₀ + ½λ₁u² + ½λ₂v², or f₀ + pu + ½λ₂v² where u is a
    flat direction with slope p.
    """
    corners = np.array([[x, y] for x in box[:2] for y in box[2:]])
    (l1, l2), vectors = q.eigenvalues.tolist(), q.eigenvectors
    centre, slope = q.stationary, 0.0
    if centre is None:
        slopes = vectors.T @ q.c
        if l2 == 0:  # a plane: turn u along the slope
            vectors = np.column_stack([q.c, [-q.c[1], q.c[0]]]) / np.hypot(*q.c)
            slopes = np.array([np.hypot(*q.c), 0.0])
        slope = float(slopes[0])
        centre = vectors[:, 1] * (-slopes[1] / l2 if l2 else 0.0)
    reach = 1.5 * float(np.abs((corners - centre) @ vectors).max())
    height = level - float(q.value(centre))
    error = _ERROR * float(min(box[1] - box[0], box[3] - box[2]))
    outlines = _slope(height, slope, l2, reach) if slope else _central(height, l1, l2, reach, error)
    return Region(level, tuple(each @ vectors.T + centre for each in outlines), cubic=True)


def _central(h: float, l1: float, l2: float, reach: float, error: float) -> Iterator[Array]:
    """{½λ₁u² + ½λ₂v² ≤ h}, λ₂ > 0: an ellipse, a strip, what is between or in hyperbolas."""
    if l2 <= 0 or h == 0 or (h < 0 and l1 >= 0):
        return
    a = min(sqrt(2 * abs(h / l1)) if l1 else inf, _FLAT * reach)
    b = sqrt(2 * abs(h / l2))
    if h > 0 and b >= reach:  # a ≥ b, or the branches part from there
        yield _closed(reach * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]))
    elif l1 >= 0:
        yield _ellipse(a, b, reach, error)
    elif h > 0:
        yield _between(a, b, reach, error)
    elif a < reach:
        right = _inside(a, b, reach, error)
        yield right
        yield right * (-1, 1)


def _ellipse(a: float, b: float, reach: float, error: float) -> Array:
    """u²/a² + v²/b² ≤ 1, without its ends where these are out of reach."""
    if a <= reach:
        outline = _arc(-pi, pi, a, b, error)
        outline[-1] = outline[0]
        return outline
    upper = _arc(asin(reach / a), -asin(reach / a), b, a, error)[:, ::-1]
    return _joined(upper[::-1], upper * (1, -1))


def _between(a: float, b: float, reach: float, error: float) -> Array:
    """v²/b² − u²/a² ≤ 1, as far as the reach."""
    upper = _branch(min(asinh(reach / a), acosh(reach / b)), b, a, error)[:, ::-1]
    side = np.array([(reach, upper[-1, 1])])
    return _joined(upper, side, side * (1, -1), upper[::-1] * (1, -1), -side, side * (-1, 1))


def _inside(a: float, b: float, reach: float, error: float) -> Array:
    """u²/a² − v²/b² ≥ 1 where u > 0, as far as the reach."""
    edge = _branch(min(acosh(reach / a), asinh(reach / b)), a, b, error)
    far = np.array([(2 * reach, edge[-1, 1])])
    return _joined(edge, far, far * (1, -1))


def _slope(h: float, p: float, l2: float, reach: float) -> Iterator[Array]:
    """{pu + ½λ₂v² ≤ h}: the inside of a parabola, or half the plane."""
    if h < -abs(p) * reach:
        return
    outer = min(reach, sqrt(2 * (h + abs(p) * reach) / l2)) if l2 else reach
    inner = min(outer, sqrt(max(2 * (h - abs(p) * reach), 0.0) / l2)) if l2 else 0.0
    spans = ((-outer, -inner), (inner, outer)) if inner else ((-outer, outer),)
    edges = [_parabola(h / p, l2 / p, *span) for span in spans]
    far = -np.sign(p) * 2 * reach
    yield _joined(*edges, np.array([(far, outer)]), np.array([(far, -outer)]))


def _parabola(top: float, bend: float, v0: float, v1: float) -> Array:
    """u = top − ½ bend v² between two values of v, exactly."""
    us = [top - 0.5 * bend * v * w for v, w in ((v0, v0), (v0, v1), (v1, v1))]
    first, middle, last = np.column_stack([us, [v0, (v0 + v1) / 2, v1]])
    return np.stack([first, (first + 2 * middle) / 3, (last + 2 * middle) / 3, last])


def _arc(start: float, end: float, a: float, b: float, error: float) -> Array:
    """(a cos t, b sin t); segments of at most an eighth of the turn."""
    t = np.linspace(start, end, _count(end - start, pi / 4, max(a, b) / error) + 1)
    pull = 4 / 3 * np.tan((t[1] - t[0]) / 4)
    return _hermite(np.column_stack([np.cos(t), np.sin(t)]), pull, (-1, 1)) * (a, b)


def _branch(end: float, a: float, b: float, error: float) -> Array:
    """(a cosh t, b sinh t) for |t| ≤ end."""
    t = np.linspace(-end, end, _count(2 * end, 4.0, a / error) + 1)
    pull = 4 / 3 * np.tanh((t[1] - t[0]) / 4)
    return _hermite(np.column_stack([np.cosh(t), np.sinh(t)]), pull, (1, 1)) * (a, b)


def _count(length: float, longest: float, size: float) -> int:
    """Segments of a parameter's length, each 2/27 (δ/4)⁶ · size ≤ 1 (sinh⁶/cosh² ≤ 1.2 δ⁶/4⁶)."""
    widest = min(longest, 4 * cbrt(sqrt(11.25 / size)))
    return max(1, ceil(abs(length) / widest))


def _hermite(points: Array, pull: float, signs: tuple[int, int]) -> Array:
    """Cubic curves through points (n, 2), whose tangents are the points turned about."""
    tangents = pull * points[:, ::-1] * signs
    before, after = points[:-1] + tangents[:-1], points[1:] - tangents[1:]
    triples = np.stack([before, after, points[1:]], axis=1)
    return np.concatenate([points[:1], triples.reshape(-1, 2)])


def _joined(*pieces: Array) -> Array:
    """Curves and points, straight lines between them, and back to the first."""
    first, *others = (*pieces, pieces[0][:1])
    found = [first]
    for piece in others:
        last, following = found[-1][-1], piece[0]
        found += [np.stack([(2 * last + following) / 3, (last + 2 * following) / 3]), piece]
    return np.concatenate(found)


def _closed(corners: Array) -> Array:
    """A polygon as straight cubic curves."""
    return _joined(*corners[:, None])
