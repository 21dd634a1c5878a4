"""What a film has drawn of its paths up to a step, for names that keep off it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import paths
from optviz.render.draw.boxes import Box
from optviz.render.draw.tags import Tag

_CELL = 2.0  # pixels
_LONGEST = 4000.0  # pixels of a segment that are looked at: it has left every page
_PART = 500  # segments at a time


@dataclass(frozen=True, eq=False)
class Track:
    """The points of a path in pixels (n, 2), and the step at which each is reached (n,)."""

    points: Array
    times: Array

    @classmethod
    def of(cls, tag: Tag) -> "Track":
        """The track of a tag's path, where that is finite."""
        points = paths.shown(tag.path)
        times = np.arange(0.0, len(points)) * tag.path.stride
        known = np.isfinite(points).all(axis=1)
        return cls(tag.ax.transData.transform(points[known]), times[known])

    def heads(self, steps: Array) -> Array:
        """Where the path ends at each of the steps: (steps, 2)."""
        return np.stack([np.interp(steps, self.times, axis) for axis in self.points.T], axis=-1)


class Drawn:
    """The step at which a path first comes through each cell of a page."""

    def __init__(self, tracks: list[Track], width: float, height: float) -> None:
        self._first = np.full((int(height / _CELL) + 2, int(width / _CELL) + 2), np.inf)
        for track in tracks:
            for begin in range(0, len(track.points) - 1, _PART):
                part = slice(begin, begin + _PART + 1)
                self._add(track.points[part], track.times[part])

    def _add(self, points: Array, times: Array) -> None:
        moves, waits = np.diff(points, axis=0), np.diff(times)
        lengths = np.hypot(*moves.T)
        shown = np.minimum(lengths, _LONGEST)
        counts = (shown / _CELL).astype(int) + 1
        part = np.repeat(np.arange(len(moves)), counts)
        number = np.arange(len(part)) - np.repeat(np.cumsum(counts) - counts, counts)
        fraction = (number + 1) / counts[part] * (shown / np.where(lengths > 0, lengths, 1.0))[part]
        at = (points[part] + moves[part] * fraction[:, None]) / _CELL
        rows, columns = self._first.shape
        inside = ((at >= 0) & (at < [columns, rows])).all(axis=1)
        x, y = at[inside].astype(int).T
        np.minimum.at(self._first, (y, x), (times[part] + waits[part] * fraction)[inside])

    def is_on(self, box: Box, step: float) -> bool:
        """Whether something of the paths is in the box at a step."""
        left, bottom, right, top = (max(int(side / _CELL), 0) for side in box)
        return bool((self._first[bottom : top + 1, left : right + 1] <= step).any())


def frame_of(tag: Tag) -> Box:
    """The frame of a tag's axes."""
    extent = tag.ax.get_window_extent()
    return Box(extent.x0, extent.y0, extent.x1, extent.y1)


class Surroundings(NamedTuple):
    """What a name keeps off at a step: the frame, boxes that are taken, and paths by a gap."""

    frame: Box
    taken: list[Box]
    drawn: Drawn
    step: float
    gap: float

    def is_free(self, box: Box) -> bool:
        """Whether the box is in the frame and on nothing that is taken."""
        return box.within(self.frame) and not any(box.overlaps(other) for other in self.taken)

    def is_clear(self, box: Box) -> bool:
        """Whether it is free, and off the paths too."""
        return self.is_free(box) and not self.drawn.is_on(box.grown(self.gap), self.step)
