"""How the marks of theory and of many runs are drawn; every function takes the same things."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.patches import Rectangle as Patch
from matplotlib.path import Path as Outline

from optviz.render.draw import arrows, column, key, maps
from optviz.render.draw.page import Page
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
    Tried,
    Tube,
)

_PALE = (0.14, 0.22)  # of the outer band, of the inner
_FAR = 50.0  # panels: a layer is drawn no farther beyond its panel
_EDGED = 0.25  # em: a thinner layer has no edge


def share(page: Page, ax: Axes, mark: Share) -> None:
    """A layer, the lowest the strongest; a thin one without an edge, which would cover it."""
    bottom, top = ax.get_ylim()
    far = _FAR * (top - bottom)
    low, high = (np.clip(side, bottom - far, top + far) for side in (mark.low, mark.high))
    outline = np.vstack(
        [np.column_stack([mark.steps, low]), np.column_stack([mark.steps, high])[::-1]]
    )
    thick = float((high - low).max(initial=0.0)) / (top - bottom) * ax.get_window_extent().height
    colour = key.layer(page, mark)
    layer = PolyCollection(
        [outline],
        facecolors=[colour],
        edgecolors=[page.theme.paper],
        linewidths=0.6 * page.scale * (thick > _EDGED * page.em),
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


def rectangle(page: Page, ax: Axes, mark: Rectangle) -> None:
    """A dashed box with nothing in it."""
    corner = mark.x - mark.dx, mark.y - mark.dy
    patch = Patch(
        corner,
        2 * mark.dx,
        2 * mark.dy,
        facecolor="none",
        edgecolor=page.theme.text,
        linestyle=(0, (4, 2.5)),
        linewidth=1.2 * page.scale,
        zorder=3.0,
    )
    ax.add_patch(patch)


def extent(page: Page, ax: Axes, mark: Extent) -> None:
    """A pale bar."""
    patch = Patch(
        (mark.low, mark.y - 0.3),
        mark.high - mark.low,
        0.6,
        facecolor=page.theme.lines[1],
        alpha=_PALE[1],
        linewidth=0,
        zorder=1.4,
    )
    ax.add_patch(patch)


def stem(page: Page, ax: Axes, mark: Stem) -> None:
    """A line with a dot on its end, thinner among the many that have no names."""
    colour, width, size = page.theme.lines[0], 1.6, page.theme.sizes.marker
    if not mark.label:
        width, size = 0.9, 0.7 * size
    page.line(ax, [mark.x, mark.x], [0, mark.y], color=colour, linewidth=width, zorder=2.4)
    page.line(
        ax,
        [mark.x],
        [mark.y],
        marker="o",
        markersize=size,
        color=colour,
        linestyle="none",
        markeredgewidth=0,
        zorder=2.5,
    )


def tube(page: Page, ax: Axes, mark: Tube) -> None:
    """An outline, or one shape, however often its parts overlap: all turn the same way."""
    for edge in mark.edges:
        page.line(
            ax, *edge.T, color=page.theme.line(mark.role), linewidth=1.0, alpha=0.8, zorder=1.6
        )
    if mark.edges:
        return
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
        ax,
        *np.vstack([mark.points, mark.points[:1]]).T,
        color=page.theme.line(mark.role),
        linewidth=1.1 if mark.depth else 0.8,
        linestyle="-" if mark.depth else (0, (4, 2)),
        zorder=1.6,
    )


def dots(page: Page, ax: Axes, mark: Dots) -> None:
    """Small and pale."""
    page.line(
        ax,
        *mark.points.T,
        color=page.theme.line(mark.role),
        linestyle="none",
        marker=".",
        markersize=2.2,
        markeredgewidth=0,
        alpha=0.4,
        zorder=1.5,
    )


def tried(page: Page, ax: Axes, mark: Tried) -> None:
    """Small crosses."""
    page.line(
        ax,
        *mark.points.T,
        linestyle="none",
        marker="x",
        markersize=4.2,
        markeredgecolor=page.theme.line(mark.role),
        markeredgewidth=1.1,
        zorder=2.6,
    )


DRAW: dict[type[Mark], Callable[[Page, Axes, Any], None]] = {
    Cells: maps.cells,
    Border: maps.border,
    Spot: maps.spot,
    Share: share,
    Quiver: arrows.quiver,
    Arrow: arrows.arrow,
    Rectangle: rectangle,
    Extent: extent,
    Stem: stem,
    Region: maps.region,
    Stop: maps.stop,
    Lines: column.lines,
    Spread: spread,
    Tube: tube,
    Ring: ring,
    Dots: dots,
    Tried: tried,
}
