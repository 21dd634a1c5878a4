"""Frames of a film: what stands still is drawn once, what moves is drawn over it.

A frame equals a full draw of the figure at its step, pixel for pixel: everything at or above the
moving lines in the drawing order is drawn again, the rest is a copied background.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text
from numpy.typing import NDArray

from optviz.film import Film
from optviz.render import _labels as labels
from optviz.render._figure import draw
from optviz.render._marks import MOVES
from optviz.render._moving import Counter, Growing, Moving, Tape
from optviz.render._pen import Pen
from optviz.scene import Look

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]


class Frame(NamedTuple):
    """The whole picture (height, width, 4), the parts that changed, and for how long it shows.

    A part is left, top, right, bottom in pixels from the top left. The pixels are valid until the
    next frame is asked for.
    """

    pixels: Pixels
    parts: list[Box]
    milliseconds: int

    @property
    def box(self) -> Box | None:
        """The rectangle that holds all that changed; None if nothing did."""
        if not self.parts:
            return None
        lefts, tops, rights, bottoms = zip(*self.parts, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


class Stage:
    """A film's figure, ready to be shown at any step. Use it within `settings()`."""

    def __init__(self, film: Film, look: Look) -> None:
        self.film = film
        pen = draw(film.scene, look)
        self.canvas, self.renderer = pen.canvas, pen.renderer
        self.moving = _faded(pen.moving, film.timing.tail)
        moves = {id(one.artist): one for one in self.moving}
        self.artists = artists = _front(pen, self.moving)
        for artist in artists:
            artist.set_animated(True)
        self.canvas.draw()  # type: ignore[no-untyped-call]
        self.ground = self.canvas.copy_from_bbox(pen.figure.bbox)  # type: ignore[no-untyped-call]
        for one in self.moving:
            one.record(self.renderer)
        self.front = [moves.get(id(a)) or Tape(self.renderer, a) for a in artists]

    def show(self, step: float) -> Pixels:
        """The picture at a step: (height, width, 4)."""
        return self._show(step)[0]

    def _show(self, step: float) -> tuple[Pixels, list[labels.Box]]:
        last = step >= self.film.steps[-1]
        touched = [one.at(step, last) for one in self.moving]
        self.canvas.restore_region(self.ground)  # type: ignore[no-untyped-call]
        for one in self.front:
            one.draw(self.renderer)
        pixels = np.asarray(self.renderer.buffer_rgba())  # type: ignore[no-untyped-call]
        return pixels, [box for box in touched if box]

    def frames(self) -> Iterator[Frame]:
        """Every frame of the film, in order; the box of the first is the whole picture."""
        before: NDArray[np.uint32] | None = None
        for step, milliseconds in zip(
            self.film.steps.tolist(), self.film.milliseconds.tolist(), strict=True
        ):
            pixels, touched = self._show(step)
            words = pixels.view(np.uint32)[..., 0]
            if before is None:
                height, width = words.shape
                yield Frame(pixels, [(0, 0, width, height)], milliseconds)
                before = words.copy()
                continue
            found = [_difference(words, before, _pixels(box, words)) for box in touched]
            parts = [part for part in found if part]
            yield Frame(pixels, parts, milliseconds)
            for left, top, right, bottom in parts:
                before[top:bottom, left:right] = words[top:bottom, left:right]


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
        over = [a for a in ax.get_children() if a.get_zorder() >= MOVES and _seen(a)]
        found += sorted(over, key=lambda artist: artist.get_zorder())
    return found


def _seen(artist: Artist) -> bool:
    return artist.get_visible() and not (isinstance(artist, Text) and not artist.get_text())


def _pixels(box: labels.Box, picture: NDArray[np.uint32]) -> Box:
    """A box in whole pixels from the top left, as far as it is in the picture."""
    height, width = picture.shape
    columns = np.clip([box.left, box.right + 1], 0, width).astype(int).tolist()
    rows = np.clip([height - box.top, height - box.bottom + 1], 0, height).astype(int).tolist()
    return columns[0], rows[0], columns[1], rows[1]


def _difference(
    now: NDArray[np.uint32], before: NDArray[np.uint32], within: Box
) -> Box | None:  # fmt: skip
    """The smallest rectangle within the box that holds every differing pixel of it."""
    x, y = within[:2]
    part = (slice(y, within[3]), slice(x, within[2]))
    same = now[part] == before[part]
    rows = np.flatnonzero(~same.all(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(~same[top:bottom].all(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return x + left, y + top, x + right, y + bottom
