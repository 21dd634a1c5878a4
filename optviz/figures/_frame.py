"""The frame of a trace: the box around starts, minimum and the paths near them."""

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures._landscape import Box
from optviz.scene import Look, finite

_MARGIN = 0.09
_BEYOND = 0.14  # of the size, past the centre
_COST = 3.0  # factor by which equal units may widen an axis if they are not an option
SENSIBLE = 1.5  # times the box of starts and minimum: paths beyond it leave the view


def frame(
    starts: Array, centre: Array | None, paths: list[Array], look: Look, *, aspect: float, mode: str
) -> tuple[Box, bool]:
    """The box around starts (n, 2), centre (2,) and paths (steps+1, 2); whether units are equal.

    `aspect` is about the panel's width over its height. A
    path stretches the view by at most 1.5 times the starts' and the centre's box on each side. The
    view goes on beyond the centre; units are made equal on both axes where that costs little room,
    so that angles look true. Limits of the look hold; with them units are equal only if `mode` is
    `equal`.
    """
    anchors = starts if centre is None else np.vstack([starts, centre])
    low, high = anchors.min(axis=0), anchors.max(axis=0)
    size = np.maximum(high - low, 0.3 * (high - low).max())
    size = np.where(size > least(anchors), size, np.maximum(np.abs(low), 1.0))
    if mode != "lock":
        inner_low, inner_high = low - SENSIBLE * size, high + SENSIBLE * size
        for points in paths:
            inside = points[until_left(points, inner_low, inner_high)]
            if len(inside):
                low = np.minimum(low, inside.min(axis=0))
                high = np.maximum(high, inside.max(axis=0))
    if centre is not None:
        beyond = np.maximum(_BEYOND * size, 0.0)
        low, high = np.minimum(low, centre - beyond), np.maximum(high, centre + beyond)
    room = _MARGIN * np.maximum(high - low, 0.3 * size)
    low, high = low - room, high + room
    forced = mode == "equal"
    for axis, limits in enumerate((look.xlim, look.ylim)):
        if limits and forced:
            low[axis], high[axis] = limits
    strip = np.ptp(anchors, axis=0) <= least(anchors)  # a bowl seen in one looks like stripes
    half = (high - low) / 2
    even = _even(half, aspect)
    equal = forced or bool(strip.any() or (even <= _COST * half).all())
    half = even if equal else half
    middle = (low + high) / 2 if centre is None else np.clip(centre, high - half, low + half)
    left, right = look.xlim or (middle[0] - half[0], middle[0] + half[0])
    bottom, top = look.ylim or (middle[1] - half[1], middle[1] + half[1])
    equal = forced or (equal and not (look.xlim or look.ylim))
    return (float(left), float(right), float(bottom), float(top)), equal


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
