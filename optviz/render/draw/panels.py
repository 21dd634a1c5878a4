"""Where the panels of a page stand: in rows of equal columns, with room for their words."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optviz.render.draw import key, ticks
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.ticks import Ticks
from optviz.scene import Panel, Scene

MARGIN = 1.0  # em: around the page
GUTTER = 1.5  # em: between small multiples
TICK_PAD = 0.35  # em: between an axis and the labels of its ticks
XNAME = 2.5  # em: the baseline of a horizontal axis's name below the axis
NOTE, TITLE = 0.65, 1.4  # em: the baseline of settings over a panel, of its title over that
NAME, NAME_OF_CURVES = 0.55, 0.95  # em: the baseline of a vertical axis's name over a panel
LEAST = 8.0  # pixels: the side of a panel in a figure that is too small
_FIRST, _NEXT = 2.2, 1.45  # em: the first words over a row below the heading, below a row


@dataclass(frozen=True)
class Place:
    """Where a panel stands, and its words: broken to fit, "" where others have them."""

    box: Box
    xname: str
    yname: str
    yname_at: tuple[float, float]  # pixels: the baseline's left end
    title: str
    note: str
    xticks: Ticks
    yticks: Ticks
    inner: bool  # the ticks of the panel left of it are its own


@dataclass(frozen=True)
class Outside:
    """Room in pixels outside the panels: beside each for names, at the page's right and bottom."""

    beside: tuple[float, ...] = ()
    right: float = 0.0
    bottom: float = 0.0


