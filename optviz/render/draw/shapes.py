"""How the marks of maps and theory are drawn; every function takes the same three things."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.image import AxesImage
from matplotlib.patches import Ellipse, FancyArrowPatch, PathPatch
from matplotlib.patches import Rectangle as Patch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke

from optviz.arrays import Array
from optviz.render.draw import key
from optviz.render.draw.page import Ink
from optviz.render.draw.page import Page as Pen
from optviz.scene import (
    Arrow,
    Border,
    Cells,
    Disc,
    Dots,
    Lines,
    Mark,
    Quiver,
    Rectangle,
    Ring,
    Share,
    Spot,
    Spread,
    Tube,
)

_PALE = (0.14, 0.22)  # of the outer band, of the inner


def cells(pen: Pen, ax: Axes, mark: Cells) -> None:
    """The map as one picture, a cell looked up for each of its pixels."""
    ax.set_facecolor(pen.theme.grid)
    extent = ax.get_window_extent()
    columns = pixels(ax, mark.xs, 0, round(extent.width))
    rows = pixels(ax, mark.ys, 1, round(extent.height))
    found = key.colours(pen, mark, mark.values)[np.ix_(np.maximum(rows, 0), np.maximum(columns, 0))]
    found[rows < 0] = found[:, columns < 0] = 0
    image = AxesImage(ax, interpolation="nearest", extent=(0, 1, 0, 1), origin="lower")
    image.set_data(found)
    image.set(transform=ax.transAxes, zorder=0.5)
    ax.add_image(image)


def pixels(ax: Axes, edges: Array, axis: int, count: int) -> Array:
    """The cell that each of `count` pixels along an axis lies in, −1 for none: (count,)."""
    data = np.column_stack([edges, edges])
    limits = ax.get_xlim()[0], ax.get_ylim()[0]
    data[:, 1 - axis] = limits[1 - axis]
    places = ax.transAxes.inverted().transform(ax.transData.transform(data))[:, axis]
    found = np.searchsorted(places, (np.arange(count) + 0.5) / count, side="right") - 1
    return np.where(found < len(edges) - 1, found, -1)


def border(pen: Pen, ax: Axes, mark: Border) -> None:
    """What theory says strong, what was measured thin."""
    colour, wide = (pen.theme.lines[0], 2.0) if mark.theory else (pen.theme.ink, 0.9)
    if mark.theory:
        pen.line(ax, *mark.points.T, color=pen.halo, linewidth=wide + 1.6, alpha=0.7, zorder=2.4)
    pen.line(ax, *mark.points.T, color=colour, linewidth=wide, zorder=2.5)


def spot(pen: Pen, ax: Axes, mark: Spot) -> None:
    """A star, or a ring."""
    shape: dict[str, Any] = {"marker": "*", "markersize": 15, "markerfacecolor": "#ffffff"}
    if not mark.theory:
        shape = {"marker": "o", "markersize": 9, "markerfacecolor": "none"}
    edge = pen.theme.ink
    pen.line(ax, [mark.x], [mark.y], linestyle="none", markeredgecolor=pen.halo,
             markeredgewidth=3.0, zorder=4.4, clip_on=False, **shape)  # fmt: skip
    pen.line(
        ax,
        [mark.x],
        [mark.y],
        linestyle="none",
        markeredgecolor=edge,
        markeredgewidth=1.1 if mark.theory else 1.8,
        zorder=4.5,
        clip_on=False,
        **shape,
    )


def share(pen: Pen, ax: Axes, mark: Share) -> None:
    """A layer, from the ramp of maps."""
    outline = np.vstack(
        [np.column_stack([mark.steps, mark.low]), np.column_stack([mark.steps, mark.high])[::-1]]
    )
    colour = pen.theme.ramp_colours[int(255 * (0.12 + 0.72 * mark.height))]
    layer = PolyCollection(
        [outline],
        facecolors=[colour],
        edgecolors=[pen.theme.paper],
        linewidths=0.6 * pen.scale,
        zorder=1.2,
    )
    ax.add_collection(layer, autolim=False)


def spread(pen: Pen, ax: Axes, mark: Spread) -> None:
    """A pale band in the role's colour, with a gap where an edge is not known."""
    known = np.isfinite(mark.low) & np.isfinite(mark.high)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]])))
    outlines = [
        np.vstack(
            [
                np.column_stack([mark.steps, mark.low])[begin:end],
                np.column_stack([mark.steps, mark.high])[begin:end][::-1],
            ]
        )
        for begin, end in zip(ends[::2], ends[1::2], strict=True)
    ]
    band = PolyCollection(
        outlines,
        facecolors=[pen.theme.line(mark.role)],
        linewidths=0,
        alpha=_PALE[mark.depth],
        zorder=1.4,
    )
    ax.add_collection(band, autolim=False)


def quiver(pen: Pen, ax: Axes, mark: Quiver) -> None:
    """Arrows as long as the moves."""
    ax.quiver(
        *mark.points.T, *mark.moves.T, angles="xy", scale_units="xy", scale=1.0,
        color=pen.theme.text, width=1.5 * pen.scale, units="dots", zorder=2.6,
        headwidth=4.5, headlength=5.5, headaxislength=5.0,
    )  # fmt: skip


