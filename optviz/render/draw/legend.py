"""Legends: a swatch and a name each, in columns below the panels or in one at the right."""

from typing import NamedTuple

from optviz.render.draw import curves, paths
from optviz.render.draw.page import Page
from optviz.render.draw.plan import NoRoom, Plan
from optviz.render.draw.theme import Stroke
from optviz.render.draw.written import Ink
from optviz.scene import Curve, Panel, Path, Scene

SWATCH = 2.3  # em: a swatch and the blank after it
_GAP, _COLUMNS = 0.35, 1.6  # em: between two entries, between two columns
_WIDEST, _HIGHEST = 0.42, 0.42  # of the page that a legend may take


class Entry(NamedTuple):
    """A curve or a path, and its name."""

    stroke: Stroke
    name: str


class Legend(NamedTuple):
    """Entries in columns, their names broken to fit; sizes in pixels."""

    columns: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    scale: float

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        return max(self.heights)


def entries(page: Page, scene: Scene) -> list[Entry]:
    """The named curves and paths of all panels, each once; small multiples name their curves."""
    found = (entry for panel in scene.panels for entry in of_panel(page, panel))
    return list(dict.fromkeys(found))


def of_panel(page: Page, panel: Panel) -> list[Entry]:
    """The named curves and paths of a panel, each once."""
    found = []
    for mark in panel.marks:
        if isinstance(mark, Path) and mark.name:
            found.append(Entry(paths.stroke_of(page, mark, panel), mark.name))
        elif isinstance(mark, Curve) and mark.label and not page.small:
            found.append(Entry(curves.stroke_of(page, mark, panel), mark.label))
    return list(dict.fromkeys(found))


def arranged(page: Page, found: list[Entry], width: float, scale: float, most: int = 99) -> Legend:
    """The entries in as many columns as fit in `width` pixels, at most `most`."""
    em = page.type(scale).em
    sizes = [page.measure(entry.name, scale).width + (SWATCH + _COLUMNS) * em for entry in found]
    for count in range(min(len(found), most), 0, -1):
        lines = -(-len(found) // count)
        columns = tuple(tuple(found[i : i + lines]) for i in range(0, len(found), lines))
        widths = tuple(max(sizes[i : i + lines]) for i in range(0, len(found), lines))
        if sum(widths) <= width:
            heights = tuple(_height(page, column, scale) for column in columns)
            return Legend(columns, widths, heights, scale)
    room = width - (SWATCH + _COLUMNS) * em
    broken = tuple(Entry(e.stroke, page.wrap(e.name, max(room, em), scale)) for e in found)
    return Legend((broken,), (width,), (_height(page, broken, scale),), scale)


def _height(page: Page, column: tuple[Entry, ...], scale: float) -> float:
    gap = _GAP * page.type(scale).em
    return sum(page.measure(entry.name, scale).height + gap for entry in column)


def planned(page: Page, scene: Scene, plan: Plan) -> Legend | None:
    """The legend of a plan, None without names for one. Raises `NoRoom` where it is too large."""
    if not plan.is_outside:
        return None
    found = entries(page, scene)
    if not found:
        return None
    wide = page.width - 2 * page.em if plan.where == "below" else _WIDEST * page.width
    legend = arranged(page, found, wide, plan.scale, most=99 if plan.where == "below" else 1)
    if plan.where == "below" and legend.height > _HIGHEST * page.height:
        raise NoRoom
    if plan.where == "right" and legend.height > page.height - 8 * page.em:
        raise NoRoom
    return legend


def write(page: Page, legend: Legend, left: float, top: float) -> None:
    """Writes a legend from its upper left corner down."""
    em = page.type(legend.scale).em
    for column, wide in zip(legend.columns, legend.widths, strict=True):
        y = top
        for entry in column:
            size = page.measure(entry.name, legend.scale)
            base = y - size.above
            page.swatch(left, base + 0.33 * em, entry.stroke, em)
            ink = Ink(legend.scale, page.theme.text)
            with page.noting(None):
                page.write(entry.name, left + SWATCH * em, base, ink)
            page.keys.append((entry, left + SWATCH * em, base))
            y -= size.height + _GAP * em
        left += wide
