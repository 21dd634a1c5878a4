"""The regions between the contour lines of any 2-D function, traced on a grid of its values."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator

from optviz.arrays import Array
from optviz.objectives.region import Box, Region

_POINTS = 301  # of the grid, to each side


def bands(value: Callable[[Array], Array], box: Box, levels: Array) -> tuple[Region, ...]:
    """{f ≤ level} over the box for each of the levels, ascending, of f: (…, 2) → (…,).

    Where f has no value there is no region.

    Between the points of the grid √(f − least) is taken as linear, as it is across a valley.
    """
    left, right, bottom, top = box
    xs, ys = np.linspace(left, right, _POINTS), np.linspace(bottom, top, _POINTS)
    values = value(np.stack(np.meshgrid(xs, ys), axis=-1))
    finite = np.isfinite(values)
    if not finite.any() or not len(levels):
        return ()
    least = min(float(values[finite].min()), float(levels[0]))
    heights = np.sqrt(values - least, where=finite, out=np.full_like(values, np.inf))
    masked = np.ma.array(heights, mask=np.isnan(values))
    lines = contour_generator(xs, ys, masked, fill_type=FillType.OuterOffset)
    regions = []
    for level in levels.tolist():
        found: Any = lines.filled(-1.0, float(np.sqrt(level - least)))
        polygons = zip(*found[:2], strict=True)
        regions.append(Region(level, tuple(_rings(p, list(o)) for p, o in polygons)))
    return tuple(regions)


def _rings(points: Array, offsets: list[int]) -> Array:
    """An outline and its holes in one array, with a row of nan between."""
    rings = [points[start:end] for start, end in pairwise(offsets)]
    gap = np.full((1, 2), np.nan)
    parts = [part for ring in rings for part in (gap, ring)][1:]
    return np.concatenate(parts)
