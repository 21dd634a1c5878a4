"""The levels of contour lines of a function that is no quadratic."""

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Box, Objective

_POINTS = 161  # of the grid, to each side
_USUAL, _BOTH = 13, 8  # lines above the ground; on each side of it where f goes on below
_AREAS = np.geomspace(0.001, 0.03, 12)  # of the view: what the lines next to the ground enclose
_MANY, _WELL = 12, 0.01  # minima of which there are many; the same area then, at least
_SADDLE = 0.05  # the same between the two lines next to a ground that f crosses
_WIDE = 0.011  # of the view: how wide that area is on the average, at least
_HIGHEST = 0.99  # of the area, that the outermost line encloses
_BELOW = 1e-6  # of the range of f: what is so far below the ground has lines too


def levels(f: Objective, box: Box, start: float, count: int | None) -> Array:
    """Levels g ± h·uᵏ, ascending, about a ground g: that of the lowest minimum in view.

    Without one it is that of a saddle, of a maximum, or the least value. The lines next to the
    ground enclose little of the view, the outermost almost all of it, and one passes the `start`
    where that is between them. On each side there are `count`, or about a dozen in all. Empty where
    f is the same everywhere.
    """
    values = _grid(f, box)
    finite = values[np.isfinite(values)]
    if not len(finite) or finite.min() == finite.max():
        return np.empty(0)
    ground = _ground(f, box, values)
    heights = finite - ground
    both = bool(-heights.min() > _BELOW * np.ptp(heights) and heights.max() > 0)
    first = float(np.quantile(abs(heights), _SADDLE)) if both else _first(f, box, values - ground)
    lines = count or (_BOTH if both else _USUAL)
    above = _side(heights, first, start - ground, lines)
    below = _side(-heights, first, ground - start, lines) if both or not len(above) else above[:0]
    return np.concatenate([ground - below[::-1], ground + above])


def _grid(f: Objective, box: Box) -> Array:
    """f at the points of a grid over the box: (n, n), a row for each height."""
    left, right, bottom, top = box
    xs, ys = np.linspace(left, right, _POINTS), np.linspace(bottom, top, _POINTS)
    return f.value(np.stack(np.meshgrid(xs, ys), axis=-1))


def _ground(f: Objective, box: Box, values: Array) -> float:
    """The value that the levels are counted from."""
    seen = np.where(np.isfinite(values), values, np.inf)
    least, inner = float(seen.min()), float(seen[1:-1, 1:-1].min())
    points = f.stationary_in(box)
    minima = [float(f.value(point.x)) for point in points if point.kind == "minimum"]
    if f.minimum is not None and f.minimum <= least <= f.minimum + 0.01 * _spread(values):
        return f.minimum
    if least == inner:  # on a curve of minima there is none of them alone
        return min([least, *minima])
    if minima:
        return min(minima)
    middle = np.reshape(box, (2, 2)).mean(axis=1)
    for kind in ("saddle", "maximum"):
        some = [point.x for point in points if point.kind == kind]
        if some:
            return float(f.value(min(some, key=lambda x: float(np.hypot(*(x - middle))))))
    return least


def _spread(values: Array) -> float:
    return float(np.ptp(values[np.isfinite(values)]))


def _first(f: Objective, box: Box, heights: Array) -> float:
    """The height of the first line, from those of f above or below the ground (n, n)."""
    heights = np.abs(heights)
    minima = sum(point.kind == "minimum" for point in f.stationary_in(box))
    areas = _AREAS[_AREAS >= _WELL] if minima > _MANY else _AREAS
    known = heights[np.isfinite(heights)]
    for level in np.quantile(known, areas).tolist():
        inside = heights <= level
        edges = (inside[1:] != inside[:-1]).sum() + (inside[:, 1:] != inside[:, :-1]).sum()
        outline = np.pi / 4 * float(edges)  # a circle crosses 4/π times as many cells
        if 2 * inside.sum() >= _WIDE * _POINTS * outline:
            break
    return level or float(known[known > 0].min())


def _side(heights: Array, first: float, start: float, count: int) -> Array:
    """Heights of `count` lines on one side of the ground, ascending, () where nothing is there."""
    last = float(np.quantile(heights, _HIGHEST))
    last = last if last > first else float(heights.max())
    if last <= first:
        return np.array([first]) if last > 0 else np.empty(0)
    factor = (last / first) ** (1 / max(count - 1, 1))
    if first < start < last:
        first = start * factor ** -np.rint(np.log(start / first) / np.log(factor))
    return np.asarray(first * factor ** np.arange(count))
