"""Paths on a landscape: a line with a halo, a dot a step, a head, an arrow where it leaves."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw import thin
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Stroke
from optviz.scene import Panel, Path, finite

_DOTTED = 300  # beyond this many points dots are a smear
_NEAR = 1.35  # dots: neighbours nearer than this have no edge and are smaller


def shown(mark: Path) -> Array:
    """The points of a path up to the first one out of view, after which it does not return."""
    return mark.points if mark.left is None else mark.points[: mark.left + 1]


def stroke_of(page: Page, mark: Path, panel: Panel) -> Stroke:
    """The look of a path's role; in small multiples of a theme in grey it is black."""
    stroke = page.theme.curve(mark.role)
    if page.small and page.theme.keyed:
        return Stroke(page.theme.ink, page.theme.ink, None, "o", False)
    alone = page.small or len({m.role for m in panel.marks if isinstance(m, Path)}) < 2
    return Stroke(stroke.colour, stroke.words, stroke.dash, "o", False) if alone else stroke


def path(page: Page, ax: Axes, mark: Path, panel: Panel) -> None:
    """Draws a path; in a film it grows."""
    points, sizes = shown(mark), page.theme.sizes
    stroke = stroke_of(page, mark, panel)
    times = np.arange(0.0, len(points)) * mark.stride
    wide = sizes.small_path if page.small else sizes.path
    faint = 1.0 if mark.name else 0.6  # a draw beside its median has no name
    wide = faint if mark.faint else wide if len(points) <= _DOTTED else sizes.long_path
    line, line_times = points, times
    look: dict[str, Any] = {"solid_joinstyle": "round", "solid_capstyle": "round"}
    if len(points) > thin.LONG and not stroke.dash and page.thins:
        line, line_times = thin.path_of(points, times, ax.transData.transform(points))
        look["snap"] = False
    dash = {} if stroke.dash is None or mark.faint else {"linestyle": (0, stroke.dash)}
    order = 2.2 if mark.faint else 2.4
    if not mark.faint:
        page.grow(
            ax,
            line,
            line_times,
            color=page.theme.paper,
            linewidth=wide + sizes.halo,
            alpha=0.85,
            zorder=2.3,
            **look,
        )
    alpha = 0.35 if mark.faint else 1.0
    page.grow(
        ax,
        line,
        line_times,
        color=stroke.colour,
        linewidth=wide,
        alpha=alpha,
        zorder=order,
        **look,
        **dash,
    )
    if not mark.faint:
        _dots(page, ax, mark, times, stroke)
        if mark.label and not mark.left:
            _head(page, ax, points, times, stroke)
    if mark.left:
        _arrow(page, ax, mark, panel, stroke)


def _dots(page: Page, ax: Axes, mark: Path, times: Array, stroke: Stroke) -> None:
    """A dot a step: with an edge of paper where there is room between two."""
    every = mark.every
    if not every:
        return
    points, times = shown(mark)[::every], times[::every]
    size = page.theme.sizes.small_dot if page.small else page.theme.sizes.dot
    pixels = size * page.scale * float(ax.figure.dpi) / 72
    gaps = np.hypot(*np.diff(ax.transData.transform(points), axis=0).T)
    apart = np.minimum(np.append(gaps, np.inf), np.append(np.inf, gaps)) >= _NEAR * pixels
    for edged in (False, True):
        chosen = apart if edged else ~apart
        if chosen.any():
            growing = page.grow(
                ax,
                points[chosen],
                times[chosen],
                linestyle="none",
                zorder=2.6,
                color=stroke.colour,
                **page.marker(stroke, size if edged else size - 0.9)
                | ({} if edged or stroke.hollow else {"markeredgewidth": 0.0}),
            )
            growing.kind = "dots"


def _head(page: Page, ax: Axes, points: Array, times: Array, stroke: Stroke) -> None:
    """The point where a path ended, which a film moves."""
    known = np.isfinite(points).all(axis=1)
    if not known.any():
        return
    growing = page.grow(
        ax,
        points[known],
        times[known],
        linestyle="none",
        zorder=4.0,
        color=stroke.colour,
        **page.marker(stroke, page.theme.sizes.head) | {"markeredgewidth": 1.1},
    )
    growing.kind = "head"
    growing.line.set_data(*points[known][-1:].T)


def _arrow(page: Page, ax: Axes, mark: Path, panel: Panel, stroke: Stroke) -> None:
    """An arrowhead on the frame where the path goes out."""
    assert mark.left
    inside, outside = mark.points[mark.left - 1 : mark.left + 1]
    if not np.isfinite(outside).all():
        return
    tip = exit_point(inside, outside, panel)
    ahead = ax.transData.transform(outside) - ax.transData.transform(inside)
    angle = np.degrees(np.arctan2(ahead[1], ahead[0]))
    growing = page.grow(
        ax,
        tip[None],
        np.array([float(mark.left * mark.stride)]),
        marker=(3, 0, angle - 90),
        markersize=9,
        color=stroke.colour,
        markeredgewidth=0,
        clip_on=False,
        zorder=4,
        linestyle="none",
    )
    growing.kind = "dots"


def exit_point(inside: Array, outside: Array, panel: Panel) -> Array:
    """Where the segment from inside to outside meets the frame."""
    fraction = 1.0
    for (low, high), a, b in zip((panel.xlim, panel.ylim), inside, outside, strict=True):
        if b != a:
            fraction = min(fraction, max((low - a) / (b - a), (high - a) / (b - a)))
    return np.asarray(inside + (outside - inside) * max(fraction, 0.0))


def end(mark: Path, panel: Panel) -> tuple[float, float]:
    """The last point of a path that is in view, or the place where it goes out."""
    points = shown(mark)
    known = finite(points)
    last = known[-1]
    if mark.left and 1 < len(known) == len(points):
        last = exit_point(points[-2], points[-1], panel)
    return float(last[0]), float(last[1])
