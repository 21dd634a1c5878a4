"""What a film has drawn of its paths up to a step, for names that keep off it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import paths
from optviz.render.draw.boxes import Box
from optviz.render.draw.tags import Tag


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

    def near(self, step: float, head: Array, box: Box) -> Array:
        """The segments (n, 2, 2) up to a step, at which the path has this head, about a box."""
        end = int(np.searchsorted(self.times, step, side="right"))
        drawn = np.vstack([self.points[:end], head])
        low = np.minimum(drawn[:-1], drawn[1:])
        high = np.maximum(drawn[:-1], drawn[1:])
        about = ((low <= box[2:]) & (high >= box[:2])).all(axis=1)
        return np.stack([drawn[:-1][about], drawn[1:][about]], axis=1)


def drawn(tracks: list[Track], step: float, heads: Array, box: Box) -> Array:
    """The segments (n, 2, 2) of all the tracks up to a step, at which they have these heads."""
    pairs = zip(tracks, heads, strict=True)
    return np.concatenate([track.near(step, head, box) for track, head in pairs])


def frame_of(tag: Tag) -> Box:
    """The frame of a tag's axes."""
    extent = tag.ax.get_window_extent()
    return Box(extent.x0, extent.y0, extent.x1, extent.y1)


class Surroundings(NamedTuple):
    """What a name keeps off: the frame, boxes that are taken, and segments (n, 2, 2) by a gap."""

    frame: Box
    taken: list[Box]
    segments: Array
    gap: float

    def is_free(self, box: Box) -> bool:
        """Whether the box is in the frame and on nothing that is taken."""
        return box.within(self.frame) and not any(box.overlaps(other) for other in self.taken)

    def is_clear(self, box: Box) -> bool:
        """Whether it is free, and off the segments too."""
        return self.is_free(box) and not crosses(self.segments, box.grown(self.gap))


def crosses(segments: Array, box: Box) -> bool:
    """Whether one of the segments (n, 2, 2) passes through the box."""
    start, move = segments[:, 0], segments[:, 1] - segments[:, 0]
    with np.errstate(all="ignore"):
        one, other = (box[:2] - start) / move, (box[2:] - start) / move
    still = move == 0
    inside = (start >= box[:2]) & (start <= box[2:])
    enters = np.where(still, np.where(inside, -np.inf, np.inf), np.minimum(one, other))
    leaves = np.where(still, np.where(inside, np.inf, -np.inf), np.maximum(one, other))
    first, last = enters.max(axis=1).clip(0.0), leaves.min(axis=1).clip(max=1.0)
    return bool((first <= last).any())
