"""The measures of a page of panels: the words around each, and the room they need.

On a page that is small for its panels words are left out, a level at a time.
"""

from dataclasses import dataclass
from functools import cached_property
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
NOTE = 0.65  # em: the baseline of the words next over a panel
NAME, NAME_OF_CURVES = 0.55, 0.95  # em: the baseline of a vertical axis's name over a panel
LEAST = 8.0  # pixels: the side of a panel in a figure that is too small

FULL, NO_NOTES, OUTER_NAMES, NO_TICKS, NUMBERED, BARE = LEVELS = range(6)
_HEIGHTS = (4.0, 4.0, 3.0, 2.0, 2.0, 0.0)  # em: panels lower than this go to the next level
_WIDTHS = (6.0, 6.0, 5.0, 5.0, 2.0, 0.0)


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


class Sheet:
    """The words around the panels of a scene at one level, and their sizes in pixels."""

    def __init__(self, page: Page, scene: Scene, outside: Outside, level: int) -> None:
        self.page, self.scene, self.outside, self.level = page, scene, outside, level
        self.em, self.sizes = page.em, page.theme.sizes
        self.columns, self.rows = grid(scene)
        self.shared = scene.shared and self.columns > 1
        self.lefts = [self._left(i) for i in range(self.columns)]
        self.rights = [self._right(i) for i in range(self.columns)]
        used = sum(self.lefts) + sum(self.rights) + outside.right
        self.wide = max((page.width - used) / self.columns, LEAST)

    def fits(self, high: float) -> bool:
        """Whether panels `high` pixels high are large enough for their words."""
        tall = high >= _HEIGHTS[self.level] * self.em
        return tall and (self.columns == 1 or self.wide >= _WIDTHS[self.level] * self.em)

    def panels_of(self, row: int) -> list[tuple[int, Panel]]:
        """The panels of a row with their numbers."""
        first = row * self.columns
        return list(enumerate(self.scene.panels[first : first + self.columns], start=first))

    def yticks(self, index: int, high: float) -> Ticks:
        """As many ticks of the vertical axis as a panel of this height has room for."""
        panel = self.scene.panels[index]
        if self.level >= NO_TICKS:
            return Ticks([], [])
        line = self.page.type(self.sizes.ticks).em
        named = panel.yticks is not None  # rows, each with a name of its own
        most = int(high / (1.5 * line)) if named else min(int(high / (2.0 * line)), 6)
        return ticks.fitting(
            lambda count: ticks.vertical(panel, count),
            lambda found: _apart(self.pixels(panel.ylim, panel.log, found, high), 1.5 * line),
            max(most, 1),
        )

    def pixels(
        self, limits: tuple[float, float], log: bool, found: Ticks, length: float
    ) -> list[float]:
        """Where ticks stand on an axis of this length."""
        (low, high), places = limits, np.array(found.places)
        if log:
            low, high, places = np.log10(low), np.log10(high), np.log10(places)
        return [float(x) for x in (places - low) / (high - low) * length]

    def _labels(self, index: int) -> float:
        """The width of the labels of a panel's vertical axis, before its height is known."""
        high = max(self.page.height / self.rows - 6.0 * self.em, self.em)
        labels = self.yticks(index, high * min(self.scene.panels[index].height, 1.0)).labels
        return max((self.page.measure(t, self.sizes.ticks).width for t in labels), default=0.0)

    def _left(self, column: int) -> float:
        margin = GUTTER if column else MARGIN
        if self.shared and column:
            return margin * self.em
        labels = max(self._labels(i) for i in range(column, len(self.scene.panels), self.columns))
        return labels + (TICK_PAD + 0.35 + margin if labels else margin) * self.em

    def _right(self, column: int) -> float:
        room = max(self.outside.beside[column :: self.columns], default=0.0)
        if column < self.columns - 1:
            return room
        indices = range(column, len(self.scene.panels), self.columns)
        return max([room, *(self._last_tick(i) for i in indices)]) + MARGIN * self.em

    def _last_tick(self, index: int) -> float:
        """How far the label of the last tick reaches beyond its panel, about."""
        panel = self.scene.panels[index]
        found = ticks.horizontal(panel, ticks.MOST) if panel.axes != "none" else Ticks([], [])
        at = self.pixels(panel.xlim, panel.xlog, found, 1.0)
        near = [text for x, text in zip(at, found.labels, strict=True) if x > 0.98]
        return max((self.page.measure(t, self.sizes.ticks).width / 2 for t in near), default=0.0)

    def xname(self, index: int) -> str:
        """The name of a horizontal axis: once a row, under the last column that has it."""
        panels, panel = self.scene.panels, self.scene.panels[index]
        is_last = index // self.columns == self.rows - 1
        has_next = (index + 1) % self.columns and index + 1 < len(panels)
        is_repeated = has_next and self.shared and panels[index + 1].xlabel == panel.xlabel
        if panel.axes == "none" or is_repeated or not self._has_names(is_last):
            return ""
        left = self.lefts[index % self.columns]
        room = self.wide + 0.8 * left if not self.shared else self._right_edge(index) - self.em
        return self.page.wrap(panel.xlabel, max(room, 4 * self.em), self.sizes.axis)

    def _has_names(self, outer: bool) -> bool:
        return self.level < OUTER_NAMES or (self.level == OUTER_NAMES and outer)

    def _right_edge(self, index: int) -> float:
        count = index % self.columns + 1
        return sum(self.lefts[:count]) + sum(self.rights[: count - 1]) + count * self.wide

    def yname(self, index: int) -> str:
        """The name of a vertical axis: once a row where panels share it."""
        panel = self.scene.panels[index]
        repeated = self.shared and index % self.columns
        if panel.axes != "both" or repeated or not self._has_names(self.level < OUTER_NAMES):
            return ""
        room = self.page.width - 2 * self.em if self.shared else self.wide + self.lefts[0]
        beside = room - key.width(self.page, panel)
        wide = self.page.measure(panel.ylabel, self.sizes.axis).width
        return self.page.wrap(panel.ylabel, beside if wide <= beside else room, self.sizes.axis)

    def is_over_key(self, index: int) -> bool:
        """Whether a key has no room beside the name of the vertical axis, which stands over it."""
        panel = self.scene.panels[index]
        wide = self.page.measure(self.yname(index), self.sizes.axis).width
        room = self.wide + self.lefts[0]
        return bool(self.yname(index)) and wide + key.width(self.page, panel) > room

    def title(self, index: int) -> str:
        """The title of a panel, a number where there is room for no more."""
        text = self.scene.panels[index].title
        if self.level >= NUMBERED:
            return str(index + 1) if text and self.level == NUMBERED else ""
        return self.page.wrap(text, self.wide, self.title_scale, "bold")

    @cached_property
    def title_scale(self) -> float:
        """The size of all titles: as large as their longest word lets them be."""
        words = [word for panel in self.scene.panels for word in panel.title.split()]
        scale = self.sizes.panel
        widest = max((self.page.measure(w, scale, "bold").width for w in words), default=0.0)
        return scale * min(1.0, 0.99 * self.wide / widest) if widest else scale

    def note(self, index: int) -> str:
        """The settings under the title of a panel."""
        if self.level >= NO_NOTES:
            return ""
        return self.page.wrap(self.scene.panels[index].note, self.wide, self.sizes.settings)

    def is_beside(self, index: int) -> bool:
        """Whether the name of a vertical axis has room left of the panel's settings."""
        name = self.yname(index)
        wide = self.page.measure(name, self.sizes.axis).width
        return "\n" not in name and wide <= self.lefts[index % self.columns] - 1.3 * self.em

    def height(self, text: str, scale: float, weight: str = "normal") -> float:
        """The height of lines of text with the gap under them, in pixels; 0 for none."""
        if not text:
            return 0.0
        return max(self.page.measure(text, scale, weight).height + 0.3 * self.em, 1.3 * self.em)

    def below(self, row: int) -> float:
        """The room under a row: ticks, and the name of the axis."""
        panels = self.panels_of(row)
        if all(panel.axes == "none" for _, panel in panels):
            return 0.6 * self.em
        if self.level >= NO_TICKS:
            return 0.3 * self.em
        names = [name for i, _ in panels if (name := self.xname(i))]
        if not names:
            return 1.9 * self.em
        drops = (self.page.measure(name, self.sizes.axis).below for name in names)
        return XNAME * self.em + max(*drops, 0.3 * self.em)

    def xticks(self, index: int, box: Box) -> Ticks:
        """As many ticks as have room, none under another panel's."""
        panel, column = self.scene.panels[index], index % self.columns
        if self.level >= NO_TICKS or panel.axes == "none":
            return Ticks([], [])
        side = (0.35 if self.shared else 0.9) * self.em
        low = -(side if column else self.em)
        beyond = self.page.width - box.right - 0.1 * self.em
        high = box.width + (side if column < self.columns - 1 else max(beyond, 0.9 * self.em))

        def ends(found: Ticks) -> list[tuple[float, float]]:
            half = [self.page.measure(t, self.sizes.ticks).width / 2 for t in found.labels]
            at = self.pixels(panel.xlim, panel.xlog, found, box.width)
            return [(x - w, x + w) for x, w in zip(at, half, strict=True)]

        def fits(found: Ticks) -> bool:
            return all(a[1] + 0.6 * self.em <= b[0] for a, b in pairwise(ends(found)))

        most = max(min(int(box.width / (2.2 * self.em)), ticks.MOST), 1)
        found = ticks.fitting(lambda count: ticks.horizontal(panel, count), fits, most)
        kept = [low <= a and b <= high for a, b in ends(found)]
        pairs = [pair for pair, keep in zip(zip(*found, strict=True), kept, strict=True) if keep]
        return Ticks([place for place, _ in pairs], [text for _, text in pairs])


def _apart(places: list[float], gap: float) -> bool:
    """Whether ticks are at least so far from each other."""
    return all(b - a >= gap for a, b in pairwise(sorted(places)))
