"""What moves in a film: lines and areas that grow with the steps, dots, heads and words."""

from copy import copy
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox, IdentityTransform

from optviz.arrays import Array


class Moving(Protocol):
    """Anything that a film shows in part."""

    def at(self, step: float, last: bool) -> None:
        """Shows what there is of it at a step; at the last one, all as in a still."""


_FADES = (1.0, 0.75, 0.5, 0.25)  # of the tail's length: overlapping, they fade towards its end


@dataclass(eq=False)
class Growing:
    """A line with the step at which each of its points is reached; whole when made.

    A `line` ends between two points where the step does, `dots` are there from their step on, a
    `head` is at the end alone. `tail` is the number of steps that stay in view, None for all. A
    `ghost` is there while the film runs only.
    """

    line: Line2D
    points: Array
    times: Array
    kind: str = "line"
    tail: float | None = None
    ghost: bool = False

    def at(self, step: float, last: bool) -> None:
        """Shows what has been reached at `step`; at the last one, the line as in a still."""
        if last:
            whole = self.points[-1:] if self.kind == "head" else self.points
            self.line.set_data(*(whole[:0] if self.ghost else whole).T)
            return
        end = int(np.searchsorted(self.times, step, side="right"))
        first = 0
        if self.tail is not None and len(self.times) > 1:
            first = min(int(np.searchsorted(self.times, step - self.tail)), end)
        tip = self.place(step)[None] if self.kind != "dots" and end else self.points[:0]
        if self.kind == "head":
            first = end
        self.line.set_data(*np.vstack([self.points[first:end], tip]).T)

    def place(self, step: float) -> Array:
        """The point that is reached at a step, between two points where the step is: (2,)."""
        end = int(np.searchsorted(self.times, step, side="right"))
        if end in (0, len(self.times)):
            return np.asarray(self.points[min(end, len(self.times) - 1)])
        before, after = self.times[end - 1], self.times[end]
        fraction = (step - before) / (after - before)
        scale = self.line.axes.transScale if self.line.axes else IdentityTransform()
        ends = scale.transform(self.points[end - 1 : end + 1])  # lines are straight on log axes too
        between = ends[0] + fraction * (ends[1] - ends[0])
        return np.asarray(scale.inverted().transform(between))

    def fading(self, tail: int) -> "list[Growing]":
        """Ghosts to draw below this line, and this line shortened, so that its past fades."""
        if len(self.times) < 2 or self.kind == "head":
            return []
        ghosts = []
        for fraction in (np.inf, *_FADES) if self.kind == "line" else ():
            line = copy(self.line)
            line.set(alpha=0.15 if fraction == np.inf else 0.35)
            ghosts.append(Growing(line, self.points, self.times, tail=tail * fraction, ghost=True))
        self.tail = tail * _FADES[-1]
        return ghosts


@dataclass(eq=False)
class Spreading:
    """An area that is shown up to the place x (n,) of the step, which is one of the times (n,)."""

    area: Artist
    ax: Axes
    x: Array
    times: Array

    def at(self, step: float, last: bool) -> None:
        """Cuts the area off at a step; at the last one it is whole."""
        frame = self.ax.get_window_extent()
        place = float(np.interp(step, self.times, self.x))
        x = frame.x1 if last else float(self.ax.transData.transform((place, 1.0))[0])
        self.area.set_clip_box(Bbox.from_extents(frame.x0, frame.y0, x, frame.y1))


@dataclass(eq=False)
class Appearing:
    """Artists that are there from a step on."""

    artists: list[Artist]
    time: float

    def at(self, step: float, last: bool) -> None:
        """Shows them if it is time."""
        for artist in self.artists:
            artist.set_visible(last or step >= self.time)
