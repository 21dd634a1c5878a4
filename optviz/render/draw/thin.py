"""Which points of a long line a picture needs: the others change no pixel that can be told.

What is left out is, at each point on the way as at its end, under what is drawn already: a film
may show any part of the line from its start.
"""

import numpy as np

from optviz.arrays import Array, Bools, Ints

LONG = 2000  # points up to which a line is drawn as it is
_CELL = 1 / 16  # pixel: what a line that is moved so little looks like, nobody can tell


def columns(pixels: Array) -> Ints:
    """The points of a curve that goes from left to right, given in pixels (n, 2).

    Of those within a sixteenth of a pixel the first, the last, and each that is higher or lower
    than all before it; of those that are nowhere, the first.
    """
    known = _known(pixels)
    x, y = np.where(known[:, None], np.clip(pixels, -1e5, 1e5), 0.0).T
    column = np.floor(x / _CELL)
    breaks = (column[1:] != column[:-1]) | (known[1:] != known[:-1])
    keep = np.ones(len(pixels), dtype=bool)
    keep[1:] = breaks
    keep[:-1] |= breaks & known[:-1]
    keep[-1] = True
    group = np.concatenate([[0.0], np.cumsum(breaks)]) * 1e8
    for height in (np.floor(y / _CELL), np.floor(-y / _CELL)):
        top = np.maximum.accumulate(group + height)
        keep[1:] |= known[1:] & (top[1:] > top[:-1])
    return np.flatnonzero(keep)


def curve_of(points: Array, times: Array, pixels: Array, dashed: bool) -> tuple[Array, Array]:
    """A curve's points (n, 2) and the steps they are reached at, those that its picture needs.

    All of a dashed one whose dashes would move: they are counted along the line.
    """
    keep = columns(pixels)
    if dashed and abs(_length(pixels) - _length(pixels[keep])) > _CELL:
        return points, times
    return points[keep], times[keep]


def _known(pixels: Array) -> Bools:
    return np.asarray(np.isfinite(pixels).all(axis=1))


def _length(pixels: Array) -> float:
    return float(np.nansum(np.hypot(*np.diff(pixels, axis=0).T)))


def path_of(points: Array, times: Array, pixels: Array) -> tuple[Array, Array]:
    """A path's points (n, 2) and their steps, those that its picture needs, parted by nan.

    All of one that has gaps of its own.
    """
    known = _known(pixels)
    end = int(np.count_nonzero(known))
    if not known[:end].all():
        return points, times
    keep, starts = path(pixels[:end])
    at = np.flatnonzero(starts)[1:]
    return np.insert(points[keep], at, np.nan, axis=0), np.insert(times[keep], at, times[keep[at]])


def path(pixels: Array) -> tuple[Ints, Bools]:
    """The points of a path (n, 2) in pixels, and which of them begin a piece.

    A segment is left out that goes, to a sixteenth of a pixel, from and to where one went before.
    """
    places = np.floor(np.clip(pixels, -1e6, 1e6) / _CELL).astype(np.int64)
    same = (places[1:] == places[:-1]).all(axis=1)
    stays = np.zeros(len(places), dtype=bool)
    stays[1:-1] = same[1:] & same[:-1]
    point = np.flatnonzero(~stays)
    segment = _new(places[point])
    begins = np.ones(len(segment), dtype=bool)
    begins[1:] = np.diff(segment) > 1
    return _pieces(point, segment, begins)


def _pieces(point: Ints, segment: Ints, begins: Bools) -> tuple[Ints, Bools]:
    """The points at both ends of segments i → i+1, each once where segments follow each other."""
    at = np.flatnonzero(begins)
    order = np.insert(segment + 1, at, segment[at])
    starts = np.zeros(len(order), dtype=bool)
    starts[at + np.arange(len(at))] = True
    return point[order], starts


def _new(places: Ints) -> Ints:
    """The segments between these places that are the first between their two."""
    if len(places) < 2:
        return np.zeros(0, dtype=np.int64)
    low = places.min(axis=0)
    wide = int(np.ptp(places[:, 1])) + 1
    number = (places[:, 0] - low[0]) * wide + places[:, 1] - low[1]
    _, number = np.unique(number, return_inverse=True)
    one, other = np.minimum(number[1:], number[:-1]), np.maximum(number[1:], number[:-1])
    _, first = np.unique(one * (int(number.max()) + 1) + other, return_index=True)
    return np.sort(first)
