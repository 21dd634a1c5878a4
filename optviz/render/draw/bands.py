"""The bands of a landscape as one collection of filled polygons, with their holes left open."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.path import Path

from optviz.arrays import Array
from optviz.render.draw.pen import Pen
from optviz.scene import Band


def draw(pen: Pen, ax: Axes, bands: list[Band]) -> None:
    """Paints the bands, each over those before it."""
    polygons = [polygon for band in bands for polygon in band.polygons]
    fills = [
        pen.theme.height_colour(band.height) or "none" for band in bands for _ in band.polygons
    ]
    collection = PolyCollection(
        polygons,
        facecolors=fills,
        edgecolors=pen.theme.contour_colour(0.5),
        linewidths=0.55 * pen.scale,
        zorder=0.5,
    )
    if any(np.isnan(polygon).any() for polygon in polygons):
        paths = [_path(_rings(polygon)) for polygon in polygons]
        vertices, codes = ([getattr(p, part) for p in paths] for part in ("vertices", "codes"))
        collection.set_verts_and_codes(vertices, codes)
    ax.add_collection(collection, autolim=False)


def _rings(polygon: Array) -> list[Array]:
    """The outline and the holes, which rows of nan part."""
    ends = np.flatnonzero(np.isnan(polygon[:, 0]))
    return [ring[~np.isnan(ring[:, 0])] for ring in np.split(polygon, ends)]


def _path(rings: list[Array]) -> Path:
    """One path; each hole runs against its outline, so that it is not filled."""
    outline, *holes = rings
    way = _area(outline) > 0
    turned = [hole[::-1] if (_area(hole) > 0) == way else hole for hole in holes]
    closed = [np.vstack([ring, ring[:1]]) for ring in (outline, *turned)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in closed))


def _area(ring: Array) -> float:
    """Twice the area within, above 0 where the ring runs counter-clockwise."""
    x, y = ring.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
