"""Closed cubic Bézier curves through points with known tangents, with few of the points kept."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Bools, Ints

_OFF, _TURN = 0.01, 0.05  # units, radians: how far a curve may be off a point left out
_STEEP = 0.5  # cosine between tangent and chord, below which the chord is followed
_PASSES = 5  # each leaves out up to half of the points
_FEWEST = 6  # points of a ring of which none is left out


class _Rings(NamedTuple):
    """Rings one after another: points and unit tangents (n, 2), and where each ring begins."""

    points: Array
    tangents: Array
    starts: Ints

    @property
    def counts(self) -> Ints:
        """The points of each ring."""
        return np.diff(np.append(self.starts, len(self.points)))

    @property
    def following(self) -> Ints:
        """The number of the point after each one."""
        after = np.arange(1, len(self.points) + 1)
        after[self.starts + self.counts - 1] = self.starts
        return after


def through(points: Array, tangents: Array, starts: Ints) -> list[Array]:
    """A closed chain of curves for each ring: control points (3k+1, 2).

    The rings' points (n, 2) follow each other, without a repeated first one; `starts` (rings,) are
    where they begin. A tangent (n, 2) is nan where there is none; there the curve is straight.
    """
    rings = _Rings(points, tangents, starts)
    for _ in range(_PASSES):
        before = len(rings.points)
        rings = _thinned(rings)
        if len(rings.points) > 0.9 * before:
            break
    here = np.arange(len(rings.points))
    first, second = _handles(rings, here, rings.following)
    triples = np.stack([first, second, rings.points[rings.following]], axis=1).reshape(-1, 2)
    ends = [*rings.starts.tolist(), len(here)]
    return [
        np.concatenate([rings.points[start : start + 1], triples[3 * start : 3 * end]])
        for start, end in pairwise(ends)
    ]


def _handles(rings: _Rings, here: Ints, there: Ints) -> tuple[Array, Array]:
    """The two inner control points of the curves between two points of each row."""
    begin, end = rings.points[here], rings.points[there]
    chord = end - begin
    length = np.maximum(np.hypot(*chord.T), 1e-300)[:, None]
    ahead = chord / length
    pulls = []
    for tangent in (rings.tangents[here], rings.tangents[there]):
        cosine = (tangent * ahead).sum(axis=1, keepdims=True)
        forward = np.where(cosine < 0, -tangent, tangent)
        followed = np.abs(cosine) >= _STEEP  # false for nan
        # so long that an arc of a circle is met
        part = np.where(followed, 2 / (1 + np.abs(cosine)), 1.0) * length / 3
        pulls.append(np.where(followed, forward, ahead) * part)
    return begin + pulls[0], end - pulls[1]


def _thinned(rings: _Rings) -> _Rings:
    """Without every second point, as far as the curve between its neighbours passes it as well."""
    count = len(rings.points)
    place = np.arange(count) - np.repeat(rings.starts, rings.counts)
    many = np.repeat(rings.counts, rings.counts) >= _FEWEST
    middle = np.flatnonzero((place % 2 == 1) & many)
    keep = np.ones(count, dtype=bool)
    keep[middle[_is_met(rings, middle)]] = False
    kept = np.concatenate([[0], np.cumsum(keep)])
    return _Rings(rings.points[keep], rings.tangents[keep], kept[rings.starts])


def _is_met(rings: _Rings, middle: Ints) -> Bools:
    """Whether a curve from the point before to the one after passes a point, in its direction."""
    before, after = middle - 1, rings.following[middle]
    point, tangent = rings.points[middle], rings.tangents[middle]
    p0, p3 = rings.points[before], rings.points[after]
    p1, p2 = _handles(rings, before, after)
    one, two = np.hypot(*(point - p0).T), np.hypot(*(p3 - point).T)
    u = (one / np.maximum(one + two, 1e-300))[:, None]
    v = 1 - u
    curve = v**3 * p0 + 3 * u * v * v * p1 + 3 * u * u * v * p2 + u**3 * p3
    way = v * v * (p1 - p0) + 2 * u * v * (p2 - p1) + u * u * (p3 - p2)
    way /= np.maximum(np.hypot(*way.T), 1e-300)[:, None]
    off, turn = np.abs(_cross(way, point - curve)), np.abs(_cross(way, tangent))
    return np.asarray((off < _OFF) & ~(turn > _TURN))  # a nan has no direction


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
