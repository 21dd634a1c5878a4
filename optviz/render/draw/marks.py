"""How each mark is drawn on axes; every drawing function takes the same four things."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from optviz.arrays import Array
from optviz.render.draw import bands as landscape
from optviz.render.draw import shapes, thin
from optviz.render.draw.pen import Pen
from optviz.render.draw.theme import COORDINATES as DASHES
from optviz.render.draw.theme import Theme, theme
from optviz.scene import (
    Arrow,
    Band,
    Border,
    Ceiling,
    Crossing,
    Curve,
    Disc,
    Guide,
    Mark,
    Minimum,
    Panel,
    Path,
    Profile,
    Rectangle,
    Spot,
    Start,
    finite,
)

UNDER = 1.8  # words stand under what moves: a film draws them once
MOVES = 2.0  # what is drawn anew for every frame, and what lies over it
_DOTTED = 300  # beyond this many steps a dot a step is a smear


def ground(pen: Pen, ax: Axes, panel: Panel) -> None:
    """What lies below all words, in order; the bands as one collection."""
    bands = [mark for mark in panel.marks if isinstance(mark, Band)]
    filled = pen.theme.height_colour(1.0) if bands else None
    ax.set_facecolor(filled or "none")
    if bands:
        landscape.draw(pen, ax, bands)
    for mark in panel.marks:
        if type(mark) in _GROUND:
            _GROUND[type(mark)](pen, ax, mark, panel)


def draw(pen: Pen, ax: Axes, panel: Panel) -> None:
    """Every other mark of the panel, in order."""
    for mark in panel.marks:
        if type(mark) in shapes.DRAW:
            shapes.DRAW[type(mark)](pen, ax, mark)
        elif type(mark) in _DRAW:
            _DRAW[type(mark)](pen, ax, mark, panel)


def _path(pen: Pen, ax: Axes, mark: Path, panel: Panel) -> None:
    points = mark.points if mark.left is None else mark.points[: mark.left + 1]
    colour = pen.theme.line(mark.role)
    dash = path_dash(pen.theme, mark.role)
    width = 1.0 if mark.faint else 1.7 if len(points) <= _DOTTED else 1.1
    style = (0, dash) if dash else "-"
    times = np.arange(0.0, len(points)) * mark.stride
    smear, cap, snap = len(points) > _DOTTED, "projecting", None
    if len(points) > thin.LONG and not dash and pen.thins:
        pixels = ax.transData.transform(points)
        points, times = thin.path_of(points, times, pixels)
        snap = False  # as no line of so many points is moved to whole pixels
        if np.isnan(points).any():
            cap = "round"  # where one piece begins, others go on
    if not mark.faint:
        pen.grow(
            ax, points, times, color=pen.halo, linewidth=width + 1.6, alpha=0.6, zorder=MOVES,
            solid_capstyle="round", solid_joinstyle="round", snap=snap,
        )  # fmt: skip
    marker = "" if smear or mark.faint else marker_of(mark.role)
    pen.grow(
        ax, points, times, color=colour, linewidth=width, linestyle=style,
        marker=marker, markersize=3.6 if len(points) <= 80 else 2.4, markeredgewidth=0,
        alpha=0.3 if mark.faint else 1.0, zorder=2.2, solid_joinstyle="round",
        solid_capstyle=cap, snap=snap,
    )  # fmt: skip
    if mark.left:
        _arrow(pen, ax, mark, panel)


def marker_of(role: int) -> str:
    """A marker that, with the colour, is another for each of the first thirty-six roles."""
    return theme("light").curve(role).marker


def path_dash(look: Theme, role: int) -> tuple[float, ...] | None:
    """Paths are dashed where colour cannot tell them apart: in print, and from the seventh on."""
    return look.curve(role).dash


def _arrow(pen: Pen, ax: Axes, mark: Path, panel: Panel) -> None:
    """An arrowhead on the frame where the path goes out."""
    assert mark.left
    inside, outside = mark.points[mark.left - 1 : mark.left + 1]
    colour, time = pen.theme.line(mark.role), np.array([float(mark.left * mark.stride)])
    if not np.isfinite(outside).all():
        return
    tip = exit_point(inside, outside, panel)
    ahead = ax.transData.transform(outside) - ax.transData.transform(inside)
    angle = np.degrees(np.arctan2(ahead[1], ahead[0]))
    pen.grow(
        ax, tip[None], time, marker=(3, 0, angle - 90), markersize=9, color=colour,
        markeredgewidth=0, clip_on=False, zorder=4, linestyle="none",
    )  # fmt: skip


def exit_point(inside: Array, outside: Array, panel: Panel) -> Array:
    """Where the segment from inside to outside meets the frame."""
    share = 1.0
    for (low, high), a, b in zip((panel.xlim, panel.ylim), inside, outside, strict=True):
        if b != a:
            share = min(share, max((low - a) / (b - a), (high - a) / (b - a)))
    return np.asarray(inside + (outside - inside) * max(share, 0.0))


def _profile(pen: Pen, ax: Axes, mark: Profile, panel: Panel) -> None:
    ground = pen.theme.height_colour(0.12)
    if ground:
        floor = panel.ylim[0]
        corners = np.vstack([mark.points, [[panel.xlim[1], floor], [panel.xlim[0], floor]]])
        ax.add_collection(PolyCollection([corners], facecolors=[ground], zorder=0.4), autolim=False)
    pen.line(ax, *mark.points.T, color=pen.theme.contour_colour(0.5), linewidth=1.4, zorder=1)


def _curve(pen: Pen, ax: Axes, mark: Curve, panel: Panel) -> None:
    dash = DASHES[mark.dash % len(DASHES)]
    marker = marker_of(mark.role) if len(mark.points) <= 30 else ""
    style: dict[str, Any] = {
        "color": pen.theme.line(mark.role),
        "linewidth": 1.0 if mark.faint else 1.8,
        "alpha": 0.35 if mark.faint else 1.0,
        "linestyle": (0, dash) if dash else "-",
        "marker": marker,
        "markersize": 3.4,
        "markeredgewidth": 0,
        "zorder": 3,
    }
    points = mark.points
    times = points[:, 0] if mark.times is None else mark.times
    if len(points) > thin.LONG and pen.thins:
        pixels = ax.transData.transform(points)
        points, times = thin.curve_of(points, times, pixels, bool(dash))
        style["snap"] = False  # as no line of so many points is moved to whole pixels
    if panel.steps:
        pen.grow(ax, points, times, **style)
    else:
        pen.line(ax, *points.T, **style)


def _start(pen: Pen, ax: Axes, mark: Start, panel: Panel) -> None:
    pen.spot(
        ax, mark, marker="o", markersize=8, markerfacecolor=pen.theme.paper,
        markeredgecolor=pen.theme.ink, markeredgewidth=1.5, zorder=5,
    )  # fmt: skip


def _minimum(pen: Pen, ax: Axes, mark: Minimum, panel: Panel) -> None:
    pen.spot(
        ax, mark, marker="x" if mark.saddle else "+", markersize=11,
        markeredgecolor=pen.theme.ink, markeredgewidth=1.7, zorder=4.5,
    )  # fmt: skip


def _ceiling(pen: Pen, ax: Axes, mark: Ceiling, panel: Panel) -> None:
    pen.line(
        ax, panel.xlim, [mark.y, mark.y], color=pen.theme.text, linewidth=0.9,
        linestyle=(0, (1.2, 2.2)), zorder=2,
    )  # fmt: skip


def _crossing(pen: Pen, ax: Axes, mark: Crossing, panel: Panel) -> None:
    pen.grow(
        ax, np.array([[mark.x, mark.y]]), np.array([mark.x]), marker="o", markersize=6.5,
        markerfacecolor=pen.theme.paper, markeredgecolor=pen.theme.text, markeredgewidth=1.4,
        zorder=5, linestyle="none",
    )  # fmt: skip


def _guide(pen: Pen, ax: Axes, mark: Guide, panel: Panel) -> None:
    pen.line(
        ax, *mark.points.T, color=pen.theme.muted, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1.5
    )


_Draw = Callable[[Pen, Axes, Any, Panel], None]
_GROUND: dict[type[Mark], _Draw] = {Profile: _profile, Guide: _guide}
_DRAW: dict[type[Mark], _Draw] = {
    Path: _path,
    Curve: _curve,
    Start: _start,
    Minimum: _minimum,
    Ceiling: _ceiling,
    Crossing: _crossing,
}
GROUND: tuple[type[Mark], ...] = (Band, *_GROUND)  # drawn below UNDER
OVER: tuple[type[Mark], ...] = tuple(_DRAW)  # drawn at UNDER or above


def ink(ax: Axes, panel: Panel) -> Array:
    """Pixels that lines and dots of the panel pass through: (n, 2)."""
    from optviz.render.draw.labels import dense

    pieces = [np.empty((0, 2))]
    for mark in panel.marks:
        if isinstance(mark, Path | Curve | Guide | Profile | Border):
            points = mark.points
            if isinstance(mark, Path) and mark.left is not None:
                points = points[: mark.left + 1]
            thin = points[:: max(1, len(points) // 600)]
            pieces.append(dense(ax.transData.transform(thin)))
            if isinstance(mark, Path):  # a dot counts for more than the line through it
                pieces += [ax.transData.transform(finite(thin))] * 3
        elif isinstance(mark, Arrow):
            tail, move = np.array([mark.x, mark.y]), np.array([mark.dx, mark.dy])
            pieces.append(dense(ax.transData.transform(np.array([tail, tail + move]))))
        elif isinstance(mark, Rectangle):
            corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
            corners = np.array([mark.x, mark.y]) + corners * np.array([mark.dx, mark.dy])
            pieces.append(dense(ax.transData.transform(corners)))
        elif isinstance(mark, Start | Minimum | Crossing | Spot | Disc):
            spot = ax.transData.transform((mark.x, mark.y))
            pieces.append(spot + np.mgrid[-8:9:3, -8:9:3].reshape(2, -1).T)
        elif isinstance(mark, Ceiling):
            ends = np.array([[x, mark.y] for x in panel.xlim])
            pieces.append(dense(ax.transData.transform(ends)))
    return np.concatenate(pieces)
