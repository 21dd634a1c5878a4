"""What moves in a film: lines that grow with the steps, marks that appear, the step counter."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text

from optviz.arrays import Array
from optviz.render.draw.labels import Box
from optviz.render.fast.letters import Letters
from optviz.render.fast.pixels import screen, whole, words

_FADES = (1.0, 0.75, 0.5, 0.25)  # of the tail's length: overlapping, they fade towards its end
_NOTHING = (0, 0, 0)


class Tape:
    """A renderer that remembers how an artist wants to be drawn, and draws it again at once."""

    def __init__(self, renderer: Any, artist: Artist) -> None:
        self.renderer = renderer
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        artist.draw(self)  # type: ignore[arg-type]
        self.renderer = None  # a tape may be kept longer than a picture, which is large

    def __getattr__(self, name: str) -> Any:
        """Notes what draws; the rest, measures and contexts, is the true renderer's."""
        if not name.startswith("draw_"):
            return getattr(self.renderer, name)
        return lambda *args, **more: self.calls.append((name, args, more))

    def draw(self, renderer: Any) -> None:
        """Makes the calls again."""
        for name, args, more in self.calls:
            getattr(renderer, name)(*args, **more)


@dataclass(eq=False)
class Growing:
    """A line with the step at which each of its points is reached; whole when made.

    `tail` is the number of steps that stay in view, None for all. A `ghost` is there while the film
    runs only. A line with one point appears at its step. Drawing it anew takes the calls that the
    line itself makes, recorded once, on the points that are in view.
    """

    ax: Axes
    line: Line2D
    points: Array
    times: Array
    tail: float | None = None
    ghost: bool = False
    shown: tuple[int, int, float] = _NOTHING  # first point, end, share of the way to the next
    tape: Tape | None = None
    vertices: Array = field(default_factory=lambda: np.empty((0, 2)))
    pixels: Array = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def artist(self) -> Artist:
        """What matplotlib draws."""
        return self.line

    def record(self, renderer: Any) -> None:
        """Learns how the line is drawn; call it once, when the figure has been laid out."""
        self.tape = Tape(renderer, self.line)
        transform = self.line.get_transform()
        self.vertices = np.asarray(transform.transform_non_affine(self.points), dtype=float)
        self.pixels = np.asarray(transform.transform(self.points), dtype=float)

    @property
    def reach(self) -> Box:
        """All that the line may cover, in pixels from the bottom left."""
        return self._around(self.pixels) or Box(0, 0, 0, 0)

    def at(self, step: float, last: bool) -> Box | None:
        """Shows what has been reached at `step`; at the last one, the line as in a still.

        Returns the rectangle in pixels, from the bottom left, that this may change.
        """
        before = self.shown
        end = int(np.searchsorted(self.times, step, side="right"))
        first = 0
        if self.tail is not None and not last and len(self.times) > 1:
            first = min(int(np.searchsorted(self.times, step - self.tail)), end)
        share = 0.0
        if 0 < end < len(self.times):
            share = (step - self.times[end - 1]) / (self.times[end] - self.times[end - 1])
        self.shown = _NOTHING if self.ghost and last else (first, end, share)
        return self._changed(before, self.shown)

    def _changed(self, old: tuple[int, int, float], new: tuple[int, int, float]) -> Box | None:
        if old == new:
            return None
        low = min(old[0], new[0]) if old[0] != new[0] else min(old[1], new[1]) - 2
        return self._around(self.pixels[max(low, 0) : max(old[1], new[1]) + 1])

    def _around(self, touched: Array) -> Box | None:
        """The rectangle that the line covers around some of its points, None if they are none."""
        touched = touched[np.isfinite(touched).all(axis=1)]
        if not len(touched):
            return None
        wide = max(self.line.get_linewidth(), self.line.get_markersize(), 1.0)
        room = wide * self.ax.get_figure(root=True).dpi / 72 + 3  # type: ignore[union-attr]
        (left, bottom), (right, top) = touched.min(axis=0) - room, touched.max(axis=0) + room
        return Box(left, bottom, right, top)

    def visible(self) -> tuple[Array, int]:
        """The points in view, the last of them between two steps, and how many have a dot."""
        first, end, share = self.shown
        points, whole = self.points[first:end], end - first
        if share and end > 0:
            between = self.points[end - 1] + share * (self.points[end] - self.points[end - 1])
            points = np.vstack([points, between])
        return points, whole

    def draw(self, renderer: Any) -> None:
        """Draws what is in view."""
        assert self.tape
        first, end, share = self.shown
        path = self.vertices[first:end]
        if not len(path):
            return
        dots = Path(path)
        if share:
            tip = self.line.get_transform().transform_non_affine(self.visible()[0][-1:])
            path = np.vstack([path, tip])
        line = Path(path)
        for name, args, more in self.tape.calls:
            if name == "draw_path":
                renderer.draw_path(args[0], line, *args[2:], **more)
            else:
                renderer.draw_markers(*args[:3], dots, *args[4:], **more)

    def fading(self, tail: int) -> "list[Growing]":
        """Ghosts to draw below this line, and this line shortened, so that its past fades."""
        if len(self.times) < 2:
            return []
        ghosts = []
        for share in (np.inf, *_FADES):
            line = copy(self.line)
            line.set(alpha=0.15 if share == np.inf else 0.35, marker="")
            ghosts.append(Growing(self.ax, line, self.points, self.times, tail * share, True))
        self.tail = tail * _FADES[-1]
        return ghosts


@dataclass(eq=False)
class Counter:
    """The words in the corner, the step and f where there is one run, and the room they have."""

    text: Text
    words: Callable[[int], str]
    reach: Box
    tape: Tape | None = None
    letters: Letters | None = None

    @property
    def artist(self) -> Artist:
        """What matplotlib draws."""
        return self.text

    def record(self, renderer: Any) -> None:
        """Learns where and how the words are drawn, which is the same for all of them."""
        self.tape = Tape(renderer, self.text)

    def at(self, step: float, last: bool) -> Box | None:
        """Shows the words of the last whole step; returns the rectangle that changes."""
        words = self.words(int(step + 1e-9))
        if words == self.text.get_text():
            return None
        self.text.set_text(words)
        return self.reach

    def draw(self, renderer: Any) -> None:
        """Draws the words that are there, on their ground."""
        assert self.tape
        if self.letters is None:
            ((_, arguments, more),) = self.tape.calls
            picture = words(screen(renderer))
            room = whole(self.reach, picture).of(picture)
            self.letters = Letters(renderer, room, arguments, more)
        self.letters.draw(self.text.get_text())


Moving = Growing | Counter
