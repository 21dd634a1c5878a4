"""How each mark is drawn on axes. The ground of a panel lies below the rest."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw import bands, curves, paths, shapes
from optviz.render.draw import ground as ground_colour
from optviz.render.draw.boxes import Box, dense
from optviz.render.draw.page import Page
from optviz.render.draw.theme import COORDINATES, DOTTED
from optviz.scene import (
    Arrow,
    Band,
    Border,
    Ceiling,
    Crossing,
    Curve,
    Excess,
    Exit,
    Guide,
    Level,
    Mark,
    Minimum,
    Panel,
    Path,
    Profile,
    Rectangle,
    Ring,
    Spot,
    Start,
    finite,
)

_REACH, _SMALL = 0.65, 0.35  # em: around a start, a minimum, a crossing; around a small one


def ground(page: Page, ax: Axes, panel: Panel) -> None:
    """What all figures on the same axes share, in order; the bands as one collection."""
    levels = [mark for mark in panel.marks if isinstance(mark, Band)]
    top = ground_colour.outside(page.theme, levels) if levels else None
    ax.set_facecolor(top or "none")
    if levels:
        bands.draw(page, ax, levels)
    for mark in panel.marks:
        if type(mark) in _GROUND:
            with page.noting(mark):
                _GROUND[type(mark)](page, ax, mark, panel)


def draw(page: Page, ax: Axes, panel: Panel) -> None:
    """Every other mark of the panel, in order."""
    for mark in panel.marks:
        with page.noting(mark):
            if type(mark) in shapes.DRAW:
                shapes.DRAW[type(mark)](page, ax, mark)
            elif type(mark) in _DRAW:
                _DRAW[type(mark)](page, ax, mark, panel)
    _small(page, ax, panel)


def _profile(page: Page, ax: Axes, mark: Profile, panel: Panel) -> None:
    page.line(ax, *mark.points.T, color=page.theme.contour_colour(0.0), linewidth=1.4, zorder=1)


def _guide(page: Page, ax: Axes, mark: Guide, panel: Panel) -> None:
    dash = DOTTED if mark.dash is None else COORDINATES[mark.dash % len(COORDINATES)]
    colour = page.theme.muted if mark.dash is None else page.theme.ceiling
    page.line(
        ax,
        *mark.points.T,
        color=page.theme.line(mark.role) if mark.role >= 0 else colour,
        linewidth=page.theme.sizes.guide,
        linestyle=(0, dash) if dash else "-",
        zorder=1.1,
    )


def _ceiling(page: Page, ax: Axes, mark: Ceiling, panel: Panel) -> None:
    dash = COORDINATES[mark.dash % len(COORDINATES)]
    page.line(
        ax,
        panel.xlim,
        [mark.y, mark.y],
        color=page.theme.ceiling,
        linewidth=page.theme.sizes.ceiling,
        linestyle=(0, dash) if dash else "-",
        zorder=1.15,
    )


def _start(page: Page, ax: Axes, mark: Start, panel: Panel) -> None:
    size = page.theme.sizes.start * (0.85 if page.small else 1.0)
    page.line(
        ax,
        [mark.x],
        [mark.y],
        linestyle="none",
        marker="o",
        markersize=size,
        markerfacecolor=page.theme.paper,
        markeredgecolor=page.theme.ink,
        markeredgewidth=1.4,
        zorder=5,
        clip_on=False,
    )


def _minimum(page: Page, ax: Axes, mark: Minimum, panel: Panel) -> None:
    if not mark.small:
        _stationary(page, ax, [mark])


def _small(page: Page, ax: Axes, panel: Panel) -> None:
    """The small marks, all of a kind as one line."""
    small = [mark for mark in panel.marks if isinstance(mark, Minimum) and mark.small]
    for marker in dict.fromkeys(map(_marker, small)):
        _stationary(page, ax, [mark for mark in small if _marker(mark) == marker])


def _marker(mark: Minimum) -> str:
    return "^" if mark.maximum else "x" if mark.saddle else "+"


def _stationary(page: Page, ax: Axes, marks: list[Minimum]) -> None:
    """Points of one kind and size: a paper mark, and one of ink over it."""
    marker, small = _marker(marks[0]), marks[0].small
    size = page.theme.sizes.minimum * {"+": 1.0, "x": 0.8, "^": 0.65}[marker]
    size, thin = (0.5 * size, 0.75) if small else (size, 1.0)
    for colour, wide, order in ((page.theme.paper, 3.6, 5.5), (page.theme.ink, 1.5, 5.6)):
        page.line(
            ax,
            [mark.x for mark in marks],
            [mark.y for mark in marks],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=page.theme.paper,
            markeredgecolor=colour,
            markeredgewidth=wide * thin,
            zorder=order - 0.3 * small,
        )


def _crossing(page: Page, ax: Axes, mark: Crossing, panel: Panel) -> None:
    growing = page.grow(
        ax,
        np.array([[mark.x, mark.y]]),
        np.array([mark.x if mark.time is None else mark.time]),
        linestyle="none",
        marker="o",
        markersize=page.theme.sizes.crossing,
        markerfacecolor=page.theme.paper,
        markeredgecolor=page.theme.ink,
        markeredgewidth=1.3,
        zorder=5,
    )
    growing.kind = "dots"


_Draw = Callable[[Page, Axes, Any, Panel], None]
_GROUND: dict[type[Mark], _Draw] = {Profile: _profile, Guide: _guide, Ceiling: _ceiling}
_DRAW: dict[type[Mark], _Draw] = {
    Path: paths.path,
    Curve: curves.curve,
    Excess: curves.excess,
    Exit: curves.leaving,
    Start: _start,
    Minimum: _minimum,
    Crossing: _crossing,
}
GROUND: tuple[type[Mark], ...] = (Band, *_GROUND)
OVER: tuple[type[Mark], ...] = tuple(_DRAW)


def ink(page: Page, ax: Axes, panel: Panel) -> Array:
    """Pixels that lines and dots of the panel pass through: (n, 2)."""
    pieces = [np.empty((0, 2))]
    for mark in panel.marks:
        pieces += _ink(page, ax, mark, panel)
    return np.concatenate(pieces)


def _ink(page: Page, ax: Axes, mark: Mark, panel: Panel) -> list[Array]:
    to_pixels = ax.transData.transform
    extent = ax.get_window_extent()
    frame = Box(extent.x0, extent.y0, extent.x1, extent.y1).grown(page.em)
    match mark:
        case Path() | Curve() | Guide() | Profile() | Border() | Level():
            points = paths.shown(mark) if isinstance(mark, Path) else mark.points
            return [dense(to_pixels(points[:: max(1, len(points) // 3000)]), frame)]
        case Arrow():
            tail, move = np.array([mark.x, mark.y]), np.array([mark.dx, mark.dy])
            return [dense(to_pixels(np.array([tail, tail + move])), frame)]
        case Rectangle():
            corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
            corners = np.array([mark.x, mark.y]) + corners * np.array([mark.dx, mark.dy])
            return [dense(to_pixels(corners), frame)]
        case Ring():
            return [dense(to_pixels(np.vstack([mark.points, mark.points[:1]])), frame)]
        case Start() | Minimum() | Crossing() | Spot():
            around = np.mgrid[-1:1.1:0.25, -1:1.1:0.25].reshape(2, -1).T
            reach = _SMALL if isinstance(mark, Minimum) and mark.small else _REACH
            return [to_pixels((mark.x, mark.y)) + reach * page.em * around]
        case Exit():
            tip = to_pixels((mark.x, panel.ylim[0]))
            around = np.mgrid[-1:1.1:0.25, 0:2.1:0.25].reshape(2, -1).T
            return [tip + 0.4 * page.em * around]
        case Ceiling():
            return [dense(to_pixels(np.array([[x, mark.y] for x in panel.xlim])))]
    return []


def heads(ax: Axes, panel: Panel) -> Array:
    """The pixels at which labelled paths end: (n, 2)."""
    ends = [finite(paths.shown(m))[-1] for m in panel.marks if isinstance(m, Path) and m.label]
    return ax.transData.transform(np.array(ends)) if ends else np.empty((0, 2))
