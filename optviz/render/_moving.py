"""What moves in a film: lines that grow with the steps, marks that appear, the step counter."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz.arrays import Array

_FADES = (1.0, 0.75, 0.5, 0.25)  # of the tail's length: overlapping, they fade towards its end


@dataclass(eq=False)
class Growing:
    """A line with the step at which each of its points is reached; whole when made.

    `tail` is the number of steps that stay in view, None for all. A `ghost` is there while the film
    runs only. A line with one point appears at its step.
    """

    ax: Axes
    line: Line2D
    points: Array
    times: Array
    tail: float | None = None
    ghost: bool = False

    @property
    def artist(self) -> Artist:
        """What is drawn."""
        return self.line

    def at(self, step: float, last: bool) -> None:
        """Shows what has been reached at `step`; at the last one, the line as in a still."""
        count = int(np.searchsorted(self.times, step, side="right"))
        first = 0
        if self.tail is not None and not last and len(self.times) > 1:
            first = int(np.searchsorted(self.times, step - self.tail))
        points = self.points[first : 0 if self.ghost and last else count]
        whole = len(points)
        if whole and count < len(self.times) and step > self.times[count - 1]:
            share = (step - self.times[count - 1]) / (self.times[count] - self.times[count - 1])
            between = self.points[count - 1] + share * (self.points[count] - self.points[count - 1])
            points = np.vstack([points, between])
        self.line.set_data(points[:, 0], points[:, 1])
        if self.line.get_marker() not in ("", "None", None):
            self.line.set_markevery(slice(0, whole))  # a dot is a step, never a place between

    def fading(self, tail: int) -> "list[Growing]":
        """Ghosts to draw below this line, and this line shortened, so that its past fades."""
        if len(self.times) < 2:
            return []
        ghosts = []
        for share in (np.inf, *_FADES):
            line = copy(self.line)
            line.set(alpha=0.15 if share == np.inf else 0.35, marker="")
            ghosts.append(Growing(self.ax, line, self.points, self.times, tail * share, ghost=True))
        self.tail = tail * _FADES[-1]
        return ghosts


@dataclass(eq=False)
class Counter:
    """The words in the corner: the step, and f where there is one run."""

    text: Text
    words: Callable[[int], str]

    @property
    def artist(self) -> Artist:
        """What is drawn."""
        return self.text

    def at(self, step: float, last: bool) -> None:
        """Shows the words of the last whole step."""
        self.text.set_text(self.words(int(step + 1e-9)))


Moving = Growing | Counter
