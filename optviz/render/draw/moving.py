"""What moves in a film: lines that grow with the steps, dots that appear, heads of paths."""

from copy import copy
from dataclasses import dataclass

import numpy as np
from matplotlib.lines import Line2D

from optviz.arrays import Array

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
        return np.asarray(
            self.points[end - 1] + fraction * (self.points[end] - self.points[end - 1])
        )

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
