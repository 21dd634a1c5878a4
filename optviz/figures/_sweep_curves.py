"""A sweep over one axis: a curve for each optimizer, and why it ends where it does."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._sweep_labels import axis_label, ticks, value_label, value_text
from optviz.figures._sweep_theory import largest_rate, limits, predicted, run_at, status_at
from optviz.phrases import say
from optviz.scene import Ceiling, Curve, Guide, Mark, Panel, Region, Spot, Stop
from optviz.studies.sweep import Sweep
from optviz.text import numbers

_SAME = 0.1  # of a height: nearer ends are at one place
_LARGEST = 2.0  # factor a step that is drawn


def panel(sweeps: list[Sweep], marked: tuple[float, ...]) -> Panel:
    """A curve for each optimizer over the one axis."""
    first, axis = sweeps[0], sweeps[0].axes[0]
    names = _names(sweeps)
    curves = [
        Curve(np.column_stack([axis.places, _heights(one)]), role, 0, name)
        for role, (one, name) in enumerate(zip(sweeps, names, strict=True))
    ]
    marks: list[Mark] = [*curves]
    theory = predicted(first) if len(sweeps) == 1 else []
    if len(sweeps) == 1:
        marks = [*_regions(first), *curves, *theory]
    else:
        marks += _apart([stop for role, one in enumerate(sweeps) for stop in _stops(one, role)])
    if first.of == "rate":
        marks.insert(0, Ceiling(1.0, say("grows above")))
    marks += [_spot(one, x) for x in marked for one in sweeps]
    return Panel(
        tuple(marks),
        limits(axis),
        _limits(curves, theory, first.of),
        axis_label(first, axis),
        value_label(first),
        log=first.of in ("steps", "f"),
        xlog=axis.log,
        xticks=ticks(axis),
    )


def _names(sweeps: list[Sweep]) -> list[str]:
    """What tells the optimizers apart: their names, or else their settings too."""
    if len(sweeps) == 1:
        return [""]
    names = [optimizer_name(one.optimizer) for one in sweeps]
    return names if len(set(names)) == len(names) else [one.held() for one in sweeps]


def _heights(one: Sweep) -> Array:
    if one.of == "rate":
        return np.where(one.values <= _LARGEST, one.values, np.nan)
    return np.where(one.diverged | (one.values <= 0), np.nan, one.values)


def _limits(curves: list[Curve], theory: list[Guide], of: str) -> tuple[float, float]:
    """Around the curves; of rates around those of theory too."""
    shown: list[Curve | Guide] = [*curves, *(theory if of == "rate" else [])]
    heights = np.concatenate([curve.points[:, 1] for curve in shown])
    heights = heights[np.isfinite(heights)]
    low, high = (float(heights.min()), float(heights.max())) if heights.size else (1.0, 10.0)
    return (low - 0.06, max(high, 1.0) + 0.06) if of == "rate" else (low / 1.5, high * 1.5)


def _spot(one: Sweep, x: float) -> Spot:
    axis = one.axes[0]
    y = float(np.interp(x, axis.values, one.values))
    return Spot(axis.place(x), y, run_at(one, (x,)), theory=False)


def _regions(one: Sweep) -> Iterator[Region]:
    """The parts of the axis where the curve is not, with the reason."""
    edges, lost = one.axes[0].edges, _diverging(one)
    for begin, end in _gaps(_heights(one), lost):
        left, bound = float(edges[begin]), _bound(one)
        if bound is not None and lost[begin] and begin and not lost[begin - 1]:
            left = bound
        yield Region(left, float(edges[end]), _reason(one, begin, end))


def _stops(one: Sweep, role: int) -> list[Stop]:
    """Where the curve of one optimizer among several ends.

    Each of its two ends is marked, and of its other gaps the widest of each reason.
    """
    heights, places = _heights(one), one.axes[0].places
    stops: dict[tuple[str, bool], Stop] = {}
    gaps = _gaps(heights, _diverging(one))
    for begin, end in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        last = begin - 1 if begin else end
        if last < len(places) and np.isfinite(heights[last]):
            reason = _reason(one, begin, end)
            left = not begin
            stop = Stop(float(places[last]), float(heights[last]), reason, role, left)
            stops.setdefault((reason, left), stop)
    return list(stops.values())


def _apart(stops: list[Stop]) -> list[Stop]:
    """The stops, of which those at one place with one reason name it once."""
    named: list[Stop] = []
    for stop in stops:
        near = (
            o.x == stop.x and o.label == stop.label and abs(o.y - stop.y) < _SAME * o.y
            for o in named
        )
        named.append(replace(stop, label="") if any(near) else stop)
    return named


def _gaps(heights: Array, diverging: Bools) -> list[tuple[int, int]]:
    """Runs of points without a height, of one kind each: the first, and the first after it."""
    kinds = np.where(np.isfinite(heights), 0, np.where(diverging, 2, 1))
    turns = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    return [(a, b) for a, b in pairwise(turns) if kinds[a]]


def _reason(one: Sweep, begin: int, end: int) -> str:
    """Why there is no value from one point to another: `diverges above 0.5`, `circles`."""
    axis, middle, bound = one.axes[0], (begin + end - 1) // 2, _bound(one)
    if not _diverging(one)[begin]:
        if one.of == "steps" and not one.oracle.source.random:
            status = status_at(one, (float(axis.values[middle]),))
            if status in ("cycling", "stalled"):
                return say(status)
        return value_text(one, np.nan, diverged=False)
    if end < len(axis) or not begin:
        return say("diverges")
    if bound is not None:
        return say("diverges above", value=numbers.number(bound))
    return say("diverges from", value=numbers.number(float(axis.values[begin])))


def _diverging(one: Sweep) -> Bools:
    """Which points diverge: in their run, or by theory where the run was too short for it."""
    bound = _bound(one)
    beyond = one.axes[0].values >= bound * (1 - 1e-12) if bound is not None else False
    return one.diverged | (beyond & ~np.isfinite(_heights(one)))


def _bound(one: Sweep) -> float | None:
    """Theory's largest stable rate, where the runs agree with it."""
    axis = one.axes[0]
    bound = largest_rate(one) if axis.name == "eta" and not axis.listed else None
    if bound is None or one.diverged[axis.values < bound].any():
        return None
    return bound if not np.isfinite(_heights(one)[axis.values > bound]).any() else None
