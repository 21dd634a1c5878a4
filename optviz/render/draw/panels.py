"""Where the panels of a page stand: in rows of equal columns, with room for their words."""

from math import inf
from typing import NamedTuple

import numpy as np

from optviz.render.draw import key
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.sheet import (
    GUTTER,
    LEAST,
    LEVELS,
    MARGIN,
    NAME,
    NAME_OF_CURVES,
    NOTE,
    Outside,
    Sheet,
)
from optviz.render.draw.ticks import Ticks
from optviz.scene import Panel, Scene

_FIRST, _NEXT = 2.2, 1.45  # em: the first words over a row below the heading, below a row
_BOTTOM = 0.6  # em: under the last row


class Line(NamedTuple):
    """A text, broken to fit, and the left end of its first baseline in pixels."""

    text: str
    x: float
    y: float


class Place(NamedTuple):
    """Where a panel stands, its ticks, and its words, "" where other panels have them."""

    box: Box
    xname: str
    yname: Line
    title: Line
    title_scale: float  # em
    note: Line
    key: float  # the lower edge of a key in pixels
    xticks: Ticks
    yticks: Ticks
    inner: bool  # the labels of its vertical ticks are those of the panel left of it


class _Over(NamedTuple):
    """The heights in pixels over a row from its panels up: where each kind of words begins."""

    note: float
    title: float
    key: float
    name: float
    top: float  # of the baseline of the first words; 0 without words


def places(page: Page, scene: Scene, top: float, outside: Outside) -> list[Place]:
    """The place of every panel below the height `top`, the heading's last baseline."""
    for level in LEVELS:
        sheet = Sheet(page, scene, outside, level)
        over = [_over(sheet, row) for row in range(sheet.rows)]
        shares = _shares(sheet, top, over)
        if sheet.fits(min(shares)) or level == LEVELS[-1]:
            break
    heights = _heights(sheet, shares)
    found, y = [], top
    for row, high in enumerate(heights):
        y -= _entry(sheet, row, over[row]) + over[row].top + high
        x = 0.0
        for column, (index, panel) in enumerate(sheet.panels_of(row)):
            x += sheet.lefts[column]
            box = _equal(Box(x, y, x + sheet.wide, y + high), panel)
            found.append(_place(sheet, index, box, over[row]))
            x += sheet.wide + sheet.rights[column]
        y -= sheet.below(row)
    return found


def _entry(sheet: Sheet, row: int, over: _Over) -> float:
    """The room between what is above a row and its first baseline."""
    if sheet.level == LEVELS[-1]:
        return 0.3 * sheet.em
    return (1.0 if not over.top else _NEXT if row else _FIRST) * sheet.em


def _shares(sheet: Sheet, top: float, over: list[_Over]) -> list[float]:
    """The height of the panels of each row, by their weights."""
    used = sum(_entry(sheet, row, one) + one.top for row, one in enumerate(over))
    used += sum(sheet.below(row) for row in range(sheet.rows)) + _BOTTOM * sheet.em
    weights = _weights(sheet)
    room = max(top - used - sheet.outside.bottom, LEAST)
    return [room * weight / sum(weights) for weight in weights]


def _weights(sheet: Sheet) -> list[float]:
    return [max(panel.height for _, panel in sheet.panels_of(row)) for row in range(sheet.rows)]


def _heights(sheet: Sheet, highs: list[float]) -> list[float]:
    """The heights of rows, where what panels with equal units cannot fill goes to other rows."""
    weights, caps = _weights(sheet), [_cap(sheet, row) for row in range(sheet.rows)]
    free = [row for row, cap in enumerate(caps) if cap >= highs[row]]
    if len(free) in (0, sheet.rows):
        return highs
    spare = sum(max(high - cap, 0.0) for high, cap in zip(highs, caps, strict=True))
    total = sum(weights[row] for row in free)
    return [
        high + spare * weights[row] / total if row in free else caps[row]
        for row, high in enumerate(highs)
    ]


def _cap(sheet: Sheet, row: int) -> float:
    """The height that a row of panels with equal units can fill, whatever its room."""
    panels = [panel for _, panel in sheet.panels_of(row) if panel.axes != "none"]
    if not panels or not all(panel.equal for panel in panels):
        return inf
    return max(float(sheet.wide * np.ptp(p.ylim) / np.ptp(p.xlim)) for p in panels)


def _over(sheet: Sheet, row: int) -> _Over:
    """The room of the words over a row: settings, titles, keys, the name of the axis."""
    em, sizes, indices = sheet.em, sheet.sizes, [i for i, _ in sheet.panels_of(row)]
    notes = max(sheet.height(sheet.note(i), sizes.settings) for i in indices)
    titles = max(sheet.height(sheet.title(i), sheet.title_scale, "bold") for i in indices)
    names = max(sheet.height(sheet.yname(i), sizes.axis) for i in indices)
    keys = max(key.height(sheet.page, panel) for _, panel in sheet.panels_of(row))
    if not (notes or titles or names or keys):
        return _Over(0.0, 0.0, 0.0, 0.0, 0.0)
    if notes or titles:
        title = NOTE * em + notes
        above = title + titles
        alone = any(sheet.yname(i) and not sheet.is_beside(i) for i in indices)
        name = above + keys + 0.4 * em if alone else NOTE * em
        top = name + names if alone else above + keys
        return _Over(NOTE * em, title, above, name, top - em)
    steps = any(panel.steps for _, panel in sheet.panels_of(row))
    name = (NAME_OF_CURVES if steps else NAME) * em
    if any(sheet.is_over_key(i) for i in indices):
        name += keys
    return _Over(0.0, 0.0, NAME * em, name, max(name + names, NAME * em + keys) - em)


def _place(sheet: Sheet, index: int, box: Box, over: _Over) -> Place:
    em, page, column = sheet.em, sheet.page, index % sheet.columns
    title, note, yname = sheet.title(index), sheet.note(index), sheet.yname(index)
    left = box.left - sheet.lefts[column] + (GUTTER / 2 if column else MARGIN) * em

    def line(text: str, scale: float, x: float, base: float) -> Line:
        extra = page.measure(text, scale).below - page.measure("x", scale).below
        return Line(text, x, box.top + base + (extra if "\n" in text else 0.0))

    return Place(
        box=box,
        xname=sheet.xname(index),
        yname=line(yname, sheet.sizes.axis, max(left, 0.3 * em), over.name),
        title=line(title, sheet.title_scale, box.left, over.title),
        title_scale=sheet.title_scale,
        note=line(note, sheet.sizes.settings, box.left, over.note),
        key=box.top + over.key,
        xticks=sheet.xticks(index, box),
        yticks=sheet.yticks(index, box.height),
        inner=sheet.shared and column > 0,
    )


def _equal(box: Box, panel: Panel) -> Box:
    """The upper left part of the box in which a unit is as long on both axes, if that is wanted."""
    if not panel.equal:
        return box
    across, up = panel.xlim[1] - panel.xlim[0], panel.ylim[1] - panel.ylim[0]
    unit = min(box.width / across, box.height / up)  # pixels
    width, height = max(unit * across, LEAST), max(unit * up, LEAST)
    return Box(box.left, box.top - height, box.left + width, box.top)
