"""Curves of f − f*, distance or gradient norm, with the predicted rate, as the panel of `loss`."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _loss_axis, _run_text
from optviz.figures._loss_measures import measured, nothing, parts, times, values
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
    runs: list[Trajectory], look: Look, which: str, against: str
) -> tuple[tuple[Panel, ...], str]:
    """One panel of the measure `which` of each run, and what it shows in words. Raises `Unfit`."""
    series = [measured(run, which) for run in runs]
    every = np.concatenate([np.empty(0), *(part[:, 1] for part in series)])
    if not (np.isfinite(every) & (every > 0)).any():
        raise Unfit(nothing(runs, which))
    low, high = _reach(series, _POWER[which])
    q = runs[0].objective
    marks: list[Mark] = []
    if q and q.minimiser is not None:
        marks += _guides(runs, series, _POWER[which], against)
    seen, ends = set(), []
    for run, part, role, name in zip(runs, series, roles(runs), run_names(runs), strict=True):
        label = "" if role in seen else name
        label = label or ("both" if run.law is not None else "")
        seen.add(role)
        about = _about(run, which, role, low, against)
        every = np.concatenate([every, *(mark.low for mark in about if isinstance(mark, Spread))])
        marks += about
        points, steps = _drawn(part, low), part[:, 0]
        points[:, 0] = _loss_axis.placed(run, steps, against)
        marks.append(
            Curve(points, role, 0, label, len(runs) > 12, None if against == "step" else steps)
        )
        ends.append(float(points[part[:, 1] <= high, 0].max(initial=0.0)))
    whole = against == "step" or (against == "epoch" and max(ends) >= 4)
    panel = Panel(
        tuple(marks),
        look.xlim or (0.0, max(ends) or 1.0),
        look.ylim or _range(every[(every >= low) & (every <= high)]),
        _loss_axis.LABELS[against],
        _axis(runs, which),
        log=True,
        steps=True,
        whole=whole,
        note=_note(runs),
    )
    what = _WORDS[which] if q or which == "gradient" else "f"
    alts = (_alt(run, part[:, 1], what) for run, part in zip(runs, series, strict=True))
    told = f"{what} against {_loss_axis.WORDS[against]} on a log axis: "
    return (panel,), told + "; ".join(alts)


def _about(run: Trajectory, which: str, role: int, low: float, against: str) -> list[Mark]:
    """Bands of many seeds; of an exact law what the mean and what the noise has of it."""
    if run.law is not None:
        found: list[Mark] = []
        for dash, part in enumerate(parts(run, which), start=1):
            steps = times(run, len(part))
            points = _drawn(np.column_stack([_loss_axis.placed(run, steps, against), part]), low)
            label = "of the mean" if dash == 1 else "of the noise"
            found.append(Curve(points, role, dash, label, times=steps))
        return found
    if run.spread is None:
        return []
    seen = values(run.spread, which)
    seen = np.where(seen >= low, seen, np.where(np.isnan(seen), np.nan, low))
    steps = times(run, len(seen))
    places = _loss_axis.placed(run, steps, against)
    bands = [Spread(places, *band(seen, share), role, i) for i, share in enumerate(BAND_FRACTIONS)]
    single = (_drawn(np.column_stack([places, y]), low) for y in seen.T[:SINGLE_CURVES])
    return [*bands, *(Curve(y, role, 0, faint=True, times=steps) for y in single)]


def _reach(series: list[Array], power: int) -> tuple[float, float]:
    """What the axis may show at most: not so deep or so tall that it would show one run alone."""
    known = [part[np.isfinite(part[:, 1]) & (part[:, 1] > 0), 1] for part in series]
    known = [values for values in known if values.size]
    first = max(float(values[0]) for values in known)
    high = first * _TALL**power
    if all(values[-1] > high for values in known):
        high = max(float(values.max()) for values in known)
    return first * _DEEP**power, high


def _drawn(points: Array, low: float) -> Array:
    """The points with a gap where a log axis has no place for them."""
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
    found = []
    for name, run, rho, first, last in starts.values() if len(starts) <= 3 else ():
        t = np.linspace(0.0, last, 200)
        with np.errstate(all="ignore"):
            points = _drawn(np.column_stack([t, first * rho ** (power * t)]), 0.0)
        points[:, 0] = _loss_axis.placed(run, t, against)
        digits = 3 if abs(1 - rho) > 0.01 else 2 + min(int(-np.log10(abs(1 - rho) + 1e-9)), 9)
        factor = rf"${numbers.base_tex(rho, digits)}^{{{power if power > 1 else ''}t}}$"
        label = f"{name}: {factor}" if len(starts) > 1 and name else factor
        found.append(Guide(points, label))
    return found


def _range(values: Array) -> tuple[float, float]:
    """Log limits with some room around the values."""
    low, high = float(values.min()), float(values.max())
    room = max((high / low) ** 0.06, 1.3)
    return max(low / room, 1e-300), min(high * room, 1e300)  # ticks are powers of ten too


def _axis(runs: list[Trajectory], which: str) -> str:
    unknown = which == "gap" and runs[0].objective is None
    if any(run.law is not None for run in runs):
        return _MEAN_AXIS[which]
    return "$f(x_t)$, its minimum unknown" if unknown else _AXIS[which]


def _note(runs: list[Trajectory]) -> str:
    """How a single run ended, where the line itself cannot say so."""
    return _run_text.outcome(runs[0]) if len(runs) == 1 and runs[0].status[0] == "diverged" else ""


def _alt(run: Trajectory, values: Array, what: str) -> str:
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return f"{full_name(run)}: {what} beyond numbers"
    first, last = (numbers.number(float(values[place])) for place in known[[0, -1]])
    said = f"from {first}" + (f" at step {known[0] * run.stride}" if known[0] else "")
    return f"{full_name(run)}: {said} to {last} after {known[-1] * run.stride} steps"