def arrow(pen: Pen, ax: Axes, mark: Arrow) -> None:
    """One arrow, tip to tail."""
    colour = pen.theme.ink if mark.role < 0 else pen.theme.line(mark.role)
    ends = (mark.x, mark.y), (mark.x + mark.dx, mark.y + mark.dy)
    halo = [Stroke(linewidth=4.6 * pen.scale, foreground=pen.halo)]  # of one shape with the arrow
    for color, effects, order in ((pen.halo, halo, 3.8), (colour, None, 3.9)):
        patch = FancyArrowPatch(
            *ends, arrowstyle="-|>", mutation_scale=13 * pen.scale, shrinkA=0, shrinkB=0,
            color=color, linewidth=2.0 * pen.scale, zorder=order, joinstyle="miter",
            path_effects=effects,
        )  # fmt: skip
        ax.add_patch(patch)


def rectangle(pen: Pen, ax: Axes, mark: Rectangle) -> None:
    """A dashed box with nothing in it."""
    corner = mark.x - mark.dx, mark.y - mark.dy
    patch = Patch(
        corner, 2 * mark.dx, 2 * mark.dy, facecolor="none", edgecolor=pen.theme.text,
        linestyle=(0, (4, 2.5)), linewidth=1.2 * pen.scale, zorder=3.0,
    )  # fmt: skip
    ax.add_patch(patch)


def disc(pen: Pen, ax: Axes, mark: Disc) -> None:
    """A disc, flattened where the panel is too low for it; a dot where its radius is 0."""
    colour = pen.theme.line(mark.role)
    extent = ax.get_window_extent()
    wide = 2 * mark.radius / np.ptp(ax.get_xlim()) * extent.width
    tall = min(wide, 0.8 * extent.height) / extent.height * np.ptp(ax.get_ylim())
    patch = Ellipse((mark.x, mark.y), 2 * mark.radius, tall, facecolor=colour, alpha=0.16, zorder=2)
    rim = Ellipse(
        (mark.x, mark.y),
        2 * mark.radius,
        tall,
        facecolor="none",
        edgecolor=colour,
        linewidth=1.4 * pen.scale,
        zorder=2.1,
    )
    for one in (patch, rim):
        ax.add_patch(one)
    pen.line(
        ax, [mark.x], [mark.y], marker=".", markersize=5, color=colour, linestyle="none", zorder=2.2
    )


def tube(pen: Pen, ax: Axes, mark: Tube) -> None:
    """One shape, however often its parts overlap: all turn the same way about what they fill."""
    closed = [np.vstack([polygon, polygon[:1]]) for polygon in mark.polygons]
    if not closed:
        return
    codes = [np.full(len(points), Outline.LINETO) for points in closed]
    for part in codes:
        part[0], part[-1] = Outline.MOVETO, Outline.CLOSEPOLY
    shape = Outline(np.concatenate(closed), np.concatenate(codes))
    patch = PathPatch(
        shape, facecolor=pen.theme.line(mark.role), alpha=_PALE[mark.depth], linewidth=0, zorder=1.4
    )
    ax.add_patch(patch)


def ring(pen: Pen, ax: Axes, mark: Ring) -> None:
    """A thin line, the outer one thinner."""
    pen.line(
        ax, *np.vstack([mark.points, mark.points[:1]]).T, color=pen.theme.line(mark.role),
        linewidth=1.1 if mark.depth else 0.8, linestyle="-" if mark.depth else (0, (4, 2)),
        zorder=1.6,
    )  # fmt: skip


def dots(pen: Pen, ax: Axes, mark: Dots) -> None:
    """Small and pale."""
    pen.line(ax, *mark.points.T, color=pen.theme.line(mark.role), linestyle="none", marker=".",
             markersize=2.2, markeredgewidth=0, alpha=0.4, zorder=1.5)  # fmt: skip


_STYLES: dict[str, tuple[float, dict[str, Any], float]] = {
    "head": (1.05, {"weight": "bold"}, 1.75), "text": (1.0, {}, 1.6), "muted": (0.9, {}, 1.5),
    "math": (1.15, {}, 2.05), "gap": (1.0, {}, 0.7),
}  # fmt: skip


def lines(pen: Pen, ax: Axes, mark: Lines) -> None:
    """Lines from the top down, as large as letters may be and smaller where they would not fit."""
    extent = ax.get_window_extent()
    widest = max(
        (pen.measure(words, _STYLES[style][0]).width for style, words in mark.lines), default=1.0
    )
    tall = sum(_STYLES[style][2] for style, _ in mark.lines) * pen.em
    fit = min(1.0, extent.width / max(widest, 1.0), extent.height / max(tall, 1.0))
    y = extent.y1
    for style, words in mark.lines:
        size, more, _ = _STYLES[style]
        y -= _STYLES[style][2] * pen.em * fit
        colour = pen.theme.muted if style == "muted" else pen.theme.ink
        if words:
            pen.write(
                words, extent.x0, y, Ink(size * fit, colour, weight=more.get("weight", "normal"))
            )


DRAW: dict[type[Mark], Callable[[Pen, Axes, Any], None]] = {
    Cells: cells, Border: border, Spot: spot, Share: share, Quiver: quiver, Arrow: arrow,
    Rectangle: rectangle, Disc: disc, Lines: lines, Spread: spread, Tube: tube, Ring: ring,
    Dots: dots,
}  # fmt: skip
