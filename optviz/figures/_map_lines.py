"""Lines of equal value on a map, and the boundary of the runs that diverge, without the noise."""

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures._map_smooth import blurred, smooth, traced
from optviz.scene import Border, Level
from optviz.studies.grid import Axis
from optviz.text import numbers

FEWEST = 30  # cells a side: fewer show their own edges
_RATES = (0.5, 0.8, 0.9, 0.95, 0.99)
_MOST = 9  # lines; beyond them decades, then every n-th decade
_EVERY = (1, 2, 3, 5, 10, 20, 50, 100)  # decades between two lines
_SMALL = 0.05  # of the map: a closed line that is less wide and high is noise
_APART = 2.0  # cells between two boundaries that can be told apart

Axes = tuple[Axis, Axis]


def fine(axes: Axes) -> bool:
    """Whether a map has cells enough, at even distances, for lines."""
    return min(map(len, axes)) >= FEWEST and not any(axis.listed for axis in axes)


def lines(values: Array, axes: Axes, span: tuple[float, float], of: str) -> list[Level]:
    """The lines of equal value: values (rows, columns), nan where there is none."""
    if not fine(axes) or not span[0] < span[1]:
        return []
    low, high = span
    log = of != "rate"
    heights = np.log(values) if log else values
    medians, rows, columns = smooth(np.where(np.isfinite(heights), heights, np.nan))
    marks = []
    for level in levels(low, high, of):
        pieces = traced(medians, rows, columns, np.log(level) if log else level)
        place = np.log(level / low) / np.log(high / low) if log else (level - low) / (high - low)
        if pieces := [piece for piece in pieces if _large(piece, values.shape)]:
            points = _in_data(_joined(pieces), axes)
            marks.append(Level(points, numbers.number(level), float(place)))
    return marks


def levels(low: float, high: float, of: str) -> list[float]:
    """The values between low and high that have lines: 1-2-5, or those that rates have."""
    if of == "rate":
        return [value for value in _RATES if low < value < high]
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    dense = [float(f"{m}e{k}") for k in decades for m in (1, 2, 5)]
    inside = [value for value in dense if low < value < high]
    if len(inside) <= _MOST:
        return inside
    powers = [k for k in decades if low < 10.0**k < high]
    every = next(n for n in _EVERY if sum(k % n == 0 for k in powers) <= _MOST)
    return [float(f"1e{k}") for k in powers if k % every == 0]


def boundary(lost: Bools, axes: Axes, theory: Array | None) -> list[Border]:
    """Where runs begin to diverge, except where that is within two cells of `theory` (n, 2)."""
    if not fine(axes) or not lost.any() or lost.all():
        return []
    medians, rows, columns = smooth(lost.astype(float))
    pieces = [p for p in traced(blurred(medians), rows, columns, 0.5) if _large(p, lost.shape)]
    if theory is not None and pieces:
        pieces = [part for piece in pieces for part in _apart(piece, _in_cells(theory, axes))]
    return [Border(_in_data(_joined(pieces), axes), theory=False)] if pieces else []


def _large(piece: Array, shape: tuple[int, ...]) -> bool:
    return bool((np.ptp(piece, axis=0) > _SMALL * np.array(shape[::-1])).any())


def _joined(pieces: list[Array]) -> Array:
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for piece in pieces for part in (piece, gap)][:-1])


def _in_data(points: Array, axes: Axes) -> Array:
    """Points in units of cells as values of the axes."""
    return np.column_stack([_values(axis, part) for axis, part in zip(axes, points.T, strict=True)])


def _values(axis: Axis, cells: Array) -> Array:
    first, step = _even(axis)
    values = first + step * cells
    return np.asarray(np.exp(values) if axis.log else values)


def _in_cells(points: Array, axes: Axes) -> Array:
    columns = []
    for axis, part in zip(axes, points.T, strict=True):
        first, step = _even(axis)
        columns.append(((np.log(part) if axis.log else part) - first) / step)
    return np.column_stack(columns)


def _even(axis: Axis) -> tuple[float, float]:
    """The first of the evenly spaced values, or their logarithms, and the step between them."""
    values = np.log(axis.values) if axis.log else axis.values
    return float(values[0]), float(values[-1] - values[0]) / (len(values) - 1)


def _apart(piece: Array, other: Array) -> list[Array]:
    """The parts of a line that are more than two cells from another line, both in cells."""
    known = other[np.isfinite(other).all(axis=1)]
    steps = np.linspace(0, len(known) - 1, 2000)
    dense = np.column_stack([np.interp(steps, np.arange(len(known)), part) for part in known.T])
    near = np.array([np.hypot(*(dense - point).T).min() for point in piece]) <= _APART
    turns = np.flatnonzero(np.diff(near)) + 1
    parts = zip(np.split(piece, turns), np.split(near, turns), strict=True)
    return [part for part, close in parts if not close[0] and len(part) > 2 * _APART]
