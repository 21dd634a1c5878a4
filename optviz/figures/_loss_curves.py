"""The panel of `loss`: f − f*, distance or gradient norm, with the factor of theory."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _run_text
from optviz.figures._loss_axes import (
    TIME_LABELS,
    TIME_PHRASES,
    measured,
    nothing,
    parts,
    placed,
    times,
    values,
)
from optviz.figures._optimizer_names import full_name, run_names
from optviz.figures._trajectory_kind import roles
from optviz.scene import Curve, Guide, Look, Mark, Panel, Spread
from optviz.text import numbers
from optviz.theory import stability
from optviz.walks.seeds import BAND_FRACTIONS, SINGLE_CURVES, band
from optviz.walks.trajectory import Trajectory

_DEEP, _TALL = 1e-12, 1e4  # times the start's distance: an axis beyond would show nothing else
_POWER = {"gap": 2, "distance": 1, "gradient": 1}  # of the distance, near the minimum
_WORDS = {"gap": "f − f*", "distance": "Distance to the minimum", "gradient": "Gradient norm"}
_AXIS = {
    "gap": "$f(x_t)-f^*$",
    "distance": r"$\Vert x_t-x^*\Vert$",
    "gradient": r"$\Vert\nabla f(x_t)\Vert$",
}


_MEAN_AXIS = {
    "gap": r"$\mathrm{E}\,f(x_t)-f^*$",
    "distance": r"root mean square of $\Vert x_t-x^*\Vert$",
    "gradient": r"root mean square of $\Vert\nabla f(x_t)\Vert$",
}


def panels(
    runs: list[Trajectory], look: Look, measure: str, against: str
) -> tuple[tuple[Panel, ...], str]:
    """One panel with the measure of each run, and its description. Raises `Unfit`."""
    series = [measured(run, measure) for run in runs]
    every = np.concatenate([np.empty(0), *(part[:, 1] for part in series)])
    if not (np.isfinite(every) & (every > 0)).any():
        raise Unfit(nothing(runs, measure))
    low, high = _reach(series, _POWER[measure])
    q = runs[0].objective
    marks: list[Mark] = []
    if q and q.minimiser is not None:
        marks += _guides(runs, series, _POWER[measure], against)
    labelled, ends = set(), []
    for run, part, role, name in zip(runs, series, roles(runs), run_names(runs), strict=True):
        label = "" if role in labelled else name
        label = label or ("both" if run.law is not None else "")
        labelled.add(role)
        about = _seeds_or_law(run, measure, role, low, against)
        every = np.concatenate([every, *(mark.low for mark in about if isinstance(mark, Spread))])
        marks += about
        points, steps = _with_gaps(part, low), part[:, 0]
        points[:, 0] = placed(run, steps, against)
        marks.append(
            Curve(points, role, 0, label, len(runs) > 12, None if against == "step" else steps)
        )
        ends.append(float(points[part[:, 1] <= high, 0].max(initial=0.0)))
    whole = against == "step" or (against == "epoch" and max(ends) >= 4)
    panel = Panel(
        tuple(marks),
        look.xlim or (0.0, max(ends) or 1.0),
        look.ylim or _range(every[(every >= low) & (every <= high)]),
        TIME_LABELS[against],
        _axis_label(runs, measure),
        log=True,
        steps=True,
        whole=whole,
        note=_note(runs),
    )
    quantity = _WORDS[measure] if q or measure == "gradient" else "f"
    alts = (_alt(run, part[:, 1], quantity) for run, part in zip(runs, series, strict=True))
    text = f"{quantity} against {TIME_PHRASES[against]} on a log axis: "
    return (panel,), text + "; ".join(alts)


def _seeds_or_law(run: Trajectory, measure: str, role: int, low: float, against: str) -> list[Mark]:
    """The bands of many seeds, or the parts of an exact law that the mean and the noise have."""
    if run.law is not None:
        curves: list[Mark] = []
        for dash, part in enumerate(parts(run, measure), start=1):
            steps = times(run, len(part))
            points = _with_gaps(np.column_stack([placed(run, steps, against), part]), low)
            label = "of the mean" if dash == 1 else "of the noise"
            curves.append(Curve(points, role, dash, label, times=steps))
        return curves
    if run.spread is None:
        return []
    heights = values(run.spread, measure)
    heights = np.where(heights >= low, heights, np.where(np.isnan(heights), np.nan, low))
    steps = times(run, len(heights))
    places = placed(run, steps, against)
    bands = [Spread(places, *band(heights, f), role, i) for i, f in enumerate(BAND_FRACTIONS)]
    single = (_with_gaps(np.column_stack([places, y]), low) for y in heights.T[:SINGLE_CURVES])
    return [*bands, *(Curve(y, role, 0, faint=True, times=steps) for y in single)]


def _reach(series: list[Array], power: int) -> tuple[float, float]:
    """The lowest and highest values that the axis may show, so that no run flattens the others."""
    positive = [part[np.isfinite(part[:, 1]) & (part[:, 1] > 0), 1] for part in series]
    positive = [values for values in positive if values.size]
    first = max(float(values[0]) for values in positive)
    high = first * _TALL**power
    if all(values[-1] > high for values in positive):
        high = max(float(values.max()) for values in positive)
    return first * _DEEP**power, high


def _with_gaps(points: Array, low: float) -> Array:
    """The points, with nan where a log axis from `low` up cannot show them."""
    values = points[:, 1]
    return np.column_stack(
        [points[:, 0], np.where(np.isfinite(values) & (values >= low), values, np.nan)]
    )


def _guides(runs: list[Trajectory], series: list[Array], power: int, against: str) -> list[Guide]:
    """The line of slope ρ (or ρ² for f) from the first value, for three optimizers at most.

    None where each step sees a few rows of data: their noise keeps f from falling so.
    """
    starts: dict[int, tuple[str, Trajectory, float, float, float]] = {}
    for run, part, role, name in zip(runs, series, roles(runs), run_names(runs), strict=True):
        rho = (
            stability.factor(run.optimizer, run.objective) if run.optimizer and run.objective else 0
        )
        first = max(float(part[0, 1]), starts[role][3] if role in starts else 0.0)
        drawn = first > 0 and part[-1, 0] > 0 and not run.gradient.startswith("minibatch")
        if rho and np.isfinite(rho) and drawn:
            starts[role] = name, run, rho, first, float(part[-1, 0])
    guides = []
    for name, run, rho, first, last in starts.values() if len(starts) <= 3 else ():
        t = np.linspace(0.0, last, 200)
        with np.errstate(all="ignore"):
            points = _with_gaps(np.column_stack([t, first * rho ** (power * t)]), 0.0)
        points[:, 0] = placed(run, t, against)
        digits = 3 if abs(1 - rho) > 0.01 else 2 + min(int(-np.log10(abs(1 - rho) + 1e-9)), 9)
        factor = rf"${numbers.base_tex(rho, digits)}^{{{power if power > 1 else ''}t}}$"
        label = f"{name}: {factor}" if len(starts) > 1 and name else factor
        guides.append(Guide(points, label))
    return guides


def _range(values: Array) -> tuple[float, float]:
    """Log limits with some room around the values."""
    low, high = float(values.min()), float(values.max())
    room = max((high / low) ** 0.06, 1.3)
    return max(low / room, 1e-300), min(high * room, 1e300)  # ticks are powers of ten too


def _axis_label(runs: list[Trajectory], measure: str) -> str:
    unknown = measure == "gap" and runs[0].objective is None
    if any(run.law is not None for run in runs):
        return _MEAN_AXIS[measure]
    return "$f(x_t)$, its minimum unknown" if unknown else _AXIS[measure]


def _note(runs: list[Trajectory]) -> str:
    """The outcome of a single run that diverges, which its line alone does not show."""
    return _run_text.outcome(runs[0]) if len(runs) == 1 and runs[0].status[0] == "diverged" else ""


def _alt(run: Trajectory, values: Array, quantity: str) -> str:
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return f"{full_name(run)}: {quantity} beyond numbers"
    first, last = (numbers.number(float(values[place])) for place in finite[[0, -1]])
    begin = f"from {first}" + (f" at step {finite[0] * run.stride}" if finite[0] else "")
    return f"{full_name(run)}: {begin} to {last} after {finite[-1] * run.stride} steps"
