"""Names of curves beside their ends, right of the panel, or on the curves of small multiples."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw import curves
from optviz.render.draw.boxes import Box, spread
from optviz.render.draw.legend import SWATCH
from optviz.render.draw.page import Ink, Page
from optviz.render.draw.plan import MOST_NAMED, NoRoom, Plan
from optviz.render.draw.room import Room
from optviz.render.draw.theme import Stroke
from optviz.scene import Border, Curve, Guide, Panel

Named = Curve | Guide

_GAP, _LEADER = 0.6, 0.9  # em: from the panel to a name, and more where leaders are needed
_WIDEST = 0.34  # of the page that a column of names may take
_SWATCHED = 7  # curves from which on a name has a swatch
_EARLY = 2.5  # em before the right edge: a curve that ends there has its name there


class Name(NamedTuple):
    """A curve with the text at its end."""

    mark: Named
    text: str
    stroke: Stroke | None


def seen(panel: Panel, mark: Named | Border) -> Array:
    """The points of a curve that are in view: (n, 2)."""
    points = mark.points[np.isfinite(mark.points).all(axis=1)]
    (left, right), (low, high) = panel.xlim, panel.ylim
    x, y = points.T
    return np.asarray(points[(x >= left) & (x <= right) & (y >= low) & (y <= high)])


def named(page: Page, panel: Panel, plan: Plan) -> list[Name]:
    """The curves that get a text at their end under a plan; of very many the best and the worst."""
    marks = [m for m in panel.marks if isinstance(m, Named) and m.label and len(seen(panel, m))]
    lines = [m for m in marks if isinstance(m, Curve)]
    if len(lines) > MOST_NAMED:
        lasts = [float(seen(panel, m)[-1, 1]) for m in lines]
        lines = [lines[int(np.argmin(lasts))], lines[int(np.argmax(lasts))]]
        marks = [m for m in marks if m in lines or isinstance(m, Guide)]
    if plan.where == "none":
        return []
    if plan.has_legend:
        return [Name(m, m.label, None) for m in marks if isinstance(m, Guide)]
    several = len(curves.roles(panel)) > 1
    keyed = several and (page.theme.keyed or len(lines) >= _SWATCHED)
    found = []
    for mark in marks:
        text, stroke = mark.label, None
        if isinstance(mark, Curve):
            text = str(lines.index(mark) + 1) if plan.where == "numbers" else text
            stroke = curves.stroke_of(page, mark, panel) if keyed else None
        found.append(Name(mark, text, stroke))
    return found


def column(page: Page, panel: Panel, plan: Plan, high: float) -> float:
    """The room right of a panel for its names in pixels. Raises `NoRoom` where they do not fit."""
    found = named(page, panel, plan)
    if not found or page.small:
        return 0.0
    texts = [_broken(page, name, plan) for name in found]
    total = sum(_line(page, name, text, plan) for name, text in zip(found, texts, strict=True))
    if plan.where == "beside" and total > high:
        raise NoRoom
    wide = max(
        page.measure(text, _scale(page, name, plan)).width + _swatch(page, name, plan)
        for name, text in zip(found, texts, strict=True)
    )
    if plan.where == "beside" and wide > 1.1 * _WIDEST * page.width:
        raise NoRoom
    return wide + (_GAP + (_LEADER if len(found) > 2 else 0.0)) * page.em


def _broken(page: Page, name: Name, plan: Plan) -> str:
    room = _WIDEST * page.width - _swatch(page, name, plan)
    return page.wrap(name.text, room, _scale(page, name, plan))


def _scale(page: Page, name: Name, plan: Plan) -> float:
    sizes = page.theme.sizes
    if isinstance(name.mark, Guide):
        return 0.92 * plan.scale
    alone = name.text.startswith("$") and len(name.text) <= 7
    return (1.1 * sizes.name if alone else sizes.name) * plan.scale


def _swatch(page: Page, name: Name, plan: Plan) -> float:
    return SWATCH * page.type(plan.scale).em if name.stroke else 0.0


def _line(page: Page, name: Name, text: str, plan: Plan) -> float:
    """The height that a name takes among others, in pixels."""
    scale = _scale(page, name, plan)
    return max(page.measure(text, scale).height + 0.15 * page.em, 1.2 * page.type(scale).em)


def colour_of(page: Page, name: Name, panel: Panel) -> str:
    """The colour of a name's words."""
    if isinstance(name.mark, Guide):
        return page.theme.muted
    return curves.stroke_of(page, name.mark, panel).words


