"""Thin lines of theory on a map: where the regime of a linear rule changes, within what is stable.

Momentum is lazy where the flattest mode does not oscillate yet, so that it alone sets the rate;
robust where all modes oscillate, and β alone does; beyond, the steepest mode alternates (on the
knife's edge, where the flattest is lazy). Source: Pedregosa 2021, A hitchhiker's guide to momentum.
"""

import numpy as np
from contourpy import LineType, contour_generator

from optviz.arrays import Array, Bools
from optviz.phrases import say
from optviz.scene import Border
from optviz.studies.axes import NOT_SETTINGS, with_setting
from optviz.studies.grid import Axis
from optviz.studies.sweep import Sweep
from optviz.theory import regimes

_POINTS = 241  # along each axis
_SHORTEST = 0.06  # of the map: a shorter line is left out


def lines(one: Sweep) -> list[Border]:
    """The lines of a map over the rate and another setting; none where theory has none."""
    if one.objective.quadratic is None:
        return []
    names = [axis.name for axis in one.axes]
    rule = one.optimizer.rule
    apart = any(axis.listed or axis.name in NOT_SETTINGS for axis in one.axes)
    if "eta" not in names or apart or rule.clips or rule.recurrence(1.0, 1.0) is None:
        return []
    values = one.objective.quadratic.eigenvalues
    if values[0] < 0 or values[-1] <= 0 or one.optimizer.moves_momentum:
        return []
    flat, steep = float(values[values > 0][0]), float(values[-1])
    xs, ys = (_samples(axis) for axis in one.axes)
    steepest, flattest = _recurrence(one, xs, ys, steep), _recurrence(one, xs, ys, flat)
    if steepest is None or flattest is None:
        return []
    (a, b), (low, lowb) = steepest, flattest
    stable = np.abs(regimes.roots(a, b)[0]) < 1
    second_order = bool(np.any(b != 0))
    turning = _regions(low, lowb) if second_order else None
    found = [] if turning is None else [_traced(xs, ys, turning, stable, "lazy")]
    if not second_order:
        found.append(_traced(xs, ys, a, stable, "monotone"))
    else:
        alternating = np.where(a < 0, regimes.discriminant(a, b), np.nan)
        lazy = (low > 0) & (regimes.discriminant(low, lowb) >= 0)
        found.append(_traced(xs, ys, alternating, stable & ~lazy, "robust"))
        found.append(_traced(xs, ys, alternating, stable & lazy, "knife"))
    return [border for border in found if border is not None]


def _regions(a: Array, b: Array) -> Array:
    """The discriminant where both roots would be positive: below 0 the mode oscillates."""
    return np.where(a > 0, regimes.discriminant(a, b), np.nan)


def _samples(axis: Axis) -> Array:
    low, high = float(axis.edges[0]), float(axis.edges[-1])
    return np.geomspace(low, high, _POINTS) if axis.log else np.linspace(low, high, _POINTS)


def _recurrence(one: Sweep, xs: Array, ys: Array, curvature: float) -> tuple[Array, Array] | None:
    """a and b at each point of the map, for a curvature: (rows, columns) each.

    None where a setting of the map, such as weight decay, leaves no recurrence.
    """
    across, up = np.meshgrid(xs, ys)
    optimizer, eta = one.optimizer, np.ones_like(across)
    for axis, grid in zip(one.axes, (across, up), strict=True):
        if axis.name == "eta":
            eta = grid
        else:
            inside = optimizer.rule.settings()[axis.name].clipped(grid)
            optimizer = with_setting(optimizer, axis.name, inside.ravel()[:, None])
    found = optimizer.rule.recurrence(eta.ravel()[:, None], curvature)
    if found is None:
        return None
    a, b = (np.broadcast_to(part, (across.size, 1)).reshape(across.shape) for part in found)
    return np.asarray(a), np.asarray(b)


def _traced(xs: Array, ys: Array, heights: Array, stable: Bools, name: str) -> Border | None:
    """The longest line within `stable` where the heights are 0, with its name."""
    shown = np.ma.masked_invalid(np.where(stable, heights, np.nan))
    pieces = contour_generator(xs, ys, shown, line_type=LineType.Separate).lines(0.0)
    if not pieces:
        return None
    longest = max(map(np.asarray, pieces), key=lambda piece: float(_length(piece, xs, ys)))
    if _length(longest, xs, ys) < _SHORTEST:
        return None
    return Border(longest, say(f"border {name}"), theory=False)


def _length(piece: Array, xs: Array, ys: Array) -> float:
    """The extent of a line as a part of the map."""
    across = np.ptp(np.searchsorted(xs, piece[:, 0])) / len(xs)
    return float(max(across, np.ptp(np.searchsorted(ys, piece[:, 1])) / len(ys)))
