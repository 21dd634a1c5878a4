"""Words of points and of regions of an axis: names with values, and why a curve ends."""

from collections.abc import Callable
from typing import Any

import numpy as np

from optviz.render.draw.boxes import Box
from optviz.render.draw.words import Words
from optviz.scene import Mark, Region, Spot, Stem, Stop

_SPOT, _NOTE, _REASON = 0.95, 0.9, 0.9  # base letters
_GAPS = (0.9, 1.2, 1.6, 2.0, 2.5)  # em: from a point to its name
_LEAD = 0.3  # em: between its name and its values


def _region(words: Words, mark: Region) -> None:
    """The reason within the region, broken where it is narrow; else beside it with a leader."""
    page, frame = words.page, words.room.frame
    left, right = (words.pixel(x, words.panel.ylim[0])[0] for x in (mark.left, mark.right))
    left, right = max(left, frame.left), min(right, frame.right)
    text = page.wrap(mark.label, max(right - left - 0.6 * page.em, page.em), _REASON)
    size = page.measure(text, _REASON)
    if size.width <= right - left and text.count("\n") <= mark.label.count(" "):
        x = (left + right - size.width) / 2
        for y in _from_middle(frame, size.height):
            box = Box(x, y, x + size.width, y + size.height)
            if words.room.is_free(box.grown(0.3 * page.em)):
                words.put(text, box, _REASON, page.theme.muted)
                return
    _outside(words, mark.label, (left, right))


def _outside(words: Words, text: str, sides: tuple[float, float]) -> None:
    """The reason at the side of its region that has room, with a leader into it."""
    page, frame, (left, right) = words.page, words.room.frame, sides
    size, gap = page.measure(text, _REASON), 1.2 * page.em
    for y in _from_middle(frame, size.height):
        for x, near in (
            (right + gap, right + 0.8 * gap),
            (left - gap - size.width, left - 0.8 * gap),
        ):
            box = Box(x, y, x + size.width, y + size.height)
            if words.room.is_free(box.grown(0.4 * page.em)):
                words.put(text, box, _REASON, page.theme.muted)
                ends = [((left + right) / 2, box.centre[1]), (near, box.centre[1])]
                page.rule(ends, color=page.theme.muted, linewidth=0.8, zorder=3.9)
                return


def _from_middle(frame: Box, height: float) -> list[float]:
    """Lower edges of lines of text in a frame, from its middle outwards."""
    middle = (frame.bottom + frame.top - height) / 2
    edges = np.arange(frame.bottom, max(frame.top - height, frame.bottom + 1), height / 2)
    return sorted(edges.tolist(), key=lambda y: abs(y - middle))


def spot(words: Words, mark: Spot) -> None:
    """The name of a point with its values below it; at its right, or else where there is room."""
    theme = words.page.theme
    name, note = (mark.label, _SPOT, theme.ink), (mark.note, _NOTE, theme.muted)
    broken = ("\n".join(mark.label.rsplit(" ", 1)), _SPOT, theme.ink)
    for lines in ([name, note], [name], [broken]) if mark.note else ([name], [broken]):
        if box := _beside(words, mark, lines):
            top = box.top
            for text, scale, colour in lines:
                size = words.page.measure(text, scale)
                ink = words.ink(box, scale, colour)
                words.page.write(text, box.left, top - size.above, ink)
                top -= size.height + _LEAD * words.page.em
            return


def _beside(words: Words, mark: Spot, lines: list[tuple[str, float, str]]) -> Box | None:
    """The free box for lines of text that is nearest to a point, at its right if it can be."""
    em, at = words.page.em, words.pixel(mark.x, mark.y)
    sizes = [words.page.measure(text, scale) for text, scale, _ in lines]
    wide = max(size.width for size in sizes)
    high = sum(size.height for size in sizes) + _LEAD * em * (len(lines) - 1)
    lefts = (at[0] + gap * em for gap in _GAPS)
    rights = (Box(x, at[1] - high / 2, x + wide, at[1] + high / 2) for x in lefts)
    return words.room.largest(rights) or words.room.beside(at, (wide, high), _GAPS[0] * em)


def _stop(words: Words, mark: Stop) -> None:
    """The reason at the end of a curve, in its gap if there is room, or with a leader."""
    page, at, colour = words.page, words.pixel(mark.x, mark.y), words.page.theme.muted
    size, gap = page.measure(mark.label, _REASON), 0.6 * page.em
    left = at[0] - gap - size.width if mark.left else at[0] + gap
    bottom = at[1] - size.height / 2
    box = Box(left, bottom, left + size.width, bottom + size.height)
    if words.room.is_free(box):
        words.put(mark.label, box, _REASON, colour)
    elif not words.beside(mark.label, at, _REASON, colour):
        words.led(mark.label, at, _REASON, colour)


def _stem(words: Words, mark: Stem) -> None:
    """The name of an eigenvalue above its line, moved aside where another is in the way."""
    page = words.page
    x, y = words.pixel(mark.x, mark.y)
    size = page.measure(mark.label, _REASON)
    bottom = y + 0.45 * page.em
    for shift in (0.5, 0.0, 1.0):  # of its width left of the line
        left = x - shift * size.width
        box = Box(left, bottom, left + size.width, bottom + size.height)
        if words.room.is_free(box, 0.4 * page.em):  # names hardly farther apart read as one
            words.put(mark.label, box, _REASON, page.theme.words[0])
            return


WRITE: dict[type[Mark], Callable[..., Any]] = {Region: _region, Stop: _stop, Stem: _stem}
