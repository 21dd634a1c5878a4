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
    counts = [len(band.polygons) for band in bands]
    faces = [pen.theme.height_colour(band.height) or "none" for band in bands]
    lines = [pen.theme.contour_colour(band.height) for band in bands]
    collection = PathCollection(
        [outline(band, polygon) for band, polygon in shapes],
        facecolors=[face for face, n in zip(faces, counts, strict=True) for _ in range(n)],
        edgecolors=[line for line, n in zip(lines, counts, strict=True) for _ in range(n)],
        linewidths=pen.theme.sizes.contour * pen.scale,
        zorder=0.5,
    )
    ax.add_collection(collection, autolim=False)


def edges(ax: Axes, band: Band) -> list[Array]:
    """The edges of a band as polylines in pixels, each (n, 2)."""
    shapes = (outline(band, polygon) for polygon in band.polygons)
    lines = (shape.transformed(ax.transData).to_polygons(closed_only=False) for shape in shapes)
    return [np.asarray(line) for some in lines for line in some]


def outline(band: Band, polygon: Array) -> Path:
    """A polygon as a path; each hole runs against the outline, so that it is not filled."""
    first, *holes = _rings(polygon)
    if not holes:
        return _ring(first, cubic=band.cubic)
    way = _area(first) > 0
    turned = [hole[::-1] if (_area(hole) > 0) == way else hole for hole in holes]
    return Path.make_compound_path(*(_ring(ring, cubic=band.cubic) for ring in (first, *turned)))


def holds(polygon: Array, point: tuple[float, float]) -> bool:
    """Whether a polygon has a point inside, and not in one of its holes."""
    within = [len(ring) > 2 and Path(ring).contains_point(point) for ring in _rings(polygon)]
    return within[0] and not any(within[1:])


def _ring(points: Array, *, cubic: bool) -> Path:
    """Corners, or control points of cubic Bézier curves (3k+1, 2) end to end, as a closed path."""
    if not cubic:
        return Path(np.vstack([points, points[:1]]), closed=True)
    codes = np.full(len(points) + 1, Path.CURVE4)
    codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.vstack([points, points[:1]]), codes)


def _rings(polygon: Array) -> list[Array]:
    """The outline and the holes, which rows of nan part."""
    gaps = np.flatnonzero(np.isnan(polygon[:, 0]))
    if not len(gaps):
        return [polygon]
    return [ring[~np.isnan(ring[:, 0])] for ring in np.split(polygon, gaps)]


def _area(ring: Array) -> float:
    """Twice the area within, above 0 where the ring runs counter-clockwise."""
    x, y = ring.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
