"""The regions between the contour lines of any 2-D function, traced on a grid and made exact."""

from collections.abc import Iterator
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

import numpy as np
from contourpy import FillType, contour_generator

from optviz.arrays import Array, Ints
from optviz.objectives import bezier, crossings
from optviz.objectives.crossings import Field, Grid
from optviz.objectives.region import Box, Region

_CELLS = 300  # of the grid over the box, to each side
_BEYOND = 2  # cells on each side of the box, so that its edge is not a line of the picture


class _Rings(NamedTuple):
    """Closed lines one after another: `points` (n, 2), where each begins, and its polygon."""

    points: Array
    starts: Ints
    owners: list[int]


@np.errstate(all="ignore")
def bands(f: Field, box: Box, levels: Array) -> tuple[Region, ...]:
    """{f ≤ level} over the box for each of the levels, ascending.

    Their outlines are cubic Bézier curves through points where f has the level, with the tangents
    that it has there. Where f has no value there is no region; if that happens in the box, the last
    one is that of all its values, of level infinity.
    """
    grid = Grid.over(box, _CELLS, _BEYOND)
    values = f.value(grid.points())
    if not np.isfinite(values).any() or not len(levels):
        return ()
    least = min(float(values[np.isfinite(values)].min()), float(levels[0]))
    lines = _lines(_heights(values, least))
    parts = [_rings(lines, float(np.sqrt(level - least))) for level in levels.tolist()]
    points = np.concatenate([np.empty((0, 2)), *(part.points for part in parts)])
    wanted = np.repeat(levels, [len(part.points) for part in parts])
    places, tangents = crossings.refined(f, grid, values, points, wanted)
    starts = np.concatenate([part.starts + done for part, done in _after(parts)])
    curves = iter(bezier.through(places, tangents, starts))
    regions = [
        Region(level, tuple(_polygons(part, curves, grid)), cubic=True)
        for level, part in zip(levels.tolist(), parts, strict=True)
    ]
    return (*regions, *_domain(f, grid, values))


def _heights(values: Array, least: float) -> Array:
    """√(f − least), which is about linear across a valley; where f has no value, high above."""
    heights = np.sqrt(np.maximum(values - least, 0.0))
    known = np.isfinite(heights)
    return np.where(known, heights, 2 * heights[known].max() + 1.0)


def _lines(heights: Array) -> Any:
    return contour_generator(z=heights, fill_type=FillType.OuterOffset)


def _rings(lines: Any, level: float) -> _Rings:
    """The outlines of {height ≤ level} on the grid, each polygon's outer one before its holes."""
    found: Any = lines.filled(-1.0, level)
    rings, owners = [np.empty((0, 2))], list[int]()
    for owner, (points, offsets) in enumerate(zip(*found, strict=True)):
        for start, end in pairwise(offsets.tolist()):
            rings.append(points[start : end - 1])  # the last point is the first again
            owners.append(owner)
    lengths = np.array([len(ring) for ring in rings])
    return _Rings(np.concatenate(rings), np.cumsum(lengths)[:-1], owners)


def _after(parts: list[_Rings]) -> Iterator[tuple[_Rings, int]]:
    """Each part with the number of points before it."""
    done = 0
    for part in parts:
        yield part, done
        done += len(part.points)


def _polygons(part: _Rings, curves: Iterator[Array], grid: Grid) -> list[Array]:
    """An outline and its holes in one array, with a row of nan between."""
    polygons: list[list[Array]] = []
    gap = np.full((1, 2), np.nan)
    for owner in part.owners:
        curve = next(curves)
        if owner == len(polygons):
            polygons.append([curve])
        else:
            polygons[-1] += [gap, curve]
    return [grid.place(np.concatenate(pieces)) for pieces in polygons]


def _domain(f: Field, grid: Grid, values: Array) -> tuple[Region, ...]:
    """Where f has a value; nothing where that is everywhere."""
    nowhere = np.isnan(values)
    if not nowhere.any():
        return ()
    part = _rings(_lines(nowhere.astype(float)), 0.5)
    wanted = np.full(len(part.points), inf)
    places, tangents = crossings.refined(f, grid, values, part.points, wanted)
    curves = iter(bezier.through(places, tangents, part.starts))
    return (Region(inf, tuple(_polygons(part, curves, grid)), cubic=True),)
