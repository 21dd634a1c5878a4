"""Lines of equal value on a map, each with its number in it, and the ground below words there."""

from typing import TYPE_CHECKING

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import key
from optviz.render.draw.boxes import Box
from optviz.render.draw.colour import contrast, hexadecimal, luminance, rgb
from optviz.render.draw.page import Page
from optviz.scene import Cells, Level

if TYPE_CHECKING:
    from optviz.render.draw.names import Words

_DARK = 0.2  # luminance below which white is read better than ink
_LIGHT, _INK = "#ffffff", "#10141c"
_READ = 4.5  # contrast of words at the least
_NUMBER = 0.9  # base letters
_ROWS = 30  # heights that are tried for the row of numbers
_FINE = 8  # points between two of a line, so that it stops close to its number


def write(words: "Words", found: list[Level]) -> None:
    """Draws the lines, and their numbers along the row that has room for the most of them."""
    frame = words.room.frame
    pixels = [_fine(words.ax.transData.transform(mark.points)) for mark in found]
    heights = np.linspace(frame.bottom, frame.top, _ROWS + 2)[1:-1].tolist()
    rows = [_row(words, found, pixels, y) for y in heights]
    best = max(rows, key=len, default={})
    for i, (mark, points) in enumerate(zip(found, pixels, strict=True)):
        if i in best:
            colour = _LIGHT if _dark(words.page, mark) else _INK
            words.put(mark.label, best[i], _NUMBER, colour)
        _line(words, mark, points, best.get(i))


def _fine(points: Array) -> Array:
    """The line with more points on it; a row of nan stays a gap."""
    if len(points) < 2:
        return points
    steps = np.linspace(0, 1, _FINE, endpoint=False)[None, :, None]
    moves = np.diff(points, axis=0)
    return (points[:-1, None] + moves[:, None] * steps).reshape(-1, 2)


def _row(words: "Words", found: list[Level], pixels: list[Array], y: float) -> dict[int, Box]:
    """The boxes of the numbers along a row, by the number of their line."""
    boxes: dict[int, Box] = {}
    for i, (mark, points) in enumerate(zip(found, pixels, strict=True)):
        size = words.page.measure(mark.label, _NUMBER)
        for x in _crossings(points, y):
            box = Box(
                x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2
            )
            apart = box.grown(0.5 * words.page.em)
            alone = not any(apart.overlaps(other) for other in boxes.values())
            lines = (p for j, p in enumerate(pixels) if j != i)
            if alone and words.room.is_free(box) and not any(map(apart.count, lines)):
                boxes[i] = box
                break
    return boxes


def _crossings(points: Array, y: float) -> list[float]:
    """Where a line passes a height."""
    side = np.sign(points[:, 1] - y)
    known = np.asarray(np.isfinite(points).all(axis=1))
    turns = np.flatnonzero((side[1:] != side[:-1]) & known[1:] & known[:-1])
    return list(map(float, points[turns, 0]))


def _line(words: "Words", mark: Level, points: Array, box: Box | None) -> None:
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


def over_map(words: "Words", box: Box, colour: str) -> tuple[str, str] | None:
    """The colour of a text on a map and that of the cells below it; None where there is no map.

    A colour that cannot be read there becomes white, or ink.
    """
    found = next((mark for mark in words.panel.marks if isinstance(mark, Cells)), None)
    if found is None:
        return None
    ground = hexadecimal(_ground(words, found, box))
    for ink in (colour, words.page.theme.text):
        if contrast(ink, ground) >= _READ:
            return ink, ground
    return max((_LIGHT, _INK), key=lambda ink: contrast(ink, ground)), ground


def _ground(words: "Words", mark: Cells, box: Box) -> Array:
    """The mean colour of a map under a box: (3,)."""
    to_data = words.ax.transData.inverted()
    xs, ys = np.linspace(box.left, box.right, 9), np.linspace(box.bottom, box.top, 5)
    at = to_data.transform(np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    columns = np.clip(np.searchsorted(mark.xs, at[:, 0]) - 1, 0, len(mark.xs) - 2)
    rows = np.clip(np.searchsorted(mark.ys, at[:, 1]) - 1, 0, len(mark.ys) - 2)
    found = key.colours(words.page, mark, mark.values[rows, columns])
    blank = rgb(words.page.theme.blank)
    return np.asarray(np.where(found[:, 3:] > 0, found[:, :3], blank).mean(axis=0))
