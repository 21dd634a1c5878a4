"""Frames of a film: what stands still is drawn once, what moves is drawn over it.

A frame equals a full draw of the figure at its step, pixel for pixel: everything at or above the
moving lines in the drawing order is drawn again, but for what nothing that moves below it ever
touches; the rest is a copied background.
"""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text

from optviz.render.draw import labels
from optviz.render.draw.figure import draw
from optviz.render.draw.marks import MOVES
from optviz.render.draw.moving import Counter, Growing, Moving, Tape
from optviz.render.draw.pen import Pen
from optviz.render.fast.pixels import Box, Pixels, Words, apart, screen, tight, whole, words
from optviz.scene import Look
from optviz.scene.film import Film


class Frame(NamedTuple):
    """The whole picture (height, width, 4), what may have changed, and for how long it shows.

    A part is left, top, right, bottom in pixels from the top left; parts do not overlap. The frame
    is valid until the next one is asked for.
    """

    pixels: Pixels
    before: Words | None
    parts: list[Box]
    milliseconds: int

    @property
    def words(self) -> Words:
        """Each pixel as one number."""
        return words(self.pixels)

    @property
    def box(self) -> Box | None:
        """The smallest rectangle that holds all that changed; None if nothing did."""
        if self.before is None:
            return self.parts[0]
        changed = [
            box.moved(part.left, part.top)
            for part in self.parts
            if (box := tight(part.of(self.words) != part.of(self.before)))
        ]
        return reduce(Box.hull, changed) if changed else None


class Stage:
    """A film's figure, ready to be shown at any step. Use it within `settings()`."""

    def __init__(self, film: Film, look: Look) -> None:
        self.film = film
        pen = draw(film.scene, look)
        self.canvas, self.renderer = pen.canvas, pen.renderer
        self.moving = _faded(pen.moving, film.timing.tail)
        for one in self.moving:
            one.record(self.renderer)
        moves = {id(one.artist): one for one in self.moving}
        self.artists, reach = _front(pen, self.moving, self.renderer)
        for artist in self.artists:
            artist.set_animated(True)
        self.canvas.draw()  # type: ignore[no-untyped-call]
        self.pixels = screen(self.renderer)
        self.words = words(self.pixels)
        self.ground = self.words.copy()
        self.reach = apart([whole(box, self.words) for box in reach])
        self.front = [moves.get(id(a)) or Tape(self.renderer, a) for a in self.artists]

    def show(self, step: float) -> Pixels:
        """The picture at a step: (height, width, 4)."""
        self._show(step)
        return self.pixels

    def _show(self, step: float) -> list[Box]:
        """Draws the step over the background; returns where it may differ from the one before."""
        last = step >= self.film.steps[-1]
        touched = [one.at(step, last) for one in self.moving]
        for box in self.reach:
            box.of(self.words)[:] = box.of(self.ground)
        for one in self.front:
            one.draw(self.renderer)
        return apart([whole(box, self.words) for box in touched if box])

    def frames(self) -> Iterator[Frame]:
        """Every frame of the film, in order; the box of the first is the whole picture."""
        height, width = self.words.shape
        before: Words | None = None
        for step, milliseconds in zip(
            self.film.steps.tolist(), self.film.milliseconds.tolist(), strict=True
        ):
            parts = self._show(step)
            if before is None:
                parts = [Box(0, 0, width, height)]
            yield Frame(self.pixels, before, parts, milliseconds)
            if before is None:
                before = self.words.copy()
            for part in parts:
                part.of(before)[:] = part.of(self.words)


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


def _front(
    pen: Pen, moving: list[Moving], renderer: RendererAgg
) -> tuple[list[Artist], list[labels.Box]]:
    """What is drawn anew for every frame, lowest first, and all that it may cover.

    What lies over a moving line without ever meeting it is background.
    """
    moves = {id(one.artist): one for one in moving}
    over: list[Artist] = [one.artist for one in moving if isinstance(one, Counter)]
    for ax in pen.figure.axes:
        found = [a for a in ax.get_children() if a.get_zorder() >= MOVES and _seen(a)]
        over += sorted(found, key=lambda artist: artist.get_zorder())
    front: list[Artist] = []
    reach: list[labels.Box] = []
    for artist in over:
        one = moves.get(id(artist))
        box = one.reach if one else _extent(artist, renderer)
        if one or any(box.overlaps(other) for other in reach):
            front.append(artist)
            reach.append(box)
    return front, reach


def _extent(artist: Artist, renderer: RendererAgg) -> labels.Box:
    """Where an artist stands, with room for the width of its lines."""
    (left, bottom), (right, top) = artist.get_window_extent(renderer).get_points()
    room = 3 * renderer.dpi / 72 + 3
    return labels.Box(left - room, bottom - room, right + room, top + room)


def _seen(artist: Artist) -> bool:
    return artist.get_visible() and not (isinstance(artist, Text) and not artist.get_text())
