"""Where there is room for words: off every line, dot and word, within a frame."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.render.draw.boxes import Box

_CELL = 2.0  # pixels of a side: lines are known this exactly
_REACHES = (1.0, 1.3, 1.7, 2.2)
_DIRECTIONS = np.array(
    [(1, 0), (0.7, 0.7), (0.7, -0.7), (0, 1), (0, -1), (-0.7, 0.7), (-0.7, -0.7), (-1, 0)]
)
_GRID = 0.5  # of a word's height: how finely free places are looked for
_FARTHEST = 16.0  # em: the longest leader


class Place(NamedTuple):
    """A box for words, and whether a leader has to lead to it."""

    box: Box
    far: bool


class Room:
    """The pixels of a frame that lines pass through, for fast answers about boxes.

    `ink` (n, 2) are pixels of lines and dots; `taken` are boxes of words, and may grow. `margin` is
    the room in pixels at both sides of words to lines.
    """

    def __init__(self, frame: Box, ink: Array, taken: list[Box], margin: float = 0.0) -> None:
        self.frame, self.taken, self.margin = frame, taken, margin
        columns = max(int(frame.width / _CELL) + 1, 1)
        lines = max(int(frame.height / _CELL) + 1, 1)
        at = np.floor((ink - [frame.left, frame.bottom]) / _CELL)
        at = at[((at >= 0) & (at < [columns, lines])).all(axis=1)].astype(int)
        filled = np.bincount(at[:, 1] * columns + at[:, 0], minlength=columns * lines) > 0
        self._filled = filled.reshape(lines, columns)
        self._sums = np.zeros((lines + 1, columns + 1), dtype=np.int64)
        self._sums[1:, 1:] = self._filled.cumsum(axis=0).cumsum(axis=1)

    def covered(self, corners: Array, width: float, height: float) -> Ints:
        """How many cells with a line in them each box covers, by its lower left corner (n, 2)."""
        low = np.floor((corners - [self.frame.left, self.frame.bottom]) / _CELL).astype(int)
        high = low + np.ceil(np.array([width, height]) / _CELL).astype(int) + 1
        limits = np.array(self._sums.shape)[::-1] - 1
        (x0, y0), (x1, y1) = np.clip(low, 0, limits).T, np.clip(high, 0, limits).T
        sums = self._sums
        return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])

    def free(self, corners: Array, width: float, height: float, gap: float = 0.0) -> Bools:
        """Which boxes are in the frame, off every line, and at least `gap` off every word."""
        x, y = corners.T
        frame = self.frame
        inside = (x >= frame.left) & (x + width <= frame.right)
        inside &= (y >= frame.bottom) & (y + height <= frame.top)
        for box in self.taken:
            apart = (x >= box.right + gap) | (x + width + gap <= box.left)
            inside &= apart | (y >= box.top + gap) | (y + height + gap <= box.bottom)
        around = corners - [self.margin, 0.0]
        return np.asarray(inside & (self.covered(around, width + 2 * self.margin, height) == 0))

    def is_free(self, box: Box, gap: float = 0.0) -> bool:
        """Whether a box is in the frame, off everything, and no word is nearer beside it."""
        corner = np.array([[box.left, box.bottom]])
        wide = Box(box.left - gap, box.bottom, box.right + gap, box.top)
        alone = not any(wide.overlaps(other) for other in self.taken)
        return alone and bool(self.free(corner, box.width, box.height, gap)[0])

    def beside(
        self, anchor: tuple[float, float], size: tuple[float, float], gap: float
    ) -> Box | None:
        """The nearest free box around the anchor, at least `gap` pixels off; None without one."""
        steps = gap * np.array(_REACHES)[:, None, None] * _DIRECTIONS
        corners = np.array(anchor) + steps + (np.sign(_DIRECTIONS) - 1) / 2 * np.array(size)
        return self._first(corners.reshape(-1, 2), size, 0.6 * gap)

    def anywhere(
        self, anchor: tuple[float, float], size: tuple[float, float], em: float
    ) -> Box | None:
        """The free box nearest to the anchor; None without one."""
        return next(self.around(anchor, size, em), None)

    def around(
        self, anchor: tuple[float, float], size: tuple[float, float], em: float
    ) -> Iterator[Box]:
        """Free boxes, the nearest to the anchor first, as far as a leader may reach."""
        step = max(_GRID * size[1], 4.0)
        xs = np.arange(self.frame.left, self.frame.right - size[0], step)
        ys = np.arange(self.frame.bottom, self.frame.top - size[1], step)
        corners = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        if not len(corners):
            return
        away = np.abs(corners + np.array(size) / 2 - anchor) - np.array(size) / 2
        distance = np.hypot(*np.maximum(away, 0.0).T)
        order = np.argsort(distance, kind="stable")
        near = corners[order[distance[order] < _FARTHEST * em]]
        for x, y in near[self.free(near, *size, 0.25 * em)].tolist():
            yield Box(x, y, x + size[0], y + size[1])

    def crossed(self, points: Array) -> int:
        """How many of the points (n, 2) are on lines."""
        at = np.floor((points - [self.frame.left, self.frame.bottom]) / _CELL).astype(int)
        x, y = np.clip(at, 0, np.array(self._filled.shape)[::-1] - 1).T
        return int(np.count_nonzero(self._filled[y, x]))

    def _first(self, corners: Array, size: tuple[float, float], gap: float = 0.0) -> Box | None:
        """The first of the boxes that is free."""
        found = np.flatnonzero(self.free(corners, *size, gap))
        if not len(found):
            return None
        x, y = corners[found[0]].tolist()
        return Box(x, y, x + size[0], y + size[1])

    def corner(self, size: tuple[float, float], gap: float) -> Box | None:
        """A free corner of the frame for a box; None without one."""
        frame, (width, height) = self.frame.grown(-gap), size
        corners = [
            (x, y)
            for y in (frame.top - height, frame.bottom)
            for x in (frame.right - width, frame.left)
        ]
        return self._first(np.array(corners), size)

    def largest(self, choices: Iterable[Box], gap: float = 0.0) -> Box | None:
        """The first of these boxes that is free, and beside which no word is nearer than `gap`."""
        return next((box for box in choices if self.is_free(box, gap)), None)
