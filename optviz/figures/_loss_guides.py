"""Theory in `loss`: the factor a step that an optimizer keeps of the distance, as a line."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.figures._log_steps import samples
from optviz.figures._loss_axes import placed
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._trajectory_kind import roles
from optviz.phrases import say
from optviz.scene import Guide
from optviz.text import numbers
from optviz.theory import stability
from optviz.walks.trajectory import Trajectory

POWER = {"gap": 2, "distance": 1, "gradient": 1}  # of the distance, near the minimum
_LINES = 3  # optimizers beyond which their lines would hide the curves


class Theory(NamedTuple):
    """An optimizer's run, ρ, and the first value and last step of its curve.

    `bound` says that ρ² is the most that a step leaves of f − f*; else ρ is its part in the end.
    """

    run: Trajectory
    rho: float
    first: float
    last: float
    bound: bool


def theories(runs: list[Trajectory], series: list[Array], *, of_f: bool) -> list[Theory]:
    """One for each optimizer with a known factor, from its highest start; [] for many of them.

    None where each step sees a few rows of data: their noise keeps f from falling so. A bound
    holds where the series are `of_f`.
    """
    known: dict[int, Theory] = {}
    for run, part, role in zip(runs, series, roles(runs), strict=True):
        rho, bound = _factor(run, of_f)
        first = max(float(part[0, 1]), known[role].first if role in known else 0.0)
        drawn = first > 0 and part[-1, 0] > 0 and not run.gradient.startswith("minibatch")
        if rho and np.isfinite(rho) and drawn:
            known[role] = Theory(run, rho, first, float(part[-1, 0]), bound)
    return list(known.values()) if len(known) <= _LINES else []


def _factor(run: Trajectory, of_f: bool) -> tuple[float | None, bool]:
    """The factor of a run, or the root of its bound for f, and whether it is that."""
    f = run.objective
    if not run.optimizer or not f or f.minimiser is None:
        return None, False
    rho = stability.factor(run.optimizer, f)
    exact = run.gradient == "exact"
    if rho is None and of_f and exact and (most := stability.bound(run.optimizer, f)) is not None:
        return most**0.5, True
    return rho, False


def guides(known: list[Theory], power: int, against: str, *, xlog: bool) -> list[Guide]:
    """The line of slope ρ (or ρ² for f) from the first value, with its formula as its name."""
    marks: list[Guide] = []
    for run, rho, first, last, bound in known:
        t = samples(last, xlog)
        with np.errstate(all="ignore"):
            heights = first * rho ** (power * t)
        points = np.column_stack([placed(run, t, against), heights])
        points[~np.isfinite(heights), 1] = np.nan
        mark = Guide(
            points,
            say("at most factor", factor=_formula(rho, power)) if bound else _formula(rho, power),
        )
        if not any(np.array_equal(mark.points, m.points, equal_nan=True) for m in marks):
            marks.append(mark)
    return marks


def _formula(rho: float, power: int) -> str:
    """`0.92^{2t}`, in as many digits as tell the factor from 1."""
    digits = 3 if abs(1 - rho) > 0.01 else 2 + min(int(-np.log10(abs(1 - rho) + 1e-9)), 9)
    return rf"${numbers.base_tex(rho, digits)}^{{{power if power > 1 else ''}t}}$"


def descriptions(known: list[Theory], power: int, *, named: bool) -> list[str]:
    """The lines for the alt text, with the names of several optimizers."""
    factors = [numbers.number(theory.rho**power, 4) for theory in known]
    return [
        say(
            "theory bound" if theory.bound else "theory of",
            name=optimizer_name(theory.run.optimizer),
            factor=factor,
        )
        if (named or theory.bound) and theory.run.optimizer
        else say("theory", factor=factor)
        for theory, factor in zip(known, factors, strict=True)
    ]
