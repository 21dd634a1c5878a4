"""Curves on a log axis that leave it through the bottom: down to 0, or further than it shows."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.phrases import say
from optviz.scene import Exit
from optviz.text import numbers

_SAME = 0.02  # of the axis, within which two arrows with the same words need them once


class Lowered(NamedTuple):
    """Points (n, 2) and times (n,) of a curve in view, and where it leaves through the bottom.

    `exits` are the numbers of the points there. A row of nan follows each.
    """

    points: Array
    times: Array
    exits: tuple[int, ...]


def lowered(points: Array, times: Array, low: float) -> Lowered:
    """The curve down to the height `low`, with a point where it crosses that; nan below.

    Between two steps it is straight on a log axis; down to 0 it is straight to the later step.
    """
    x, y = points.T
    below = np.isfinite(y) & (y < low)
    both = np.isfinite(y[1:]) & np.isfinite(y[:-1])
    edges = np.flatnonzero(both & (below[1:] != below[:-1]))
    upper = np.where(below[edges], edges + 1, edges)
    lower = np.where(below[edges], edges, edges + 1)
    with np.errstate(all="ignore"):
        ratio = np.log(y[upper] / low) / np.log(y[upper] / y[lower])
    part = np.where(y[lower] > 0, ratio, 1.0)
    crossing = np.column_stack([x[upper] + part * (x[lower] - x[upper]), np.full(len(edges), low)])
    at = times[upper] + part * (times[lower] - times[upper])
    kept = np.column_stack([x, np.where(np.isfinite(y) & ~below, y, np.nan)])
    leaving = np.flatnonzero(below[edges + 1]) if len(edges) else np.empty(0, dtype=int)
    return Lowered(
        np.insert(kept, edges + 1, crossing, axis=0),
        np.insert(times, edges + 1, at),
        tuple(int(edges[k] + 1 + k) for k in leaving),
    )


def left_for_good(values: Array, low: float) -> int | None:
    """The first entry from which all finite values are below `low`; None if the last is not."""
    finite = np.flatnonzero(np.isfinite(values))
    above = finite[values[finite] >= low]
    if not finite.size or (above.size and above[-1] == finite[-1]):
        return None
    return int(finite[finite > above[-1]][0]) if above.size else int(finite[0])


def arrow(series: Array, curve: Lowered, low: float, role: int) -> Exit | None:
    """The mark of a curve that leaves through the bottom; None for one that does not.

    `series` (n, 2) are its steps and values. It says at which step the value is 0 if that takes it
    out of view, else what it is at last; of a curve that returns, the least value.
    """
    if not curve.exits:
        return None
    values = series[:, 1]
    since = left_for_good(values, low)
    if since is None:
        return Exit(_deepest(curve, series), _down(float(np.nanmin(values))), role)
    x = float(curve.points[curve.exits[-1], 0])
    if values[since] == 0 and not np.nan_to_num(values[since:]).any():
        return Exit(x, say("zero after step", step=f"{series[since, 0]:.0f}"), role)
    return Exit(x, _down(float(values[np.isfinite(values)][-1])), role)


def _down(value: float) -> str:
    return f"↓ {numbers.number(value, 2)}"


def _deepest(curve: Lowered, series: Array) -> float:
    """Where the curve leaves before its least value."""
    time = series[int(np.nanargmin(series[:, 1])), 0]
    before = [place for place in curve.exits if curve.times[place] <= time]
    return float(curve.points[before[-1] if before else curve.exits[0], 0])


def named_once(exits: list[Exit], width: float) -> list[Exit]:
    """The arrows; where one stands at another with the same words, these are there once."""
    marks: list[Exit] = []
    for mark in exits:
        same = [m for m in marks if m.label == mark.label and abs(m.x - mark.x) <= _SAME * width]
        marks.append(Exit(mark.x, "", mark.role) if same else mark)
    return marks
