"""Which points of a long line a picture needs: the others change no pixel that can be told.

What is left out is, at each point on the way as at its end, under what is drawn already: a film
may show any part of the line from its start.
"""

import numpy as np

from optviz.arrays import Array, Bools, Ints

LONG = 2000  # points up to which a line is drawn as it is
_CELL = 1 / 16  # pixel: what a line that is moved so little looks like, nobody can tell
_COLUMN = 1 / 8  # pixel
_FINE = 4  # places a pixel and direction at which is known what has been painted
_FRINGE = 1.5  # pixels beside a line that its edge may colour


def columns(pixels: Array) -> Ints:
    """The points of a curve that goes from left to right, given in pixels (n, 2).

    Of those within an eighth of a pixel the first, the last, and each that is higher or lower
    than all before it; of those that are nowhere, the first.
    """
    known = np.isfinite(pixels).all(axis=1)
    x, y = np.where(known[:, None], np.clip(pixels, -1e5, 1e5), 0.0).T
    column = np.floor(x / _COLUMN)
    breaks = (np.diff(column) != 0) | np.diff(known)
    keep = np.ones(len(pixels), dtype=bool)
    keep[1:] = breaks
    keep[:-1] |= breaks & known[:-1]
    keep[-1] = True
    group = np.concatenate([[0.0], np.cumsum(breaks)]) * 1e8
    for height in (np.floor(y / _CELL), np.floor(-y / _CELL)):
        top = np.maximum.accumulate(group + height)
        keep[1:] |= known[1:] & (top[1:] > top[:-1])
    return np.flatnonzero(keep)


def curve_of(points: Array, times: Array, pixels: Array) -> tuple[Array, Array]:
    """A curve's points (n, 2) and the steps they are reached at, those that its picture needs."""
    if len(points) <= LONG:
        return points, times
    keep = columns(pixels)
    return points[keep], times[keep]


def path_of(
    points: Array, times: Array, pixels: Array, width: float
) -> tuple[Array, Array]:  # fmt: skip
    """A path's points (n, 2) and their steps, those that its picture needs, parted by nan."""
    if len(points) <= LONG:
        return points, times
    keep, starts = path(pixels, width)
    at = np.flatnonzero(starts)[1:]
    return np.insert(points[keep], at, np.nan, axis=0), np.insert(times[keep], at, times[keep[at]])


def path(pixels: Array, width: float) -> tuple[Ints, Bools]:
    """The points of a path (n, 2) in pixels, drawn with a line so wide, and which begin a piece.

    A segment is left out that goes, to a sixteenth of a pixel, from and to where one went before,
    or runs where everything, its edges too, has been painted.
    """
    known = np.isfinite(pixels).all(axis=1)
    end = len(pixels) if known.all() else int(np.argmin(known))
    places = np.floor(np.clip(pixels[:end], -1e6, 1e6) / _CELL).astype(np.int64)
    same = (places[1:] == places[:-1]).all(axis=1)
    stays = np.zeros(end, dtype=bool)
    stays[1:-1] = same[1:] & same[:-1]
    point = np.flatnonzero(~stays)
    segment = _new(places[point])
    segment = segment[_visible(pixels[point], segment, width)]
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


def _visible(pixels: Array, segment: Ints, width: float) -> Bools:
    """Of segments i → i+1, those that show beside the ones before; all where the line is short."""
    shows = np.ones(len(segment), dtype=bool)
    low = pixels.min(axis=0) - width - 2 * _FRINGE
    size = np.ceil((np.ptp(pixels, axis=0) + 2 * width + 4 * _FRINGE) * _FINE).astype(int)
    if len(segment) <= LONG or np.prod(size.astype(float)) > 2**25:
        return shows
    painted = np.zeros(size, dtype=bool)
    reach, half = int(np.ceil((width / 2 + _FRINGE) * _FINE)), (width / 2 - 0.25) * _FINE
    done, step = 0, LONG
    while done < len(segment):
        part = segment[done : done + step]
        a, b = ((pixels[i] - low) * _FINE for i in (part, part + 1))
        if done:
            shows[done : done + step] = ~_all_on(_eroded(painted, reach), a, b)
        new = shows[done : done + step]
        _paint(painted, a[new], b[new], half)
        done, step = done + step, 2 * step
    return shows


def _along(a: Array, b: Array) -> tuple[Array, Ints]:
    """Points at most 1 apart from each a to its b, and the number of their segment."""
    count = np.abs(b - a).max(axis=1).astype(np.int64) + 2
    owner = np.repeat(np.arange(len(a)), count)
    place = np.arange(len(owner)) - (np.cumsum(count) - count)[owner]
    move = (b - a) / (count - 1)[:, None]
    return a[owner] + place[:, None] * move[owner], owner


def _all_on(ground: Bools, a: Array, b: Array) -> Bools:
    """Whether the ground is true all along each segment."""
    found = _at(ground, a) & _at(ground, b)
    maybe = np.flatnonzero(found)
    points, owner = _along(a[maybe], b[maybe])
    found[maybe] = np.bincount(owner, ~_at(ground, points), len(maybe)) == 0
    return found


def _at(ground: Bools, points: Array) -> Bools:
    x, y = points.astype(np.int32).T
    return np.asarray(ground.ravel()[x * ground.shape[1] + y])


def _paint(ground: Bools, a: Array, b: Array, half: float) -> None:
    """Makes the ground true within `half` of each segment, to both sides."""
    way = b - a
    way = way / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    across = np.column_stack([-way[:, 1], way[:, 0]])
    flat = ground.ravel()
    for off in np.linspace(-half, half, int(np.ceil(3 * half)) + 1) if half > 0 else ():
        points, _ = _along(a + off * across, b + off * across)
        x, y = points.astype(np.int32).T
        flat[x * ground.shape[1] + y] = True


def _eroded(ground: Bools, reach: int) -> Bools:
    """Where the ground is true as far as `reach` in every direction."""
    for axis in (0, 1):
        ground, wide = np.moveaxis(ground, axis, 0), 1
        whole = len(ground)
        while wide < 2 * reach + 1:
            more = min(wide, 2 * reach + 1 - wide)
            ground, wide = ground[more:] & ground[:-more], wide + more
        inside = np.zeros((whole, ground.shape[1]), dtype=bool)
        inside[reach : reach + len(ground)] = ground
        ground = np.moveaxis(inside, 0, axis)
    return np.ascontiguousarray(ground)
