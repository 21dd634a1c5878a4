"""The frame of a trace: the box around starts, minimum and the paths near them."""

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures._landscape import Box
from optviz.scene import Look, finite

SENSIBLE = 1.5  # times the box of starts and minimum: paths beyond it leave the view
_MARGIN = 0.09  # of the hull, to each side
_KEPT = 0.25  # of each side of the view, that the centre keeps from its edges
_LONGEST = 2.2  # times the shorter side is the longer one, if units are equal
_COST = 1.8  # factor by which equal units may widen an axis


def frame(
    starts: Array,
    centre: Array | None,
    paths: list[Array],
    look: Look,
    *,
    aspect: float,
    mode: str | None,
) -> tuple[Box, bool]:
    """The box around starts (n, 2), centre (2,) and paths (steps+1, 2); whether units are equal.

    It is the hull of starts, centre and the sensible part of each path, which is at most 1.5 times
    the box of starts and centre on each side, with a margin; the centre keeps a quarter of each
    side. Units are made equal on both axes where that costs little room, so that angles look true;
    `aspect` is about the panel's width over its height. Limits of the look hold; with them units
    are equal only if `mode` is `equal`.
    """
    anchors = starts if centre is None else np.vstack([starts, centre])
    low, high = _around(anchors, [] if mode == "lock" else paths)
    if centre is not None:
        low, high = _with_centre(low, high, centre)
    forced = mode == "equal"
    for axis, limits in enumerate((look.xlim, look.ylim)):
        if limits and forced:
            low[axis], high[axis] = limits
    equal = forced or (not (look.xlim or look.ylim) and _fits_equal(anchors, high - low, aspect))
    middle, half = (low + high) / 2, (high - low) / 2
    half = _even(half, aspect) if equal else half
    left, right = look.xlim or (middle[0] - half[0], middle[0] + half[0])
    bottom, top = look.ylim or (middle[1] - half[1], middle[1] + half[1])
    return (float(left), float(right), float(bottom), float(top)), equal


def fixed(low: Array, high: Array, look: Look) -> Box:
    """The box of these corners (2,), with the limits of the look where it has some."""
    left, right = look.xlim or (low[0], high[0])
    bottom, top = look.ylim or (low[1], high[1])
    return float(left), float(right), float(bottom), float(top)


def _around(anchors: Array, paths: list[Array]) -> tuple[Array, Array]:
    """The corners of the hull with its margin: (2,) each."""
    low, high = anchors.min(axis=0), anchors.max(axis=0)
    size = np.maximum(high - low, 0.3 * (high - low).max())
    size = np.where(size > least(anchors), size, np.maximum(np.abs(low), 1.0))
    inner_low, inner_high = low - SENSIBLE * size, high + SENSIBLE * size
    for points in paths:
        inside = points[until_left(points, inner_low, inner_high)]
        if len(inside):
            low = np.minimum(low, inside.min(axis=0))
            high = np.maximum(high, inside.max(axis=0))
    room = _MARGIN * np.maximum(high - low, 0.3 * size)
    return low - room, high + room


def _with_centre(low: Array, high: Array, centre: Array) -> tuple[Array, Array]:
    """The corners moved away from the centre until it keeps its part of each side."""
    part = _KEPT / (1 - _KEPT)
    below, above = centre - part * (high - centre), centre + part * (centre - low)
    return np.minimum(low, below), np.maximum(high, above)


def _fits_equal(anchors: Array, size: Array, aspect: float) -> bool:
    """Whether units should be equal: always for a bowl seen as a strip, which looks like stripes.

    Else if the view is not long, and not much has to be added to it.
    """
    strip = np.ptp(anchors, axis=0) <= least(anchors)
    cheap = bool((_even(size, aspect) <= _COST * size).all())
    return bool(strip.any()) or (cheap and bool(size.max() < _LONGEST * size.min()))


def least(places: Array) -> float:
    """The smallest size of a box around these places whose square is a float above 0."""
    return max(1e-9 * float(np.abs(places).max(initial=0.0)), 1e-140)


def until_left(points: Array, low: Array, high: Array) -> Bools:
    """True for the points within the box; if a path ends outside, up to where it first left."""
    within = np.asarray(((points >= low) & (points <= high)).all(axis=1))
    return within if within[-1] else np.cumsum(~within) == 0


def _even(half: Array, aspect: float) -> Array:
    """The half sizes, one of them widened so that they fill a panel with one unit on both axes."""
    unit = max(half[0] / aspect, half[1])
    return np.array([unit * aspect, unit])


def left_at(points: Array, box: Box) -> int | None:
    """The step at which a path (n, 2) leaves the box for good; None if it ends inside."""
    left, right, bottom, top = box
    inside = (points[:, 0] >= left) & (points[:, 0] <= right)
    inside &= (points[:, 1] >= bottom) & (points[:, 1] <= top)
    if inside[-1]:
        return None
    last = np.flatnonzero(inside)
    return int(last[-1]) + 1 if len(last) else 0


def hull(points: list[Array]) -> Array:
    """The finite points of several arrays (n, 2), as one."""
    return np.concatenate([finite(part) for part in points])
