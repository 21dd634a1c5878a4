"""The landscape of a 2-D objective: its contour bands."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue
from optviz.figures import _geometric_levels
from optviz.figures._contour_options import Levels
from optviz.objectives import Objective, Region
from optviz.scene import Band
from optviz.text.numbers import number

Box = tuple[float, float, float, float]  # left, right, bottom, top


def landscape(
    f: Objective, box: Box, start: float, count: Levels, pixels: float
) -> tuple[Band, ...]:
    """The contour bands of f over the box, at the levels of `_levels`.

    Cached, as figures of a batch and panels side by side show the same; but not for an objective
    that holds a table, which would stay in memory.
    """
    make = _bands if f.data is not None else _cached_bands
    return make(f, box, start, count, pixels)


def _bands(f: Objective, box: Box, start: float, count: Levels, pixels: float) -> tuple[Band, ...]:
    bands = _piled(f.bands(box, _levels(f, box, start, count, pixels)))
    if not isinstance(count, tuple):
        return bands
    return tuple(
        replace(band, label=number(band.level, 6)) if np.isfinite(band.level) else band
        for band in bands
    )


_cached_bands = lru_cache(16)(_bands)


def _piled(regions: tuple[Region, ...]) -> tuple[Band, ...]:
    """The regions as bands in the order of painting, each over the larger ones."""
    above = bool(regions) and regions[0].above
    count = max(1, sum(np.isfinite(region.level) for region in regions))
    bands = [Band(r.level, i / count, r.polygons, r.cubic) for i, r in enumerate(regions)]
    return tuple(bands if above else bands[::-1])


def _levels(f: Objective, box: Box, start: float, count: Levels, pixels: float) -> Array:
    """Levels f₀ ± g·2ᵏ, ascending: around the value f₀ at the centre, through the start's f.

    Functions that are no quadratics have `_geometric_levels`.

    g is the start's height over f₀, so that the start lies on a line; the smallest levels are a few
    pixels wide (`pixels` is the box's width in them), but a saddle's keep off its asymptotes.
    Without a centre they are even.
    """
    if f.quadratic is None and not isinstance(count, tuple):
        return _geometric_levels.levels(f, box, start, count)
    lowest, highest = _range(f, box)
    if isinstance(count, tuple):
        return _typed(count, lowest, highest)
    centre = f.centre
    if not np.isfinite(highest - lowest):
        return np.empty(0)
    if centre is None or highest <= lowest:
        between = np.linspace(lowest, highest, (count or 12) + 2)[1:-1]
        return between if highest > lowest else between[:0]
    middle = float(f.value(centre))
    tall = max(highest - middle, middle - lowest)
    height = abs(start - middle) or tall
    octaves = 5.0 if f.local(centre).definite == "indefinite" else 2 * np.log2(max(pixels, 64) / 8)
    unit = 2.0 if count is None else 2.0 ** (octaves / count)
    above = float(np.log(tall) - np.log(height))
    if not np.isfinite(above):  # one of them overflows
        return np.linspace(lowest, highest, 12)[1:-1]
    upper = int(np.floor(above / np.log(unit)))
    powers = np.arange(upper - (count or int(octaves)) + 1, upper + 1)
    steps = height * unit ** powers.astype(float)
    both = np.concatenate([middle - steps[::-1], middle + steps])
    inside = both[(both > lowest) & (both < highest)]
    if len(inside) < 3 and count is None:  # a view far from start and centre
        return np.linspace(lowest, highest, 12)[1:-1]
    return inside


def _typed(levels: tuple[float, ...], lowest: float, highest: float) -> Array:
    """The typed levels that are in view. Raises `BadValue` if none is."""
    inside = [level for level in levels if lowest < level < highest]
    if not inside:
        shown = ",".join(f"{level:g}" for level in levels)
        expected = f"values of f in view, from {lowest:.4g} to {highest:.4g}, are wanted"
        raise BadValue("levels", shown, expected)
    return np.array(inside)


def _range(f: Objective, box: Box) -> tuple[float, float]:
    """The least and the greatest value of f on the box."""
    left, right, bottom, top = box
    xs, ys = np.linspace(left, right, 41), np.linspace(bottom, top, 41)
    values = f.value(np.stack(np.meshgrid(xs, ys), axis=-1))
    values = values[np.isfinite(values)] if np.isfinite(values).any() else values
    places = [float(f.value(point.x)) for point in f.stationary_in(box)]
    return min(float(values.min()), *places, np.inf), max(float(values.max()), *places, -np.inf)
