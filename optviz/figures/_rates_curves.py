"""Curves of `rates`: the chosen quantity of each coordinate, with bands where there are seeds."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._optimizer_names import run_names
from optviz.figures._plane import name_latex
from optviz.figures._rates_many import is_carpet, quantile_marks
from optviz.figures._trajectory_kind import roles
from optviz.phrases import say
from optviz.scene import Curve, Mark, Spread
from optviz.walks.seeds import BAND_FRACTIONS, SINGLE_CURVES, band, quantiles
from optviz.walks.trajectory import Trajectory

_MANY = 8  # coordinates beyond which their curves are a band and share one name


def with_quantity(run: Trajectory, quantity: str) -> Trajectory:
    """The run with the quantity as its rate; of many seeds, their median. Raises `Unfit`."""
    if run.spread is None or run.law is not None:
        return replace(run, rate=_applied(run, _values(run, quantity)))
    seeds = replace(run.spread, rate=_applied(run.spread, _values(run.spread, quantity)))
    return replace(run, rate=quantiles(seeds.rate, 0.5)[:, None], spread=seeds)


def _applied(run: Trajectory, rate: Array) -> Array:
    """The rates, nan for a coordinate's own rate before its first gradient: none is applied.

    A rate that all coordinates share is there from the first step.
    """
    if run.gradient == "exact":
        return rate
    shared = (rate == rate[..., :1]).all(axis=-1, keepdims=True)
    return np.where(shared | (np.cumsum(run.grad != 0, axis=0) > 0), rate, np.nan)


def _values(run: Trajectory, quantity: str) -> Array:
    """The quantity at each step: (steps, batch, dim)."""
    if quantity == "effective":
        return run.rate
    if quantity == "asymptotic":
        return run.rate * _asymptotic(run)
    if run.stride > 1:
        raise Unfit("the realised ratio needs every step; these runs keep every Kth")
    with np.errstate(all="ignore"):
        return np.asarray(-np.diff(run.x, axis=0) / run.grad)


def _asymptotic(run: Trajectory) -> Array:
    """The factor 1/(1−β) of momentum at each step: (steps, 1, 1); nan where it is not known."""
    if run.optimizer is None:
        return np.full((1, 1, 1), np.nan)
    steps = range(run.stride, run.stride * len(run.rate) + 1, run.stride)
    steps = steps if run.optimizer.moves_momentum else range(1, 2)
    factors = [run.optimizer.at(t)[0].asymptotic() or np.nan for t in steps]
    return np.array(factors)[:, None, None]


def curves(runs: list[Trajectory], floor: float) -> list[Mark]:
    """A curve a coordinate; coordinates with the same rates at every step share one.

    Rates at or below the floor are left out.
    """
    marks: list[Mark] = []
    labelled: set[tuple[int, int]] = set()
    spreads = sum(run.spread is not None for run in runs)
    for run, role, name in zip(runs, roles(runs), run_names(runs), strict=True):
        t = np.arange(1.0, len(run.x)) * run.stride
        rate = np.where(run.rate[:, 0] > floor, run.rate[:, 0], np.nan)
        many = run.dim > _MANY
        faint = len(runs) > 12 or many
        own = groups(rate)
        if is_carpet(run, len(own)):
            alone = len(runs) == 1
            marks += quantile_marks(run, t, rate, role, name=name, alone=alone)
            own = []
        for members, values in own:
            dash = members[0]
            style = (role, 0 if many else dash)
            label = "" if style in labelled else _label(run, members, name)
            labelled.add(style)
            marks += [] if faint else _bands(run, t, dash, style, floor, alone=spreads == 1)
            marks.append(Curve(np.column_stack([t, values]), role, dash, label, faint))
        extremes = _extremes(run, rate) if many and len(runs) <= 4 else []
        for dash, (i, key) in enumerate(extremes):
            label = ", ".join(filter(None, (name, say(key, name=name_latex(run.names[i])))))
            marks += _bands(run, t, i, (role, dash), floor, alone=spreads == 1)
            marks.append(Curve(np.column_stack([t, rate[:, i]]), role, dash, label))
    return marks


def _label(run: Trajectory, members: list[int], name: str) -> str:
    """The run's name and its coordinates; the name alone where all have one curve."""
    if name and len(members) == run.dim:
        return name
    owned = say("coordinates", count=run.dim) if run.dim > _MANY else _coordinates(run, members)
    return ", ".join(filter(None, (name, owned)))


def _bands(
    run: Trajectory, t: Array, i: int, style: tuple[int, int], floor: float, *, alone: bool
) -> list[Mark]:
    """The bands of 90 and 50 % of the seeds of coordinate i, and the curves of a few seeds.

    The outer band only where it is not `alone`: two of them, one over the other, can be read.
    """
    if run.spread is None or run.law is not None:
        return []
    values = run.spread.rate[:, :, i]
    if np.array_equal(values.min(axis=1), values.max(axis=1), equal_nan=True):
        return []
    role, dash = style
    fractions = BAND_FRACTIONS if alone else BAND_FRACTIONS[:1]
    edges = (np.maximum(band(values, fraction), floor) for fraction in fractions)
    bands = [Spread(t, low, high, role, depth) for depth, (low, high) in enumerate(edges)]
    single = np.where(values > floor, values, np.nan).T[: SINGLE_CURVES if alone else 0]
    return [*bands, *(Curve(np.column_stack([t, y]), role, dash, faint=True) for y in single)]


def _extremes(run: Trajectory, rate: Array) -> list[tuple[int, str]]:
    """The features of a data set with the largest and the smallest rate in the end, as phrases."""
    finite = np.flatnonzero(np.isfinite(rate).all(axis=1))
    if run.objective is None or run.objective.data is None or not finite.size:
        return []
    last = rate[finite[-1]]
    if last.min() == last.max():
        return []
    return [(int(last.argmax()), "fastest"), (int(last.argmin()), "slowest")]


def groups(rate: Array) -> list[tuple[list[int], Array]]:
    """The coordinates with the same rates at every step, and these rates."""
    columns = np.ascontiguousarray(np.where(np.isnan(rate), np.nan, rate + 0.0).T)
    members: dict[bytes, list[int]] = {}
    for i, column in enumerate(columns):
        members.setdefault(column.tobytes(), []).append(i)
    return [(indices, rate[:, indices[0]]) for indices in members.values()]


def _coordinates(run: Trajectory, members: list[int]) -> str:
    names = run.names
    if len(members) == run.dim > 3:
        return say("all coordinates")
    if len(members) > 3:
        return f"{name_latex(names[members[0]])} … {name_latex(names[members[-1]])}"
    return ", ".join(name_latex(names[i]) for i in members)
