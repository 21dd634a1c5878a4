"""Frames of a film: what stands still is drawn once, what moves is drawn over it.

A frame equals a full draw of the figure at its step, pixel for pixel.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optviz.arrays import Bools
from optviz.render.draw.counter import Counter
from optviz.render.draw.figure import draw
from optviz.render.draw.moving import Appearing, Growing, Moving, Spreading
from optviz.render.draw.overlay import MovingNames
from optviz.render.draw.page import MOVES, Page
from optviz.render.fast.background import Background, renderer_of
from optviz.render.fast.pixels import Box, Pixels, Pixels32, as_numbers, screen, tight
from optviz.scene import Look
from optviz.scene.film import Film


class Frame(NamedTuple):
    """The picture (height, width, 4), the rectangle that changed, None for none, and its time.

    `changed` are the pixels of the rectangle that did. It is valid until the next one is asked for.
    """

    pixels: Pixels
    box: Box | None
    milliseconds: int
    changed: Bools

    @property
    def numbers(self) -> Pixels32:
        """Each pixel as one number."""
        return as_numbers(self.pixels)


class Stage:
    """A film's figure, ready to be shown at any step. Use it within `settings()`."""

    def __init__(self, film: Film, look: Look) -> None:
        self.film = film
        page = draw(film.scene, look)
        self.moving = _faded(page, film.timing.tail)
        self.names = MovingNames(page, film)
        self.counter = Counter(page, film.scene) if look.counter else None
        figure = page.figure
        areas = [one.area.get_zorder() for one in self.moving if isinstance(one, Spreading)]
        low = min([MOVES, *areas])
        over = [a for ax in figure.axes for a in ax.get_children() if a.get_zorder() >= low]
        words = [one.artists for one in self.moving if isinstance(one, Appearing)]
        over += [artist for artists in words for artist in artists]
        over += [*self.names.artists, *(self.counter.artists if self.counter else ())]
        self.renderer = renderer_of(page.canvas)
        self.background = Background(figure, over, page.canvas)
        self.pixels = screen(self.renderer)

    def show(self, step: float) -> Pixels:
        """The picture at a step: (height, width, 4)."""
        last = step >= self.film.steps[-1]
        for one in self.moving:
            one.at(step, last)
        self.names.at(step, last)
        if self.counter:
            self.counter.at(step, last)
        self.background.draw(self.renderer)
        return self.pixels

    def frames(self) -> Iterator[Frame]:
        """Every frame of the film, in order; the box of the first is the whole picture."""
        height, width = self.pixels.shape[:2]
        before: Pixels32 | None = None
        pairs = zip(self.film.steps.tolist(), self.film.milliseconds.tolist(), strict=True)
        for step, milliseconds in pairs:
            numbers = as_numbers(self.show(step))
            if before is None:
                box: Box | None = Box(0, 0, width, height)
                changed = np.ones((height, width), dtype=bool)
                before = numbers.copy()
            else:
                changed = numbers != before
                box = tight(changed)
            if box:
                changed = box.of(changed)
                box.of(before)[:] = box.of(numbers)
            yield Frame(self.pixels, box, milliseconds, changed)


def _faded(page: Page, tail: int | None) -> list[Moving]:
    """What moves, each growing line below its ghosts if a fading tail is asked for."""
    if tail is None:
        return page.moving
    found: list[Moving] = []
    for one in page.moving:
        if not isinstance(one, Growing):
            found.append(one)
            continue
        ghosts = one.fading(tail)
        for ghost in ghosts:
            axes = one.line.axes
            assert axes is not None
            axes.add_artist(ghost.line)
        found += [*ghosts, one]
    return found
