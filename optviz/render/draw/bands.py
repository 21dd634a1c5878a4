"""The bands of a landscape as one collection of filled paths, with their holes left open."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from optviz.arrays import Array
from optviz.render.draw.page import Page as Pen
from optviz.scene import Band


def draw(pen: Pen, ax: Axes, bands: list[Band]) -> None:
    """Paints the bands, each over those before it."""
    shapes = [(band, polygon) for band in bands for polygon in band.polygons]
    collection = PathCollection(
        [_curved(polygon) if band.cubic else _straight(polygon) for band, polygon in shapes],
        facecolors=[pen.theme.height_colour(band.height) or "none" for band, _ in shapes],
        edgecolors=[pen.theme.contour_colour(band.height) for band, _ in shapes],
        linewidths=pen.theme.sizes.contour * pen.scale,
        zorder=0.5,
    )
    ax.add_collection(collection, autolim=False)


def edges(ax: Axes, band: Band) -> list[Array]:
    """The edges of a band as polylines in pixels, each (n, 2)."""
    shapes = (_curved(p) if band.cubic else _straight(p) for p in band.polygons)
    lines = (shape.transformed(ax.transData).to_polygons(closed_only=False) for shape in shapes)
    return [np.asarray(line) for some in lines for line in some]


def _curved(points: Array) -> Path:
    """Control points of cubic Bézier curves (3k+1, 2), end to end, as a closed path."""
    codes = np.full(len(points) + 1, Path.CURVE4)
    codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.vstack([points, points[:1]]), codes)


def _straight(polygon: Array) -> Path:
    """An outline and its holes; each hole runs against the outline, so that it is not filled."""
    outline, *holes = _rings(polygon)
    way = _area(outline) > 0
    turned = [hole[::-1] if (_area(hole) > 0) == way else hole for hole in holes]
    closed = [np.vstack([ring, ring[:1]]) for ring in (outline, *turned)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in closed))


def _rings(polygon: Array) -> list[Array]:
    """The outline and the holes, which rows of nan part."""
    ends = np.flatnonzero(np.isnan(polygon[:, 0]))
    return [ring[~np.isnan(ring[:, 0])] for ring in np.split(polygon, ends)]


def _area(ring: Array) -> float:
    """Twice the area within, above 0 where the ring runs counter-clockwise."""
    x, y = ring.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
