"""Which curves have a name at their end, what it says, and the room of a column of names."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import curves
from optviz.render.draw.legend import SWATCH
from optviz.render.draw.page import Page
from optviz.render.draw.plan import MOST_NAMED, NoRoom, Plan
from optviz.render.draw.theme import Stroke
from optviz.scene import Border, Curve, Guide, Panel

Named = Curve | Guide

_GAP, _LEADER = 0.6, 1.0  # em: from the panel to a name, and more where leaders are needed
_WIDEST = 0.34  # of the page that a column of names may take
_SWATCHED = 7  # curves from which on a name has a swatch
_LISTED = 2 * MOST_NAMED  # curves that a legend holds


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
    """The curves that get a text at their end under a plan; of very many the best and the worst.

    Raises `NoRoom` where they are too many for a column, and not for a legend.
    """
    marks = [m for m in panel.marks if isinstance(m, Named) and m.label]
    marks = [m for m in marks if len(seen(panel, m)) > isinstance(m, Guide)]
    lines = [m for m in marks if isinstance(m, Curve)]
    is_listed = len(lines) <= _LISTED and len({m.role for m in lines}) <= MOST_NAMED
    if len(lines) > MOST_NAMED and is_listed and plan.where == "beside" and not page.small:
        raise NoRoom
    if len(lines) > MOST_NAMED:
        lasts = [float(seen(panel, m)[-1, 1]) for m in lines]
        lines = [lines[int(np.argmin(lasts))], lines[int(np.argmax(lasts))]]
        marks = [m for m in marks if m in lines or isinstance(m, Guide)]
    if plan.where == "none":
        return []
    if plan.has_legend and not page.small:
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
    texts = [broken(page, name, plan) for name in found]
    total = sum(line_of(page, name, text, plan) for name, text in zip(found, texts, strict=True))
    if plan.where == "beside" and total > high:
        raise NoRoom
    wide = max(
        page.measure(text, scale_of(page, name, plan)).width + swatch_of(page, name, plan)
        for name, text in zip(found, texts, strict=True)
    )
    if plan.where == "beside" and wide > 1.1 * _WIDEST * page.width:
        raise NoRoom
    return wide + gap(page, len(found))


def gap(page: Page, count: int) -> float:
    """The room between a panel and its column of names in pixels, wider for leaders."""
    return (_GAP + (_LEADER if count > 2 else 0.0)) * page.em


def broken(page: Page, name: Name, plan: Plan) -> str:
    """A name in lines that fit into the column."""
    room = _WIDEST * page.width - swatch_of(page, name, plan)
    return page.balance(name.text, room, scale_of(page, name, plan))


def scale_of(page: Page, name: Name, plan: Plan) -> float:
    """The size of a name in em: a single letter is a little larger."""
    sizes = page.theme.sizes
    if isinstance(name.mark, Guide):
        return 0.92 * plan.scale
    alone = name.text.startswith("$") and len(name.text) <= 7
    return (1.1 * sizes.name if alone else sizes.name) * plan.scale


def swatch_of(page: Page, name: Name, plan: Plan) -> float:
    """The room of the swatch before a name in pixels; 0 without one."""
    return SWATCH * page.type(plan.scale).em if name.stroke else 0.0


def line_of(page: Page, name: Name, text: str, plan: Plan) -> float:
    """The height that a name takes among others, in pixels."""
    scale = scale_of(page, name, plan)
    return max(page.measure(text, scale).height + 0.15 * page.em, 1.2 * page.type(scale).em)


def colour_of(page: Page, name: Name, panel: Panel) -> str:
    """The colour of a name's words."""
    if isinstance(name.mark, Guide):
        return page.theme.curve(name.mark.role).words if name.mark.role >= 0 else page.theme.muted
    return curves.stroke_of(page, name.mark, panel).words
