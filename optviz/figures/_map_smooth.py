"""Lines through a noisy map: medians about each cell, and the contours of these."""

import numpy as np
from contourpy import LineType, contour_generator
from numpy.lib.stride_tricks import sliding_window_view

from optviz.arrays import Array, Ints

_WINDOW = 9  # cells a side that a median is taken over, at most
_FINEST = 300  # points a side that a line is traced on


def smooth(values: Array) -> tuple[Array, Ints, Ints]:
    """Medians of what is known about each cell of a coarser grid, and its rows and columns."""
    count = values.shape
    rows, columns = map(_every, count)
    high, wide = (min(_WINDOW, n // 10) // 2 * 2 + 1 for n in count)
    padded = _extended(values, high // 2, wide // 2)
    windows = sliding_window_view(padded, (high, wide))
    medians = [_median(windows[row, columns].reshape(len(columns), -1)) for row in rows.tolist()]
    return np.where(np.isfinite(values[np.ix_(rows, columns)]), medians, np.nan), rows, columns


def _every(count: int) -> Ints:
    """The numbers of at most so many cells, evenly: (n,)."""
    return np.unique(np.linspace(0, count - 1, min(count, _FINEST)).round().astype(int))


def _extended(values: Array, up: int, across: int) -> Array:
    """The values with more around them that go on as they do: a slope stays a slope."""
    around = (up, up), (across, across)
    return np.pad(values, around, mode="reflect", reflect_type="odd")


def _median(values: Array) -> Array:
    """The median of each row without its nan: (n, m) → (n,)."""
    ordered = np.sort(values, axis=1)  # nan last
    known = np.maximum(np.isfinite(ordered).sum(axis=1), 1)
    each = np.arange(len(values))
    return np.asarray((ordered[each, (known - 1) // 2] + ordered[each, known // 2]) / 2)


def blurred(values: Array) -> Array:
    """The mean of five by five cells, which turns a staircase into a slope."""
    return np.asarray(sliding_window_view(_extended(values, 2, 2), (5, 5)).mean(axis=(2, 3)))


def traced(values: Array, rows: Ints, columns: Ints, level: float) -> list[Array]:
    """The lines of a level in units of cells: (n, 2) each, as far as the edges of the map."""
    xs, ys = (np.concatenate([part[:1] - 1, part, part[-1:] + 1]) for part in (columns, rows))
    z = np.ma.masked_invalid(_extended(values, 1, 1))
    drawn = contour_generator(xs, ys, z, line_type=LineType.Separate).lines(level)
    return [np.asarray(line) for line in drawn]
