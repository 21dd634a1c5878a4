"""Curves against the step: a line with a dash and markers, the tint above a ceiling, the exit."""

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array, Bools, Ints
from optviz.render.draw import thin
from optviz.render.draw.moving import Spreading
from optviz.render.draw.page import Page
from optviz.render.draw.theme import COORDINATES, Stroke
from optviz.scene import Curve, Excess, Exit, Panel

_DOTTED = 30  # steps: a curve of a single optimizer with more has no dots
_NOISY = 300  # points from which on a curve is thinner
_CROWD = 6  # curves beyond which all are thinner
_FAINT = 0.35  # the opacity of a curve in the background
_MARKERS = 4  # of a curve among others, across its panel


def roles(panel: Panel) -> list[int]:
    """The roles of the curves that are not faint."""
    found = (mark.role for mark in panel.marks if isinstance(mark, Curve) and not mark.faint)
    return list(dict.fromkeys(found))


def stroke_of(page: Page, mark: Curve, panel: Panel) -> Stroke:
    """The look of a curve: colour and marker of its optimizer; the dash tells coordinates apart.

    Where optimizers have one curve each the dash is the optimizer's.
    """
    if mark.role < 0:
        return Stroke(page.theme.muted, page.theme.muted, None, "o", False)
    stroke = page.theme.curve(mark.role)
    if page.small and page.theme.keyed:
        stroke = Stroke(page.theme.ink, page.theme.ink, None, "o", False)
    coordinates = {m.dash for m in panel.marks if isinstance(m, Curve) and not m.faint}
    if len(coordinates) < 2 and not page.small:
        return stroke
    dash = COORDINATES[mark.dash % len(COORDINATES)]
    if len(roles(panel)) > 1:
        return replace(stroke, dash=dash)
    marker = "osD"[mark.dash // len(COORDINATES) % 3]
    return replace(stroke, dash=dash, marker=marker, hollow=dash is not None or marker != "o")


def curve(page: Page, ax: Axes, mark: Curve, panel: Panel) -> None:
    """Draws a curve; in a film of steps it grows."""
    stroke, sizes = stroke_of(page, mark, panel), page.theme.sizes
    points = mark.points
    times = points[:, 0] if mark.times is None else mark.times
    look: dict[str, Any] = {"solid_joinstyle": "round"}
    if len(points) > thin.LONG and page.thins:
        pixels = ax.transData.transform(points)
        points, times = thin.curve_of(points, times, pixels, bool(stroke.dash))
        look["snap"] = False
    if stroke.dash and not mark.faint:
        look["linestyle"] = (0, stroke.dash)
    wide = sizes.small_curve if page.small else sizes.curve
    wide = sizes.many_curves if len(roles(panel)) > _CROWD else wide
    wide = sizes.noisy_curve if _is_noisy(mark.points) else wide
    order = 2.5 if mark.faint else 3.0
    growing = page.grow(
        ax,
        points,
        times,
        color=stroke.colour,
        linewidth=0.6 if mark.faint else wide,
        alpha=_FAINT if mark.faint else 1.0,
        zorder=order,
        **look,
    )
    if not panel.steps:
        page.moving.remove(growing)
    _dots(page, ax, mark, panel, stroke)


def _is_noisy(points: Array) -> bool:
    """Whether a curve has very many points and turns at more than a tenth of them."""
    moves = np.diff(points[:, 1])
    moves = moves[np.isfinite(moves) & (moves != 0)]
    turns = np.count_nonzero(np.sign(moves[1:]) * np.sign(moves[:-1]) < 0)
    return bool(len(points) >= _NOISY and turns > len(points) / 10)


def is_sparse(mark: Curve, panel: Panel) -> bool:
    """Whether a curve has few markers that tell it from others."""
    return not mark.faint and (len(roles(panel)) > 1 or mark.dash >= len(COORDINATES))


def has_dots(page: Page, mark: Curve, panel: Panel) -> bool:
    """Whether a curve has a dot a step: that of one optimizer with few steps."""
    several = mark.faint or is_sparse(mark, panel)
    return not several and len(mark.points) <= _DOTTED and not page.small


def phase(mark: Curve) -> float:
    """Where in its quarter of the panel's width a curve has its markers, from 0 to 1."""
    return (0.15 + 0.37 * mark.role + 0.19 * mark.dash) % 1.0


def _dots(page: Page, ax: Axes, mark: Curve, panel: Panel, stroke: Stroke) -> None:
    """A dot a step where one optimizer has few; sparse markers where there are several.

    A point between gaps, which no line goes to, has a dot in any case.
    """
    several = is_sparse(mark, panel)
    (left, right), (low, high) = panel.xlim, panel.ylim
    x, y = mark.points.T
    shown = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    known, alone = np.flatnonzero(shown), np.flatnonzero(shown & _alone(mark.points, panel))
    chosen = alone
    if several and len(known):
        chosen = np.union1d(known[_sparse(ax, mark, known)], alone)
    elif has_dots(page, mark, panel):
        chosen = known
    if not len(chosen):
        return
    times = mark.points[:, 0] if mark.times is None else mark.times
    size = page.theme.sizes.marker if several else page.theme.sizes.dot
    growing = page.grow(
        ax,
        mark.points[chosen],
        times[chosen],
        linestyle="none",
        color=stroke.colour,
        zorder=3.1,
        clip_on=False,
        **page.marker(stroke, size),
        **({"alpha": _FAINT} if mark.faint else {}),
    )
    growing.kind = "dots"
    if not panel.steps:
        page.moving.remove(growing)


def _alone(points: Array, panel: Panel) -> Bools:
    """Which points stand between two that cannot be drawn, or ends: (n,)."""
    x, y = points.T
    drawable = (
        np.isfinite(points).all(axis=1) & ((x > 0) | (not panel.xlog)) & ((y > 0) | (not panel.log))
    )
    around = np.concatenate([[False], drawable, [False]])
    return np.asarray(drawable & ~around[:-2] & ~around[2:])


def _sparse(ax: Axes, mark: Curve, known: Ints) -> Ints:
    """Numbers of known points at every quarter of the panel's width, shifted by role."""
    (left, _), (right, _) = ax.transAxes.transform([(0, 0), (1, 1)])
    xs = ax.transData.transform(mark.points[known])[:, 0]
    places = left + (right - left) * (np.arange(_MARKERS) + phase(mark)) / _MARKERS
    places = places[(places >= xs[0]) & (places <= xs[-1])]
    return np.unique(np.abs(xs[:, None] - places).argmin(axis=0)) if len(places) else known[:0]


def excess(page: Page, ax: Axes, mark: Excess, panel: Panel) -> None:
    """The area between a curve and the ceiling that it is above."""
    known = np.isfinite(mark.points).all(axis=1)
    x, y = mark.points[known].T
    if not (y > mark.y).any():
        return
    xs, ys = _met(x, y, mark.y, panel)
    area = ax.fill_between(
        xs,
        mark.y,
        np.maximum(ys, mark.y),
        where=ys >= mark.y,
        color=page.theme.curve(mark.role).colour,
        alpha=page.theme.tint,
        linewidth=0,
        zorder=1.3,
    )
    page.moving.append(Spreading(area, ax, x, x if mark.times is None else mark.times[known]))


def _met(x: Array, y: Array, level: float, panel: Panel) -> tuple[Array, Array]:
    """The points with those between them in which their lines, straight on these axes, meet y."""
    across = np.log(x) if panel.xlog and (x > 0).all() else x
    height = np.log(y / level) if panel.log and (y > 0).all() else y - level
    ends = np.flatnonzero(height[:-1] * height[1:] < 0) + 1
    share = height[ends - 1] / (height[ends - 1] - height[ends])
    meets = across[ends - 1] + share * (across[ends] - across[ends - 1])
    meets = np.exp(meets) if across is not x else meets
    return np.insert(x, ends, meets), np.insert(y, ends, level)


def leaving(page: Page, ax: Axes, mark: Exit, panel: Panel) -> None:
    """An arrowhead on the lower edge."""
    growing = page.grow(
        ax,
        np.array([[mark.x, panel.ylim[0]]]),
        np.array([mark.x]),
        marker="v",
        markersize=7,
        color=page.theme.curve(mark.role).colour,
        markeredgewidth=0,
        clip_on=False,
        zorder=4,
        linestyle="none",
    )
    growing.kind = "dots"
