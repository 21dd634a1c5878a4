"""Lines of equal value on a map, each with its number in it."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import ground, marks
from optviz.render.draw.boxes import Box
from optviz.render.draw.colour import luminance
from optviz.render.draw.page import Page
from optviz.render.draw.room import Room
from optviz.render.draw.words import Words
from optviz.scene import Level

_DARK = 0.2  # luminance below which white is read better than ink
_NUMBER = 0.9  # base letters
_ROWS = 30  # heights that are tried for the row of numbers
_FINE = 2.0  # pixels between two points of a line, which stops close to its number


def write(words: Words, found: list[Level]) -> None:
    """Draws the lines, and their numbers along the row that has room for the most of them."""
    if not found:
        return
    frame = words.room.frame
    others = tuple(mark for mark in words.panel.marks if not isinstance(mark, Level))
    ink = marks.ink(words.page, words.ax, replace(words.panel, marks=others))
    room = Room(frame, ink, words.room.taken)
    pixels = [_fine(words.ax.transData.transform(mark.points)) for mark in found]
    heights = np.linspace(frame.bottom, frame.top, _ROWS + 2)[1:-1].tolist()
    lines = list(zip(found, pixels, strict=True))
    rows = [_row(words.page, room, lines, y) for y in heights]
    best = max(rows, key=len, default={})
    for i, (mark, points) in enumerate(lines):
        if i in best:
            colour = ground.LIGHT if _dark(words.page, mark) else ground.INK
            words.put(mark.label, best[i], _NUMBER, colour)
        _line(words, mark, points, best.get(i))


def _fine(points: Array) -> Array:
    """The line with a point every few pixels; a row of nan stays a gap."""
    moves = np.diff(points, axis=0)
    counts = np.nan_to_num(np.hypot(*moves.T) / _FINE).astype(int) + 1
    part = np.repeat(np.arange(len(moves)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    fraction = (np.arange(len(part)) - first) / np.repeat(counts, counts)
    return np.asarray(points[part] + moves[part] * fraction[:, None])


def _row(page: Page, room: Room, lines: list[tuple[Level, Array]], y: float) -> dict[int, Box]:
    """The boxes of the numbers along a row, by the number of their line."""
    boxes: dict[int, Box] = {}
    for i, (mark, points) in enumerate(lines):
        size = page.measure(mark.label, _NUMBER)
        bottom, top = y - size.height / 2, y + size.height / 2
        others = [other for j, (_, other) in enumerate(lines) if j != i]
        for x in _crossings(points, y):
            box = Box(x - size.width / 2, bottom, x + size.width / 2, top)
            apart = box.grown(0.5 * page.em)
            alone = not any(apart.overlaps(other) for other in boxes.values())
            if alone and room.is_free(box, 0.5 * page.em) and not any(map(apart.count, others)):
                boxes[i] = box
                break
    return boxes


def _crossings(points: Array, y: float) -> list[float]:
    """Where a line passes a height."""
    side = np.sign(points[:, 1] - y)
    known = np.asarray(np.isfinite(points).all(axis=1))
    turns = np.flatnonzero((side[1:] != side[:-1]) & known[1:] & known[:-1])
    return list(map(float, points[turns, 0]))


def _line(words: Words, mark: Level, points: Array, box: Box | None) -> None:
    """The line without the part below its number, light on dark cells and dark on light ones."""
    page, theme = words.page, words.page.theme
    if box is not None:
        gap = box.grown(0.15 * page.em)
        x, y = points.T
        inside = (x > gap.left) & (x < gap.right) & (y > gap.bottom) & (y < gap.top)
        points = np.where(inside[:, None], np.nan, points)
    xs, ys = words.ax.transAxes.inverted().transform(points).T
    colour = theme.level_on_dark if _dark(page, mark) else theme.level_on_light
    line = page.line(
        words.ax, xs, ys, color=colour, linewidth=theme.sizes.level, alpha=0.85, zorder=2.3
    )
    line.set_transform(words.ax.transAxes)
    line.set_clip_path(words.ax.patch)


def _dark(page: Page, mark: Level) -> bool:
    """Whether the cells along a line are dark."""
    return float(luminance(page.theme.ramp_colours[round(255 * mark.value)])) < _DARK
