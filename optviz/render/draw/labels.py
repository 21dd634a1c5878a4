"""Puts words where nothing else is: beside a path's end, or spread along the right edge."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array

_DIRECTIONS = ((1, 0), (0.7, 0.7), (0.7, -0.7), (0, 1), (0, -1), (-0.7, 0.7), (-0.7, -0.7), (-1, 0))


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

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

    def count(self, points: Array) -> int:
        """How many of the points (n, 2) lie in the box."""
        x, y = points[:, 0], points[:, 1]
        inside = (x > self.left) & (x < self.right) & (y > self.bottom) & (y < self.top)
        return int(np.count_nonzero(inside))


def beside(
    anchor: tuple[float, float],
    size: tuple[float, float],
    frame: Box,
    taken: list[Box],
    *,
    ink: Array,
    gap: float,
) -> Box | None:
    """A box of `size` near the anchor: in the frame, off every taken box, over the least ink.

    ink (n, 2) are pixels that lines pass through, about one every two. None if there is no room, or
    the best place would cover much of a line.
    """
    width, height = size
    best: tuple[float, Box] | None = None
    for reach in (1.0, 1.3, 1.6, 2.0, 2.4, 2.9, 3.4):
        for dx, dy in _DIRECTIONS:
            x = anchor[0] + dx * gap * reach + (np.sign(dx) - 1) / 2 * width
            y = anchor[1] + dy * gap * reach + (np.sign(dy) - 1) / 2 * height
            box = Box(x, y, x + width, y + height)
            if not box.within(frame) or any(box.overlaps(other) for other in taken):
                continue
            cost = box.count(ink) + reach
            if best is None or cost < best[0]:
                best = cost, box
        if best is not None and best[1].count(ink) == 0:
            break
    if best is None or best[1].count(ink) > 0.35 * width:
        return None
    return best[1]


def spread(wanted: list[float], height: float, low: float, high: float) -> list[float]:
    """Centres for labels of one height, near where they are wanted and not on one another.

    low to high must have room for all.
    """
    if not wanted:
        return []
    order = np.argsort(wanted, kind="stable")
    placed = np.array(wanted, dtype=float)[order]
    placed = np.clip(placed, low + height / 2, high - height / 2)
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + height)
    placed[-1] = min(placed[-1], high - height / 2)
    for i in range(len(placed) - 2, -1, -1):
        placed[i] = min(placed[i], placed[i + 1] - height)
    result = np.empty(len(placed))
    result[order] = placed
    return [float(y) for y in result]


def dense(points: Array, step: float = 2.0) -> Array:
    """Points (n, 2) along the polyline at most about `step` apart, nan breaking it."""
    moves = np.diff(points, axis=0)
    lengths = np.hypot(*moves.T)
    known = np.flatnonzero(np.isfinite(lengths))
    if not len(known):
        return points[np.isfinite(points).all(axis=1)]
    counts = np.minimum(lengths[known] / step, 1999.0).astype(int) + 1
    part = np.repeat(known, counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    share = (np.arange(len(part)) - first) / np.repeat(counts, counts)
    return np.asarray(points[part] + moves[part] * share[:, None])


def emptiest(size: tuple[float, float], frame: Box, taken: list[Box], ink: Array) -> Box:
    """The corner of the frame where a box of `size` covers the least."""
    width, height = size
    corners = [
        Box(x, y, x + width, y + height)
        for y in (frame.top - height, frame.bottom)
        for x in (frame.right - width, frame.left)
    ]
    return min(
        corners, key=lambda b: b.count(ink) + 200 * sum(b.overlaps(other) for other in taken)
    )
