"""How the marks of maps are drawn: cells, boundaries, optima, and what has no value."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle as Patch

from optviz.arrays import Array, Bools
from optviz.render.draw import key
from optviz.render.draw.colour import contrast
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Theme
from optviz.scene import Border, Cells, Region, Spot, Stop

_TOLD_APART = 1.2  # contrast of the worst cells with those without a value
_STRIPES = 0.6  # of the way to the paper's colour
_SEEN = 1.05  # contrast of an area with the paper


def cells(page: Page, ax: Axes, mark: Cells) -> None:
    """The map as one picture, a cell looked up for each of its pixels."""
    ax.set_facecolor(page.theme.blank)
    extent = ax.get_window_extent()
    columns = pixels(ax, mark.xs, 0, round(extent.width))
    rows = pixels(ax, mark.ys, 1, round(extent.height))
    cell = np.ix_(np.maximum(rows, 0), np.maximum(columns, 0))
    found = key.colours(page, mark, mark.values)[cell]
    if mark.striped:
        found = _stripes(page, found, mark.striped.cells[cell])
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
    width = max(page.theme.sizes.spine * page.em / 10, 0.8)
    cover = np.where(where, 0.6 * _diagonals(where.shape, width, 0.8 * page.em), 0)
    line = np.broadcast_to(to_rgb(page.theme.rule), (*where.shape, 3))
    return np.where(where[..., None], np.dstack([line, cover]), picture)


def _stripes(page: Page, picture: Array, where: Bools) -> Array:
    """The picture (rows, columns, 4) with diagonal stripes towards the paper's colour."""
    cover = _STRIPES * _diagonals(where.shape, 0.16 * page.em, 0.6 * page.em)
    share = np.where(where, cover, 0)[..., None]
    paler = picture.copy()
    paler[..., :3] += share * (np.array(to_rgb(page.theme.paper)) - picture[..., :3])
    return paler


def _diagonals(shape: tuple[int, ...], width: float, apart: float) -> Array:
    """How much of each pixel diagonal lines cover, of a width and a distance in pixels."""
    rows, columns = np.indices(shape)
    away = np.abs((rows + columns) / np.sqrt(2) % apart - apart / 2)
    return np.asarray(np.clip(width / 2 + 0.5 - away, 0, 1))


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
            ax,
            [mark.x],
            [mark.y],
            marker="*",
            markersize=page.theme.sizes.star,
            zorder=4.5,
            markerfacecolor="#ffffff",
            markeredgecolor="#10141c",
            markeredgewidth=1.0,
            **common,
        )
        return
    for colour, width, order in ((page.halo, 3.0, 4.4), (page.theme.ink, 1.8, 4.5)):
        page.line(
            ax,
            [mark.x],
            [mark.y],
            marker="o",
            markersize=9,
            markerfacecolor="none",
            markeredgecolor=colour,
            markeredgewidth=width,
            zorder=order,
            **common,
        )


def region(page: Page, ax: Axes, mark: Region) -> None:
    """A part of the axis in the colour of what has no value."""
    colour = page.theme.grid if _bare(page.theme) else page.theme.blank
    ax.axvspan(mark.left, mark.right, color=colour, linewidth=0, zorder=0.4)


def stop(page: Page, ax: Axes, mark: Stop) -> None:
    """A cross at the last point."""
    page.line(
        ax,
        [mark.x],
        [mark.y],
        marker="x",
        markersize=5.5,
        linestyle="none",
        clip_on=False,
        markeredgecolor=page.theme.line(mark.role),
        markeredgewidth=1.4,
        zorder=3.2,
    )
