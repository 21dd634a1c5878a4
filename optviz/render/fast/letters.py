"""Words that change with every frame, set from letters that matplotlib has drawn once each."""

import re
from math import floor
from typing import Any, NamedTuple

from optviz.render.fast.pixels import Words, tight

_PIECES = re.compile(r"[^\d.]+|.")  # digit by digit


class _Ink(NamedTuple):
    """What a letter covers: its pixels, and its left edge from where the words begin."""

    pixels: Words
    left: int
    top: int


class Letters:
    """One line of text on an even ground: pixel for pixel what matplotlib would draw.

    `room` is the ground, a view of the picture (height, width); `arguments` are those of the
    renderer's `draw_text`. Where letters blend into one another, or into a ground that is not even,
    matplotlib draws the line.
    """

    def __init__(self, renderer: Any, room: Words, arguments: tuple[Any, ...], more: Any) -> None:
        self.renderer, self.room = renderer, room
        self.gc, self.x, self.y, words, self.font, self.angle = arguments
        self.more = more
        self.ground = room.flat[0]
        self.inks: dict[tuple[str, float], _Ink | None] = {}
        self.widths: dict[str, float] = {}
        self.trusted = bool((room == self.ground).all()) and self._proved(words)

    def draw(self, words: str) -> None:
        """Draws the words over the ground."""
        if not (self.trusted and self._set(words)):
            self._write(words, self.x)

    def _proved(self, words: str) -> bool:
        """Whether the words, set letter by letter, are what matplotlib draws."""
        self._write(words, self.x)
        drawn = self.room.copy()
        self.room[:] = self.ground
        proved = self._set(words) and bool((self.room == drawn).all())
        self.room[:] = self.ground
        return proved

    def _write(self, words: str, x: float) -> None:
        self.renderer.draw_text(self.gc, x, self.y, words, self.font, self.angle, **self.more)

    def _set(self, words: str) -> bool:
        """Sets the words; False, with nothing drawn, where two pieces share a column."""
        x, end, found = 0.0, 0, []
        pieces = _PIECES.findall(words)
        for before, piece in zip(["", *pieces], pieces, strict=False):
            x += self._wide(before + piece) - self._wide(piece)  # letters may stand closer
            ink = self._ink(piece, x % 1)
            if ink is None:
                continue
            left = ink.left + floor(x)
            if left < end or left + ink.pixels.shape[1] > self.room.shape[1]:
                return False
            end = left + ink.pixels.shape[1]
            found.append((ink, left, end))
        for ink, left, end in found:
            self.room[ink.top : ink.top + len(ink.pixels), left:end] = ink.pixels
        return True

    def _wide(self, words: str) -> float:
        """How far the next letter stands from where the words begin."""
        if words not in self.widths:
            size = self.renderer.get_text_width_height_descent(words, self.font, False)
            self.widths[words] = size[0]
        return self.widths[words]

    def _ink(self, piece: str, share: float) -> _Ink | None:
        """The piece, a share of a pixel right of where the words begin; None for a blank."""
        if (piece, share) not in self.inks:
            self._write(piece, self.x + share)
            box = tight(self.room != self.ground)
            ink = _Ink(box.of(self.room).copy(), box.left, box.top) if box else None
            self.inks[piece, share] = ink
            self.room[:] = self.ground
        return self.inks[piece, share]