def write(page: Page, ax: Axes, panel: Panel, plan: Plan, room: Room) -> None:
    """Writes the names of a panel's curves. Raises `NoRoom` where one has no place."""
    found = named(page, panel, plan)
    if page.small:
        for name in found:
            on_curve(page, ax, panel, name, room)
        return
    late = [name for name in found if not _early(page, ax, panel, name, plan, room)]
    _column(page, ax, panel, late, plan)


def _early(  # noqa: PLR0917  # what a panel has
    page: Page, ax: Axes, panel: Panel, name: Name, plan: Plan, room: Room
) -> bool:
    """Names a curve that ends well before the right edge at its end; False for another."""
    x, y = ax.transData.transform(seen(panel, name.mark)[-1]).tolist()
    if x > room.frame.right - _EARLY * page.em:
        return False
    scale = _scale(page, name, plan)
    size = page.measure(name.text, scale)
    box = room.beside((x, y), (size.width, size.height), 0.5 * page.em)
    if box is None:
        return False
    ink = Ink(scale, colour_of(page, name, panel), halo=page.theme.paper)
    room.taken.append(page.write(name.text, box.left, box.top - size.above, ink).box)
    return True


def _column(page: Page, ax: Axes, panel: Panel, found: list[Name], plan: Plan) -> None:
    """The names right of the panel, spread so that none touches another, with leaders."""
    if not found:
        return
    frame = ax.get_window_extent()
    texts = [_broken(page, name, plan) for name in found]
    heights = [_line(page, name, text, plan) for name, text in zip(found, texts, strict=True)]
    low, high = frame.y0 - 1.2 * page.em, frame.y1 + 1.2 * page.em
    if sum(heights) > high - low:
        if plan.where == "beside":
            raise NoRoom
        count = int((high - low) / max(heights))
        found, texts, heights = found[:count], texts[:count], heights[:count]
    ends = [ax.transData.transform(seen(panel, name.mark)[-1]) for name in found]
    wanted = [float(end[1]) for end in ends]
    left = frame.x1 + (_GAP + (_LEADER if len(found) > 2 else 0.0)) * page.em
    places = spread(wanted, heights, low, high)
    for name, text, y, at in zip(found, texts, wanted, places, strict=True):
        scale = _scale(page, name, plan)
        size = page.measure(text, scale)
        colour = colour_of(page, name, panel)
        base = at + (size.below - size.above) / 2
        shift = _swatch(page, name, plan)
        if name.stroke:
            page.swatch(left, base + 0.33 * page.type(scale).em, name.stroke)
        page.write(text, left + shift, base, Ink(scale, colour))
        if abs(y - at) > 0.45 * page.em:
            ends_at = [(frame.x1 + 0.25 * page.em, y), (left - 0.25 * page.em, at)]
            page.rule(ends_at, color=page.theme.rule, linewidth=0.8, zorder=3.2)


def on_curve(page: Page, ax: Axes, panel: Panel, name: Name, room: Room) -> None:
    """Names a curve of a small multiple on it, from its end backwards, above it or below.

    Left out where there is no room: the panels beside it have the same names.
    """
    points = ax.transData.transform(seen(panel, name.mark))
    scale = _scale(page, name, Plan("beside", 1.0))
    size = page.measure(name.text, scale)
    for box in _along(page, points, (size.width, size.height), room.frame):
        if room.is_free(box):
            ink = Ink(scale, colour_of(page, name, panel))
            room.taken.append(page.write(name.text, box.left, box.top - size.above, ink).box)
            return


def _along(page: Page, points: Array, size: tuple[float, float], frame: Box) -> Iterator[Box]:
    """Boxes over and under a curve, right-aligned at its end first."""
    order = np.argsort(points[:, 0], kind="stable")
    xs, ys = points[order].T
    gap = 0.22 * page.em
    for x in np.arange(xs[-1], xs[0] + size[0], -0.5 * page.em).tolist():
        right = min(x, frame.right)
        within = np.linspace(right - size[0], right, 9)
        heights = np.interp(within, xs, ys)
        for bottom in (heights.max() + gap, heights.min() - gap - size[1]):
            yield Box(right - size[0], float(bottom), right, float(bottom) + size[1])
