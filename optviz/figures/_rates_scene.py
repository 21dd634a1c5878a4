"""Curves of learning rates against the step, under their ceilings, as the scene of `rates`."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _titles
from optviz.figures._optimizer_names import full_name, run_names
from optviz.figures._plane import name_latex
from optviz.figures._rates_ceilings import ceilings, crossings
from optviz.figures._trajectory_kind import counted, named, roles
from optviz.scene import Curve, Guide, Look, Mark, Panel, Scene, Spread
from optviz.text import numbers
from optviz.walks.seeds import BAND_FRACTIONS, SINGLE_CURVES, band, quantiles
from optviz.walks.trajectory import Trajectory

_SPAN = 1e9  # a rate this much below the largest is off the axis, or one 0 would flatten all

_NAMES = {
    "effective": "Effective learning rates",
    "realised": "Realised ratios −Δx/g",
    "asymptotic": "Asymptotic learning rates",
}
NOTHING = "no effective rates to draw: a step, with a rate above 0, is wanted"
_MANY = 8  # coordinates beyond which their curves are a band and share one name


def scene(runs: list[Trajectory], look: Look, which: str) -> Scene:
    """The figure of one of the three quantities of that name. Raises `Unfit`."""
    runs = [_with_chosen(run, which) for run in named(runs, look)]
    heights = [run.rate[np.isfinite(run.rate) & (run.rate > 0)] for run in runs]
    found = np.concatenate([*heights, np.empty(0)])
    if not found.size:
        raise Unfit(NOTHING)
    marks = _curves(runs, float(found.max()) / _SPAN)
    edges = [edge for m in marks if isinstance(m, Spread) for edge in (m.low, m.high)]
    found = np.concatenate([found, *(edge[np.isfinite(edge)] for edge in edges)])
    lines = ceilings(runs, which)
    low, high = _range(found[found >= found.max() / _SPAN], [line.y for line in lines])
    marks = [*lines, *marks]
    marks += [c for c in crossings(runs, lines, which) if low < c.y < high]
    marks += _guides(runs) if which == "effective" else []
    last = max(run.steps for run in runs)
    first = min(run.stride for run in runs)
    panel = Panel(
        tuple(marks),
        look.xlim or ((first, last) if last > first else (first - 1, last + 1)),
        look.ylim or (low, high),
        "step $t$",
        _axis(runs, which),
        log=True,
        steps=True,
    )
    heading = _titles.title(look, _titles.headline(runs))
    alt = f"{_NAMES[which]}. {_titles.headline(runs, latex=False)}. {_alt(runs)}"
    subtitle = _titles.subtitle(runs, marks=panel.marks)
    return Scene(heading, subtitle, (panel,), alt, counted(runs))


def _with_chosen(run: Trajectory, which: str) -> Trajectory:
    """The run with the quantity asked for as its rate; of many seeds each, and then the median."""
    if run.spread is None or run.law is not None:
        return replace(run, rate=_applied(run, _chosen(run, which)))
    many = replace(run.spread, rate=_applied(run.spread, _chosen(run.spread, which)))
    return replace(run, rate=quantiles(many.rate, 0.5)[:, None], spread=many)


def _applied(run: Trajectory, rate: Array) -> Array:
    """The rates but for a coordinate's own before it is seen for the first time: none is applied.

    A rate that all coordinates share is there all the same.
    """
    if run.gradient == "exact":
        return rate
    shared = (rate == rate[..., :1]).all(axis=-1, keepdims=True)
    return np.where(shared | (np.cumsum(run.grad != 0, axis=0) > 0), rate, np.nan)


def _chosen(run: Trajectory, which: str) -> Array:
    """The quantity asked for, in place of the effective rate: (steps, batch, dim)."""
    if which == "effective":
        return run.rate
    if which == "asymptotic":
        return run.rate * _asymptotic(run)
    if run.stride > 1:
        raise Unfit("the realised ratio needs every step; these runs keep every Kth")
    with np.errstate(all="ignore"):
        return np.asarray(-np.diff(run.x, axis=0) / run.grad)


def _asymptotic(run: Trajectory) -> Array:
    """What inertia makes of the rate of each step: (steps, 1, 1); nan where that is not known."""
    if run.optimizer is None:
        return np.full((1, 1, 1), np.nan)
    steps = range(run.stride, run.stride * len(run.rate) + 1, run.stride)
    steps = steps if run.optimizer.moves_momentum else range(1, 2)
    known = [run.optimizer.at(t)[0].asymptotic() or np.nan for t in steps]
    return np.array(known)[:, None, None]


def _curves(runs: list[Trajectory], floor: float) -> list[Mark]:
    """A curve a coordinate; coordinates whose rates are the same all along share one."""
    marks: list[Mark] = []
    seen: set[tuple[int, int]] = set()
    for run, role, name in zip(runs, roles(runs), run_names(runs), strict=True):
        t = np.arange(1.0, len(run.x)) * run.stride
        rate = np.where(run.rate[:, 0] > floor, run.rate[:, 0], np.nan)
        faint = len(runs) > 12 or run.dim > _MANY
        told = _told(run, rate) if run.dim > _MANY and len(runs) <= 4 else []
        for dash, (members, values) in enumerate(_shared(rate)):
            label = _coordinates(run, members) if run.dim <= _MANY else f"{run.dim} coordinates"
            known = (role, dash if run.dim <= _MANY else 0) in seen
            label = "" if known else ", ".join(word for word in (name, label) if word)
            seen.add((role, dash))
            marks += [] if faint else _bands(run, t, members[0], (role, dash), floor)
            marks.append(Curve(np.column_stack([t, values]), role, dash, label, faint))
        for dash, (i, word) in enumerate(told):
            label = ", ".join(part for part in (name, f"{name_latex(run.names[i])} {word}") if part)
            marks += _bands(run, t, i, (role, dash), floor)
            marks.append(Curve(np.column_stack([t, rate[:, i]]), role, dash, label))
    return marks


def _bands(run: Trajectory, t: Array, i: int, style: tuple[int, int], floor: float) -> list[Mark]:
    """Between which the rates of coordinate i lie, of 90 and 50 % of the seeds; some each."""
    if run.spread is None or run.law is not None:
        return []
    values = run.spread.rate[:, :, i]
    if np.array_equal(values.min(axis=1), values.max(axis=1), equal_nan=True):
        return []
    role, dash = style
    edges = (np.maximum(band(values, share), floor) for share in BAND_FRACTIONS)
    bands = [Spread(t, low, high, role, depth) for depth, (low, high) in enumerate(edges)]
    single = np.where(values > floor, values, np.nan).T[:SINGLE_CURVES]
    return [*bands, *(Curve(np.column_stack([t, y]), role, dash, faint=True) for y in single)]


def _told(run: Trajectory, rate: Array) -> list[tuple[int, str]]:
    """The coordinates of features with the largest and the smallest rate in the end."""
    known = np.flatnonzero(np.isfinite(rate).all(axis=1))
    if run.objective is None or run.objective.data is None or not known.size:
        return []
    last = rate[known[-1]]
    if last.min() == last.max():
        return []
    return [(int(last.argmax()), "(fastest)"), (int(last.argmin()), "(slowest)")]


def _shared(rate: Array) -> list[tuple[list[int], Array]]:
    groups: list[tuple[list[int], Array]] = []
    for i in range(rate.shape[1]):
        for members, values in groups:
            if np.array_equal(values, rate[:, i], equal_nan=True):
                members.append(i)
                break
        else:
            groups.append(([i], rate[:, i]))
    return groups


def _coordinates(run: Trajectory, members: list[int]) -> str:
    names = run.names
    if len(members) == run.dim > 3:
        return "all coordinates"
    if len(members) > 3:
        return f"{name_latex(names[members[0]])} … {name_latex(names[members[-1]])}"
    return ", ".join(name_latex(names[i]) for i in members)


def _guides(runs: list[Trajectory]) -> list[Mark]:
    """t^(−1/2) from the first rate, where the rule sums gradients: what a constant g would do."""
    summing = [
        run
        for run in runs
        if run.optimizer and run.optimizer.rule.sums_gradients and not run.coordinates
    ]  # logged gradients may begin with 0
    if not summing or len(summing[0].rate) < 4:
        return []
    run = summing[0]
    rate = run.rate[:, 0]
    first = float(np.nanmax(rate[0])) if np.isfinite(rate[0]).any() else np.nan
    if not first > 0 or run.stride != 1:
        return []
    t = np.linspace(1.0, float(run.steps), 200)
    return [Guide(np.column_stack([t, first / np.sqrt(t)]), "$t^{-1/2}$")]


def _range(rates: Array, ceilings: list[float]) -> tuple[float, float]:
    """Log limits around the rates and such ceilings as are within a factor of 6 of them."""
    low, high = float(rates.min()), float(rates.max())
    near = [y for y in ceilings if low / 6 < y < high * 6]
    low, high = min([low, *near]), max([high, *near])
    room = max((high / low) ** 0.08, 1.5)
    return max(low / room, 1e-300), min(high * room, 1e300)  # ticks are powers of ten too


def _axis(runs: list[Trajectory], which: str) -> str:
    if which == "realised":
        return r"realised ratio $-\Delta x_i/g_i$"
    if which == "asymptotic":
        return "asymptotic learning rate"
    rules = {run.optimizer.rule.rate for run in runs if run.optimizer}
    words = "effective learning rate"
    return f"{words} ${rules.pop()}$" if len(rules) == 1 else words


def _span(run: Trajectory, values: Array) -> str:
    """From which rate to which, and when, where that is not the first step or the last."""
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return "without a rate"
    first, last = (numbers.number(float(values[place])) for place in known[[0, -1]])
    begin = f" at step {(known[0] + 1) * run.stride}" if known[0] else ""
    end = f" at step {(known[-1] + 1) * run.stride}" if known[-1] < len(values) - 1 else ""
    return f"from {first}{begin} to {last}{end}"


def _alt(runs: list[Trajectory]) -> str:
    parts = []
    for run in runs:
        spans = ", ".join(
            f"{name} {_span(run, run.rate[:, 0, i])}" for i, name in enumerate(run.names[:4])
        )
        parts.append(f"{full_name(run)}: {spans}")
    return "; ".join(parts) + "."
