"""Level sets of a 2-D quadratic as exact conics, and the levels worth drawing."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from optviz.arrays import Array
from optviz.objectives.quadratic import Quadratic
from optviz.scene import Band

Box = tuple[float, float, float, float]  # left, right, bottom, top
_POINTS = 161  # along one side of a conic: no corner is visible at 4000 pixels


def landscape(
    q: Quadratic, box: Box, start: float, count: int | None, pixels: float
) -> tuple[Band, ...]:
    """What f looks like over the box, with the levels that `_levels` finds worth drawing.

    Figures of a batch, and panels side by side, show the same ones: those are kept, but not with
    the table that an objective was made from.
    """
    made = _known if q.data is None else _made
    return made(q, box, start, count, pixels)


def _made(
    q: Quadratic, box: Box, start: float, count: int | None, pixels: float
) -> tuple[Band, ...]:
    return _bands(q, box, _levels(q, box, start, count, pixels))


_known = lru_cache(16)(_made)


def _bands(q: Quadratic, box: Box, levels: Array) -> tuple[Band, ...]:
    """The regions f ≤ level over the box, highest first; levels ascending.

    A downward pile (a maximum) is painted from −f on low ground, so that bands still nest.
    """
    down = q.definite.startswith("negative")
    shape = Quadratic(-q.Q, -q.c, -q.b) if down else q
    order = levels if down else levels[::-1]
    left, right, bottom, top = box
    ground = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
    found = [Band(-np.inf, 0.0, (ground,))] if down else []
    for i, level in enumerate(order):
        pieces = tuple(_sublevel(shape, box, -level if down else level))
        height = (i + 1 if down else len(levels) - 1 - i) / max(1, len(levels))
        found.append(Band(float(level), height, pieces))
    return tuple(found)


def _levels(q: Quadratic, box: Box, start: float, count: int | None, pixels: float) -> Array:
    """Levels f₀ ± g·2ᵏ, ascending: around the stationary value f₀, through the start's f.

    g is the start's height over f₀, so that the start lies on a line; the smallest levels are a few
    pixels wide (`pixels` is the box's width in them), but a saddle's keep off its asymptotes.
    Without a stationary point they are even.
    """
    lowest, highest = _range(q, box)
    centre = q.stationary
    if not np.isfinite(highest - lowest):
        return np.empty(0)
    if centre is None or highest <= lowest:
        between = np.linspace(lowest, highest, (count or 12) + 2)[1:-1]
        return between if highest > lowest else between[:0]
    middle = float(q.value(centre))
    tall = max(highest - middle, middle - lowest)
    height = abs(start - middle) or tall
    octaves = 5.0 if q.definite == "indefinite" else 2 * np.log2(max(pixels, 64) / 8)
    unit = 2.0 if count is None else 2.0 ** (octaves / count)
    above = float(np.log(tall) - np.log(height))
    if not np.isfinite(above):  # one of them is beyond the numbers
        return np.linspace(lowest, highest, 12)[1:-1]
    upper = int(np.floor(above / np.log(unit)))
    powers = np.arange(upper - (count or int(octaves)) + 1, upper + 1)
    steps = height * unit ** powers.astype(float)
    both = np.concatenate([middle - steps[::-1], middle + steps])
    seen = both[(both > lowest) & (both < highest)]
    if len(seen) < 3 and count is None:  # a view far from start and centre
        return np.linspace(lowest, highest, 12)[1:-1]
    return seen


def _range(q: Quadratic, box: Box) -> tuple[float, float]:
    """The least and the greatest value of f on the box."""
    left, right, bottom, top = box
    xs, ys = np.linspace(left, right, 41), np.linspace(bottom, top, 41)
    values = q.value(np.stack(np.meshgrid(xs, ys), axis=-1))
    lowest, highest = float(values.min()), float(values.max())
    centre = q.stationary
    if centre is not None and left <= centre[0] <= right and bottom <= centre[1] <= top:
        middle = float(q.value(centre))
        lowest, highest = min(lowest, middle), max(highest, middle)
    return lowest, highest


def _sublevel(q: Quadratic, box: Box, level: float) -> Iterator[Array]:
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
