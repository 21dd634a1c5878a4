"""How the marks of maps and theory are drawn; every function takes the same three things."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage
from matplotlib.patches import FancyArrowPatch, PathPatch
from matplotlib.patches import Rectangle as Patch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke

from optviz.arrays import Array, Bools
from optviz.render.draw import column, key
from optviz.render.draw.colour import contrast
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Theme
from optviz.scene import (
    Arrow,
    Border,
    Cells,
    Dots,
    Extent,
    Lines,
    Mark,
    Quiver,
    Rectangle,
    Region,
    Ring,
    Share,
    Spot,
    Spread,
    Stem,
    Stop,
    Tube,
)

_TOLD_APART = 1.1  # contrast of the worst cells with those without a value
_SEEN = 1.05  # contrast of an area with the paper
_PALE = (0.14, 0.22)  # of the outer band, of the inner


def cells(page: Page, ax: Axes, mark: Cells) -> None:
    """The map as one picture, a cell looked up for each of its pixels."""
    ax.set_facecolor(page.theme.blank)
    extent = ax.get_window_extent()
    columns = pixels(ax, mark.xs, 0, round(extent.width))
    rows = pixels(ax, mark.ys, 1, round(extent.height))
    cell = np.ix_(np.maximum(rows, 0), np.maximum(columns, 0))
    found = key.colours(page, mark, mark.values)[cell]
    found[rows < 0] = found[:, columns < 0] = 0
    for bare in mark.bare:
        if bare.diverges and hatched(page.theme):
            found = _hatch(page, found, bare.cells[cell])
    image = AxesImage(ax, interpolation="nearest", extent=(0, 1, 0, 1), origin="lower")
    image.set_data(found)
    image.set(transform=ax.transAxes, zorder=0.5)
    ax.add_image(image)
    if _bare(page.theme):
        frame = Patch((0, 0), 1, 1, transform=ax.transAxes, fill=False, edgecolor=page.theme.rule)
        frame.set(linewidth=page.theme.sizes.spine * page.scale, zorder=0.6, clip_on=False)
        ax.add_patch(frame)


def _bare(theme: Theme) -> bool:
    """Whether what has no value looks like the paper, so that its edge has to be drawn."""
    return contrast(theme.blank, theme.paper) < _SEEN


def hatched(theme: Theme) -> bool:
    """Whether the colour of cells without a value is too near to that of the worst."""
    return contrast(theme.blank, theme.ramp[-1]) < _TOLD_APART


def _hatch(page: Page, picture: Array, where: Bools) -> Array:
    """The picture (rows, columns, 4) with thin diagonal lines where it has no colour."""
    rows, columns = np.indices(where.shape)
    width, apart = max(page.theme.sizes.spine * page.em / 10, 0.8), 0.8 * page.em
    away = np.abs((rows + columns) / np.sqrt(2) % apart - apart / 2)
    cover = np.where(where, 0.6 * np.clip(width / 2 + 0.5 - away, 0, 1), 0)
    line = np.broadcast_to(to_rgb(page.theme.rule), (*where.shape, 3))
    return np.where(where[..., None], np.dstack([line, cover]), picture)


def pixels(ax: Axes, edges: Array, axis: int, count: int) -> Array:
    """The cell that each of `count` pixels along an axis lies in, −1 for none: (count,)."""
    data = np.column_stack([edges, edges])
    limits = ax.get_xlim()[0], ax.get_ylim()[0]
    data[:, 1 - axis] = limits[1 - axis]
    places = ax.transAxes.inverted().transform(ax.transData.transform(data))[:, axis]
    found = np.searchsorted(places, (np.arange(count) + 0.5) / count, side="right") - 1
    return np.where(found < len(edges) - 1, found, -1)


def border(page: Page, ax: Axes, mark: Border) -> None:
    """What theory says strong, what was measured thin."""
    theme = page.theme
    colour, width = theme.ink, theme.sizes.level
    if mark.theory:
        colour, width = theme.lines[0], theme.sizes.boundary
        page.line(ax, *mark.points.T, color=theme.paper, linewidth=2 * width, zorder=2.4)
    page.line(ax, *mark.points.T, color=colour, linewidth=width, zorder=2.5)


def spot(page: Page, ax: Axes, mark: Spot) -> None:
    """A star, or a ring."""
    common: dict[str, Any] = {"linestyle": "none", "clip_on": False}
    if mark.theory:
        page.line(
            ax, [mark.x], [mark.y], marker="*", markersize=page.theme.sizes.star, zorder=4.5,
            markerfacecolor="#ffffff", markeredgecolor="#10141c", markeredgewidth=1.0, **common,
        )  # fmt: skip
        return
    for colour, width, order in ((page.halo, 3.0, 4.4), (page.theme.ink, 1.8, 4.5)):
        page.line(
            ax, [mark.x], [mark.y], marker="o", markersize=9, markerfacecolor="none",
            markeredgecolor=colour, markeredgewidth=width, zorder=order, **common,
        )  # fmt: skip


def region(page: Page, ax: Axes, mark: Region) -> None:
    """A part of the axis in the colour of what has no value."""
    colour = page.theme.grid if _bare(page.theme) else page.theme.blank
    ax.axvspan(mark.left, mark.right, color=colour, linewidth=0, zorder=0.4)


def stop(page: Page, ax: Axes, mark: Stop) -> None:
    """A cross at the last point."""
    page.line(
        ax, [mark.x], [mark.y], marker="x", markersize=5.5, linestyle="none", clip_on=False,
        markeredgecolor=page.theme.line(mark.role), markeredgewidth=1.4, zorder=3.2,
    )  # fmt: skip


def share(page: Page, ax: Axes, mark: Share) -> None:
    """A layer, the lowest the strongest."""
    outline = np.vstack(
        [np.column_stack([mark.steps, mark.low]), np.column_stack([mark.steps, mark.high])[::-1]]
    )
    colour = key.layer(page, mark)
    layer = PolyCollection(
        [outline],
        facecolors=[colour],
        edgecolors=[page.theme.paper],
        linewidths=0.6 * page.scale,
        zorder=1.2,
    )
    ax.add_collection(layer, autolim=False)


def spread(page: Page, ax: Axes, mark: Spread) -> None:
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
        facecolors=[page.theme.line(mark.role)],
        linewidths=0,
        alpha=_PALE[mark.depth],
        zorder=1.4,
    )
    ax.add_collection(band, autolim=False)


def quiver(page: Page, ax: Axes, mark: Quiver) -> None:
    """Arrows as long as the moves."""
    ax.quiver(
        *mark.points.T, *mark.moves.T, angles="xy", scale_units="xy", scale=1.0,
        color=page.theme.text, width=1.5 * page.scale, units="dots", zorder=2.6,
        headwidth=4.5, headlength=5.5, headaxislength=5.0,
    )  # fmt: skip


def arrow(page: Page, ax: Axes, mark: Arrow) -> None:
    """One arrow, tip to tail."""
    colour = page.theme.ink if mark.role < 0 else page.theme.line(mark.role)
    ends = (mark.x, mark.y), (mark.x + mark.dx, mark.y + mark.dy)
    halo = [Stroke(linewidth=4.6 * page.scale, foreground=page.halo)]  # of one shape with the arrow
    for color, effects, order in ((page.halo, halo, 3.8), (colour, None, 3.9)):
        patch = FancyArrowPatch(
            *ends, arrowstyle="-|>", mutation_scale=13 * page.scale, shrinkA=0, shrinkB=0,
            color=color, linewidth=2.0 * page.scale, zorder=order, joinstyle="miter",
            path_effects=effects,
        )  # fmt: skip
        ax.add_patch(patch)


def rectangle(page: Page, ax: Axes, mark: Rectangle) -> None:
    """A dashed box with nothing in it."""
    corner = mark.x - mark.dx, mark.y - mark.dy
    patch = Patch(
        corner, 2 * mark.dx, 2 * mark.dy, facecolor="none", edgecolor=page.theme.text,
        linestyle=(0, (4, 2.5)), linewidth=1.2 * page.scale, zorder=3.0,
    )  # fmt: skip
    ax.add_patch(patch)


def extent(page: Page, ax: Axes, mark: Extent) -> None:
    """A pale bar."""
    patch = Patch(
        (mark.low, mark.y - 0.3), mark.high - mark.low, 0.6, facecolor=page.theme.lines[1],
        alpha=_PALE[1], linewidth=0, zorder=1.4,
    )  # fmt: skip
    ax.add_patch(patch)


def stem(page: Page, ax: Axes, mark: Stem) -> None:
    """A line with a dot on its end, thinner among the many that have no names."""
    colour, width, size = page.theme.lines[0], 1.6, page.theme.sizes.marker
    if not mark.label:
        width, size = 0.9, 0.7 * size
    page.line(ax, [mark.x, mark.x], [0, mark.y], color=colour, linewidth=width, zorder=2.4)
    page.line(
        ax, [mark.x], [mark.y], marker="o", markersize=size, color=colour,
        linestyle="none", markeredgewidth=0, zorder=2.5,
    )  # fmt: skip


def tube(page: Page, ax: Axes, mark: Tube) -> None:
    """One shape, however often its parts overlap: all turn the same way about what they fill."""
    closed = [np.vstack([polygon, polygon[:1]]) for polygon in mark.polygons]
    if not closed:
        return
    codes = [np.full(len(points), Outline.LINETO) for points in closed]
    for part in codes:
        part[0], part[-1] = Outline.MOVETO, Outline.CLOSEPOLY
    shape = Outline(np.concatenate(closed), np.concatenate(codes))
    patch = PathPatch(
        shape,
        facecolor=page.theme.line(mark.role),
        alpha=_PALE[mark.depth],
        linewidth=0,
        zorder=1.4,
    )
    ax.add_patch(patch)


def ring(page: Page, ax: Axes, mark: Ring) -> None:
    """A thin line, the outer one thinner."""
    page.line(
        ax, *np.vstack([mark.points, mark.points[:1]]).T, color=page.theme.line(mark.role),
        linewidth=1.1 if mark.depth else 0.8, linestyle="-" if mark.depth else (0, (4, 2)),
        zorder=1.6,
    )  # fmt: skip


def dots(page: Page, ax: Axes, mark: Dots) -> None:
    """Small and pale."""
    page.line(ax, *mark.points.T, color=page.theme.line(mark.role), linestyle="none", marker=".",
             markersize=2.2, markeredgewidth=0, alpha=0.4, zorder=1.5)  # fmt: skip


DRAW: dict[type[Mark], Callable[[Page, Axes, Any], None]] = {
    Cells: cells,
    Border: border,
    Spot: spot,
    Share: share,
    Quiver: quiver,
    Arrow: arrow,
    Rectangle: rectangle,
    Extent: extent,
    Stem: stem,
    Region: region,
    Stop: stop,
    Lines: column.lines,
    Spread: spread,
    Tube: tube,
    Ring: ring,
    Dots: dots,
}
