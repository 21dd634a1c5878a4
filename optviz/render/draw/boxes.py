"""Boxes of words in pixels from the bottom left, and the pixels that lines pass through."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, other: "Box") -> bool:
        """Whether this box lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def grown(self, by: float) -> "Box":
        """The box with a margin; a negative one makes it smaller."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def moved(self, right: float, up: float) -> "Box":
        """The box elsewhere."""
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def count(self, points: Array) -> int:
        """How many of the points (n, 2) lie in the box."""
        x, y = points[:, 0], points[:, 1]
        inside = (x > self.left) & (x < self.right) & (y > self.bottom) & (y < self.top)
        return int(np.count_nonzero(inside))


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these, at least one."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


def dense(points: Array, frame: Box | None = None, step: float = 2.0) -> Array:
    """Points (n, 2) along the polyline at most about `step` apart, nan breaking it.

    Of very long segments only what is in the frame.
    """
    if frame:
        points = _clipped(points, frame)
    moves = np.diff(points, axis=0)
    lengths = np.hypot(*moves.T)
    known = np.flatnonzero(np.isfinite(lengths))
    if not len(known):
        return points[np.isfinite(points).all(axis=1)]
    counts = np.minimum(lengths[known] / step, 1999.0).astype(int) + 1
    part = np.repeat(known, counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    fraction = (np.arange(len(part)) - first) / np.repeat(counts, counts)
    return np.asarray(points[part] + moves[part] * fraction[:, None])


def _clipped(points: Array, frame: Box) -> Array:
    """The segments of a polyline as pairs of points, parted by nan, cut off at the frame."""
    a, move = points[:-1], np.diff(points, axis=0)
    low, high = np.array(frame[:2]), np.array(frame[2:])
    with np.errstate(all="ignore"):
        one, other = (low - a) / move, (high - a) / move
    parallel = (move == 0) & (a >= low) & (a <= high)
    begin = np.where(parallel, 0.0, np.minimum(one, other)).max(axis=1).clip(0.0)
    end = np.where(parallel, 1.0, np.maximum(one, other)).min(axis=1).clip(max=1.0)
    inside = begin < end
    a, move = a[inside], move[inside]
    ends = [a + move * at[inside, None] for at in (begin, end)]
    return np.stack([*ends, np.full_like(a, np.nan)], axis=1).reshape(-1, 2)


def spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Centres for labels of these heights, near where they are wanted and not on one another.

    low to high must have room for all.
    """
    order = np.argsort(wanted, kind="stable")
    half = np.array(heights)[order] / 2
    placed = np.clip(np.array(wanted, dtype=float)[order], low + half, high - half)
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + half[i - 1] + half[i])
    for i in range(len(placed) - 1, -1, -1):
        above = high - half[i] if i == len(placed) - 1 else placed[i + 1] - half[i + 1] - half[i]
        placed[i] = min(placed[i], above)
    result = np.empty(len(placed))
    result[order] = placed
    return result.tolist()
