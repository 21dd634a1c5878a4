"""The limits of `loss`: the values and steps that its axes show."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._loss_axes import placed
from optviz.figures._loss_exits import left_for_good
from optviz.walks.trajectory import Trajectory

_DEEP = 1e-16  # times the start: below it a float of f is rounding, and the axis ends
_TALL = 1e4  # times the start's distance: an axis beyond would show nothing else
_DECADES = 1e3  # the least height of the axis where a curve leaves it, so that its fall is seen
_LEAST, _GREATEST = 1e-300, 1e300  # of an axis, whose ticks are floats too


def view(series: list[Array], edges: list[Array], power: int) -> tuple[float, float]:
    """The log limits: around all values, but for those that would flatten the others.

    Those are below 10⁻¹⁶ of the start, or far above it while another run is not. `edges` are the
    lower ones of bands.
    """
    positive = [part[np.isfinite(part[:, 1]) & (part[:, 1] > 0), 1] for part in series]
    positive = [values for values in positive if values.size]
    first = max(float(values[0]) for values in positive)
    floor, high = max(first * _DEEP, _LEAST), first * _TALL**power
    if all(values[-1] > high for values in positive):
        high = max(float(values.max()) for values in positive)
    every = np.concatenate([*positive, *(edge[edge > 0] for edge in edges)])
    shown = every[(every >= floor) & (every <= high)]
    if not shown.size:
        return floor, max(high, 10 * floor)
    low, high = float(shown.min()), float(shown.max())
    room = max((high / low) ** 0.06, 1.3)
    if any((part[np.isfinite(part[:, 1]), 1] < low).any() for part in series):
        low = min(low, high / _DECADES)
    return max(low / room, _LEAST), min(high * room, _GREATEST)


def extent(
    runs: list[Trajectory], series: list[Array], ylim: tuple[float, float], against: str
) -> tuple[float, float]:
    """The limits of the axis of time: to the last step, or to where all curves have left below."""
    ends, gone = [], []
    for run, part in zip(runs, series, strict=True):
        shown = part[part[:, 1] <= ylim[1], 0]
        ends.append(float(placed(run, shown, against).max(initial=0.0)))
        since = left_for_good(part[:, 1], ylim[0])
        if since is not None:
            last = min(max(since + 1, int(np.ceil(1.2 * since))), len(part) - 1)
            gone.append(float(placed(run, part[: last + 1, 0], against)[-1]))
    end = max(gone) if len(gone) == len(runs) else max(ends)
    return 0.0, end or 1.0