def grid(scene: Scene) -> tuple[int, int]:
    """How many columns and rows the panels stand in."""
    columns = scene.columns or len(scene.panels)
    return columns, -(-len(scene.panels) // columns)


class _Sheet:
    """The measures of a page's rows and columns in pixels."""

    def __init__(self, page: Page, scene: Scene, top: float, outside: Outside) -> None:
        self.page, self.scene, self.top, self.outside = page, scene, top, outside
        self.em = page.em
        self.columns, self.rows = grid(scene)
        self.shared = scene.shared and self.columns > 1
        self.heights = self._tick_room()
        self.lefts = [self._left(i) for i in range(self.columns)]
        self.rights = [self._right(i) for i in range(self.columns)]
        used = sum(self.lefts) + sum(self.rights) + outside.right
        self.wide = max((page.width - used) / self.columns, LEAST)

    def panels_of(self, row: int) -> list[tuple[int, Panel]]:
        first = row * self.columns
        return list(enumerate(self.scene.panels[first : first + self.columns], start=first))

    def _tick_room(self) -> float:
        """About the height of a panel, which decides how many ticks it gets."""
        return max(self.top / self.rows - 5.0 * self.em, self.em)

    def yticks(self, index: int) -> Ticks:
        panel = self.scene.panels[index]
        room = self._tick_room() * min(panel.height, 1.0)
        line = 2.4 * self.page.type(self.page.theme.sizes.ticks).em
        most = max(min(int(room / line), 6), 2)
        return ticks.vertical(panel, most)

    def _labels(self, index: int) -> float:
        """The width of the labels of a panel's vertical axis."""
        scale = self.page.theme.sizes.ticks
        labels = self.yticks(index).labels
        return max((self.page.measure(text, scale).width for text in labels), default=0.0)

    def _left(self, column: int) -> float:
        if self.shared and column:
            return GUTTER * self.em
        indices = range(column, len(self.scene.panels), self.columns)
        labels = max(self._labels(i) for i in indices)
        margin = MARGIN if column == 0 else GUTTER
        return labels + (TICK_PAD + 0.35 + margin) * self.em if labels else margin * self.em

    def _right(self, column: int) -> float:
        last = column == self.columns - 1
        beside = self.outside.beside[column :: self.columns]
        room = max(beside, default=0.0)
        return room + (MARGIN * self.em if last else 0.0)

    def xname(self, index: int) -> str:
        """The name of a horizontal axis: once a row, under the last column that has it."""
        panels = self.scene.panels
        panel = panels[index]
        has_next = (index + 1) % self.columns and index + 1 < len(panels)
        is_repeated = has_next and self.shared and panels[index + 1].xlabel == panel.xlabel
        if panel.axes == "none" or is_repeated:
            return ""
        column_left = (index % self.columns) * (self.wide + self.lefts[-1]) + self.wide
        room = column_left if self.shared else self.wide + 0.8 * self.lefts[index % self.columns]
        return self.page.wrap(panel.xlabel, max(room, 4 * self.em), self.page.theme.sizes.axis)

    def yname(self, index: int) -> str:
        """The name of a vertical axis: once a row where panels share it."""
        panel = self.scene.panels[index]
        if panel.axes != "both" or (self.shared and index % self.columns):
            return ""
        room = self.wide + self.lefts[0] if not self.shared else self.page.width - 2 * self.em
        room -= key.width(self.page, panel)
        return self.page.wrap(panel.ylabel, room, self.page.theme.sizes.axis)

    def title(self, index: int) -> str:
        sizes = self.page.theme.sizes
        return self.page.wrap(self.scene.panels[index].title, self.wide, sizes.panel, "bold")

    def note(self, index: int) -> str:
        sizes = self.page.theme.sizes
        return self.page.wrap(self.scene.panels[index].note, self.wide, sizes.settings)

    def words_over(self, row: int) -> float:
        """The room of the words over a row, from their first baseline, in pixels."""
        indices = [i for i, _ in self.panels_of(row)]
        titles = max(self.height(self.title(i), self.page.theme.sizes.panel) for i in indices)
        notes = max(self.height(self.note(i), self.page.theme.sizes.settings) for i in indices)
        ynames = max(self.height(self.yname(i), self.page.theme.sizes.axis) for i in indices)
        keys = max(key.height(self.page, self.scene.panels[i]) for i in indices)
        room = 0.0
        if notes or titles:
            room = NOTE * self.em + notes + titles
            room += max(keys, ynames if not self.is_beside(indices[0]) else 0.0)
        elif ynames or keys:
            name = max(self.name_gap(i) for i in indices)
            room = name * self.em + max(ynames, keys)
        return room - self.em if room else room  # baselines are an em below the tops

    def name_gap(self, index: int) -> float:
        return NAME_OF_CURVES if self.scene.panels[index].steps else NAME

    def is_beside(self, index: int) -> bool:
        """Whether the name of a vertical axis has room left of the panel's settings."""
        name = self.yname(index)
        if "\n" in name:
            return False
        wide = self.page.measure(name, self.page.theme.sizes.axis).width
        return wide <= self.lefts[index % self.columns] - 1.3 * self.em

    def height(self, text: str, scale: float) -> float:
        """The height of lines of text in pixels; 0 for none."""
        if not text:
            return 0.0
        size = self.page.measure(text, scale)
        return max(size.height + 0.3 * self.em, 1.3 * self.em)

    def below(self, row: int) -> float:
        """The room under a row: ticks, and the name of the axis."""
        panels = self.panels_of(row)
        if all(panel.axes == "none" for _, panel in panels):
            return 0.6 * self.em
        names = [name for i, _ in panels if (name := self.xname(i))]
        if not names:
            return 1.9 * self.em
        size = [self.page.measure(name, self.page.theme.sizes.axis) for name in names]
        return XNAME * self.em + max(*(one.below for one in size), 0.3 * self.em)

    def xticks(self, index: int, box: Box) -> Ticks:
        """As many ticks as have room, none under another panel's."""
        panel, scale = self.scene.panels[index], self.page.theme.sizes.ticks
        column = index % self.columns
        side = (0.35 if self.shared else 0.9) * self.em
        left = box.left - (side if column else self.em)
        right = box.right + (side if column < self.columns - 1 else 0.9 * self.em)

        def boxes(found: Ticks) -> list[tuple[float, float]]:
            widths = [self.page.measure(text, scale).width for text in found.labels]
            at = [self.pixel(panel, place, box) for place in found.places]
            return [(x - w / 2, x + w / 2) for x, w in zip(at, widths, strict=True)]

        def fits(found: Ticks) -> bool:
            gap = 0.6 * self.em
            return all(a[1] + gap <= b[0] for a, b in pairwise(boxes(found)))

        most = max(min(int(box.width / (2.2 * self.em)), ticks.MOST), 1)
        found = ticks.fitting(lambda count: ticks.horizontal(panel, count), fits, most)
        kept = [left <= a and b <= right for a, b in boxes(found)]
        pairs = zip(found.places, found.labels, kept, strict=True)
        chosen = [(place, text) for place, text, keep in pairs if keep]
        return Ticks([place for place, _ in chosen], [text for _, text in chosen])

    def pixel(self, panel: Panel, x: float, box: Box) -> float:
        """Where a place of the horizontal axis is."""
        low, high = panel.xlim
        if panel.xlog:
            low, high, x = np.log10(low), np.log10(high), np.log10(max(x, 1e-300))
        return box.left + (x - low) / (high - low) * box.width


def places(page: Page, scene: Scene, top: float, outside: Outside) -> list[Place]:
    """The place of every panel below the height `top`, the heading's last baseline."""
    sheet, em = _Sheet(page, scene, top, outside), page.em
    over = [sheet.words_over(row) for row in range(sheet.rows)]
    under = [sheet.below(row) for row in range(sheet.rows)]
    entry = [(_FIRST if row == 0 else _NEXT) * em if over[row] else em for row in range(sheet.rows)]
    shares = [max(panel.height for _, panel in sheet.panels_of(row)) for row in range(sheet.rows)]
    room = top - sum(over) - sum(under) - sum(entry) - 0.6 * em - outside.bottom
    room = max(room, LEAST * sheet.rows)
    found, y = [], top
    for row in range(sheet.rows):
        high = room * shares[row] / sum(shares)
        y -= entry[row] + over[row] + high
        x = 0.0
        for column, (index, panel) in enumerate(sheet.panels_of(row)):
            x += sheet.lefts[column]
            box = _equal(Box(x, y, x + sheet.wide, y + high), panel)
            found.append(_place(sheet, index, box))
            x += sheet.wide + sheet.rights[column]
        y -= under[row]
    return found


def _place(sheet: _Sheet, index: int, box: Box) -> Place:
    em = sheet.em
    title, note, yname = sheet.title(index), sheet.note(index), sheet.yname(index)
    drop = sheet.page.measure(yname, sheet.page.theme.sizes.axis).below if "\n" in yname else 0.0
    column = index % sheet.columns
    left = box.left - sheet.lefts[column] + (GUTTER / 2 if column else MARGIN) * em
    base = box.top + sheet.name_gap(index) * em + drop
    if title or note:
        base = box.top + NOTE * em
        if not sheet.is_beside(index):
            base += sheet.height(note, sheet.page.theme.sizes.settings)
            base += sheet.height(title, sheet.page.theme.sizes.panel)
    return Place(
        box=box,
        xname=sheet.xname(index),
        yname=yname,
        yname_at=(max(left, 0.3 * em), base),
        title=title,
        note=note,
        xticks=sheet.xticks(index, box),
        yticks=sheet.yticks(index),
        inner=sheet.shared and index % sheet.columns > 0,
    )


def _equal(box: Box, panel: Panel) -> Box:
    """The upper left part of the box in which a unit is as long on both axes, if that is wanted."""
    if not panel.equal:
        return box
    across, up = panel.xlim[1] - panel.xlim[0], panel.ylim[1] - panel.ylim[0]
    unit = min(box.width / across, box.height / up)  # pixels
    width, height = max(unit * across, LEAST), max(unit * up, LEAST)
    return Box(box.left, box.top - height, box.left + width, box.top)
