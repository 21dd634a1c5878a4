"""Frames of a film: what stands still is drawn once, what moves is drawn over it.

A frame equals a full draw of the figure at its step, pixel for pixel: everything at or above the
moving lines in the drawing order is drawn again, the rest is a copied background.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from optviz.film import Film
from optviz.render._figure import draw
from optviz.render._marks import MOVES
from optviz.render._moving import Counter, Growing, Moving
from optviz.render._pen import Pen
from optviz.scene import Look

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]


class Frame(NamedTuple):
    """The whole picture (height, width, 4), the rectangle that changed, and for how long it shows.

    The rectangle is left, top, right, bottom in pixels from the top left; None if nothing changed.
    The pixels are valid until the next frame is asked for.
    """

    pixels: Pixels
    box: Box | None
    milliseconds: int


class Stage:
    """A film's figure, ready to be shown at any step. Use it within `settings()`."""

    def __init__(self, film: Film, look: Look) -> None:
        self.film = film
        pen = draw(film.scene, look)
        self.moving = _faded(pen.moving, film.timing.tail)
        self.front = _front(pen, self.moving)
        for artist in self.front:
            artist.set_animated(True)
        pen.canvas.draw()  # type: ignore[no-untyped-call]
        self.canvas, self.renderer = pen.canvas, pen.renderer
        self.ground = self.canvas.copy_from_bbox(pen.figure.bbox)  # type: ignore[no-untyped-call]

    def show(self, step: float) -> Pixels:
        """The picture at a step: (height, width, 4)."""
        last = step >= self.film.steps[-1]
        for moving in self.moving:
            moving.at(step, last)
        self.canvas.restore_region(self.ground)  # type: ignore[no-untyped-call]
        for artist in self.front:
            artist.draw(self.renderer)
        return np.asarray(self.renderer.buffer_rgba())  # type: ignore[no-untyped-call]

    def frames(self) -> Iterator[Frame]:
        """Every frame of the film, in order; the box of the first is the whole picture."""
        last: NDArray[np.uint32] | None = None
        for step, milliseconds in zip(
            self.film.steps.tolist(), self.film.milliseconds.tolist(), strict=True
        ):
            pixels = self.show(step)
            words = pixels.view(np.uint32)[..., 0]
            whole = (0, 0, pixels.shape[1], pixels.shape[0])
            yield Frame(pixels, whole if last is None else changed(words, last), milliseconds)
            last = words.copy()


def _faded(moving: list[Moving], tail: int | None) -> list[Moving]:
    """What moves, each growing line below its ghosts if a fading tail is asked for."""
    if tail is None:
        return moving
    found: list[Moving] = []
    for one in moving:
        if isinstance(one, Growing):
            ghosts = one.fading(tail)
            for ghost in ghosts:
                one.ax.add_artist(ghost.line)
            found += ghosts
        found.append(one)
    return found


def _front(pen: Pen, moving: list[Moving]) -> list[Artist]:
    """What is drawn anew for every frame, lowest first."""
    found = [one.artist for one in moving if isinstance(one, Counter)]
    for ax in pen.figure.axes:
        children = [a for a in ax.get_children() if a.get_zorder() >= MOVES and a is not ax.patch]
        found += sorted(children, key=lambda artist: artist.get_zorder())
    return found


def changed(now: NDArray[np.uint32], before: NDArray[np.uint32]) -> Box | None:
    """The smallest rectangle that holds every differing pixel; None if there is none."""
    rows = np.flatnonzero((now != before).any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero((now[top:bottom] != before[top:bottom]).any(axis=0))
    return int(columns[0]), top, int(columns[-1]) + 1, bottom
