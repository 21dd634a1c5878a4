"""Regions bounded by level sets of a 2-D quadratic: exact conics, as polygons."""

from collections.abc import Iterator

import numpy as np

from optviz.arrays import Array
from optviz.objectives.quadratic_form import Form
from optviz.objectives.region import Box, Region

_POINTS = 161  # along one side of a conic: no corner is visible at 4000 pixels


def bands(q: Form, box: Box, levels: Array) -> tuple[Region, ...]:
    """The regions f ≤ level over the box; levels ascending.

    Where f has a maximum, the box and then the regions f ≥ level, so that they are convex as well.
    """
    if not q.definite.startswith("negative"):
        return tuple(Region(float(level), tuple(_sublevel(q, box, level))) for level in levels)
    left, right, bottom, top = box
    ground = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
    down = Form(-q.Q, -q.c, -q.b)
    regions = (Region(float(v), tuple(_sublevel(down, box, -v)), above=True) for v in levels)
    return (Region(-np.inf, (ground,), above=True), *regions)


def _sublevel(q: Form, box: Box, level: float) -> Iterator[Array]:
    """Polygons (n, 2) whose union within the box is {f ≤ level}.

    In eigen-coordinates about the centre, f = f₀ + ½λ₁u² + ½λ₂v², or f₀ + pu + ½λ₂v² where u is a
    flat direction with slope p.
    """
    corners = np.array([[x, y] for x in box[:2] for y in box[2:]])
    (l1, l2), vectors = q.eigenvalues, q.eigenvectors
    centre = q.stationary
    slope = 0.0
    if centre is None:
        slopes = vectors.T @ q.c
        if l2 == 0:  # a plane: turn u along the slope
            vectors = np.column_stack([q.c, [-q.c[1], q.c[0]]]) / np.hypot(*q.c)
            slopes = np.array([np.hypot(*q.c), 0.0])
        slope = float(slopes[0])
        centre = vectors[:, 1] * (-slopes[1] / l2 if l2 else 0.0)
    reach = 1.5 * float(np.abs((corners - centre) @ vectors).max())
    height = level - float(q.value(centre))
    regions = (
        _slope(height, slope, float(l2), reach)
        if slope
        else _central(height, float(l1), float(l2), reach)
    )
    for region in regions:
        yield region @ vectors.T + centre


def _central(h: float, l1: float, l2: float, reach: float) -> Iterator[Array]:
    """{½λ₁u² + ½λ₂v² ≤ h}, λ₂ > 0: an ellipse, a strip, what is between or in hyperbolas."""
    if l2 <= 0:
        return
    if h > 0:  # the upper half's edge forward, the lower half's back
        u = min(np.sqrt(2 * h / l1), reach) if l1 > 0 else reach
        us = u * np.sin(np.linspace(-np.pi / 2, np.pi / 2, _POINTS))
        if l1 <= 0:
            us = _bent(u, np.sqrt(2 * h / max(-l1, 1e-300)))
        vs = np.sqrt(np.maximum(2 * (h - 0.5 * l1 * us * us) / l2, 0.0))
        yield np.column_stack([np.append(us, us[::-1]), np.append(vs, -vs[::-1])])
    elif l1 < 0:
        vs = _bent(2 * reach * np.sqrt(-l1 / l2), np.sqrt(-2 * h / l2))
        us = np.sqrt(2 * (0.5 * l2 * vs * vs - h) / -l1)
        for side in (1, -1):
            yield np.column_stack([side * us, vs])


def _bent(reach: float, bend: float) -> Array:
    """From −reach to reach, dense where a hyperbola bends: within `bend` of 0."""
    bend = min(max(bend, 1e-9 * reach), reach)
    return np.asarray(bend * np.sinh(np.linspace(-1, 1, _POINTS) * np.arcsinh(reach / bend)))


def _slope(h: float, p: float, l2: float, reach: float) -> Iterator[Array]:
    """{pu + ½λ₂v² ≤ h}: the inside of a parabola, or half the plane."""
    vs = np.linspace(-reach, reach, _POINTS)
    us = (h - 0.5 * l2 * vs * vs) / p
    far = -np.sign(p) * (2 * reach + np.abs(us).max())
    edge = np.column_stack([us, vs])
    yield np.concatenate([edge, [[far, reach], [far, -reach]]])
