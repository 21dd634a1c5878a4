"""The verdict on one optimizer as a sentence that a person understands."""

import numpy as np

from optviz.arrays import norm
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer
from optviz.text.numbers import number
from optviz.text.settings import show
from optviz.theory.verdict._forecast import Forecast
from optviz.theory.verdict._words import direction, directions, factor

_ON_THE_RIDGE = "this start has no part along it, so only rounding sets it off"


def at_rest(objective: Quadratic) -> str:
    """Where ∇f is 0 at the start."""
    if objective.definite == "zero":
        return "f is the same everywhere: nothing moves"
    where = "the minimiser" if objective.minimiser is not None else f"a {summit(objective)}"
    return f"the start is {where} already: nothing moves"


def summit(objective: Quadratic) -> str:
    """What a stationary point is that is no minimum."""
    return "saddle" if objective.definite == "indefinite" else "maximum"


def without_minimum(objective: Quadratic, told: Forecast, away: list[float]) -> str:
    """Where f falls without end; `away` is the slope of f at the start along each eigenvector."""
    values = objective.eigenvalues
    falling = np.flatnonzero(values < 0).tolist()
    if not falling:
        return _along_a_flat_direction(objective, told)
    where, lowest = directions(objective, falling), number(float(values[0]))
    shown = "λ = " if len(falling) == 1 else "λ from "
    said = f"no minimum: f falls without end along {where} ({shown}{lowest})"
    if told.factors is None:
        said += f", and {told.optimizer.rule.title} follows as long as it runs"
    else:
        growth = factor(float(told.factors[falling].max()))
        upto = "" if told.constant else "up to "
        place = "saddle" if values[-1] > 0 else "maximum"
        point = f"the distance to the {place}" if objective.stationary is not None else "x"
        said += f"; no rate is stable, at {_eta(told)} {point} grows there by {upto}{growth} a step"
    if all(away[i] == 0 for i in falling):
        said += f"; {_ON_THE_RIDGE}"
    return said


def _along_a_flat_direction(objective: Quadratic, told: Forecast) -> str:
    """c has a part where Q has none; or the minimum is beyond floats."""
    flat = objective.eigenvalues == 0
    if not flat.any():
        return "its minimum lies beyond floating point"
    vectors = objective.eigenvectors[:, flat]
    slope = vectors @ (vectors.T @ objective.c)
    size = float(norm(slope[None])[0])
    said = f"no minimum: f falls without end where nothing curves, by a slope of {number(size)}"
    if told.factors is None:
        return f"{said}, and {told.optimizer.rule.title} follows as long as it runs"
    pace = told.eta * size * (told.optimizer.rule.asymptotic() or 1.0)
    upto = "" if told.constant else "up to "
    return f"{said}; at {_eta(told)} each step goes {upto}{number(pace)} down it in the end"


def _eta(told: Forecast) -> str:
    if told.constant:
        return number(told.eta)
    return f"its largest rate, {number(told.eta)} (step {told.eta_step}),"


def linear(objective: Quadratic, told: Forecast, tolerance: float) -> str:
    """Of a rule whose every direction keeps a known factor a step, where f has a minimum."""
    assert told.factors is not None
    curved = np.flatnonzero(objective.eigenvalues != 0)
    factors = told.factors[curved]
    worst = float(factors.max())
    if told.eta == 0:
        return "a rate of 0 moves nothing"
    if worst > 1 + 1e-12:
        return _diverging(objective, told, curved[factors > 1 + 1e-12].tolist())
    slowest = curved[factors >= worst - 1e-6].tolist()
    who = _named(objective, slowest)
    if worst >= 1 - 1e-12:
        if told.max_eta is not None and told.eta < 0.999 * told.max_eta:
            return f"stands still: at {_eta(told)} {who} shrinks by less than rounding"
        return f"on the edge: {_limit(told)} is the largest stable rate; {who} never shrinks"
    said = _shrinking(objective, told, tolerance, slowest)
    return said if len(curved) == objective.dim else f"{said}; what is flat stays as it is"


def _shrinking(objective: Quadratic, told: Forecast, tolerance: float, slowest: list[int]) -> str:
    """Of a stable rate: how fast the slowest directions shrink, and what the best would need."""
    assert told.factors is not None
    who, values = _named(objective, slowest), objective.eigenvalues
    worst = float(told.factors[slowest].max())
    plural = len(slowest) == 2 or who.startswith("the flat and")
    verb = "shrink" if plural else "shrinks"
    if not told.constant:
        return (
            f"stable: {_eta(told)} is below {_limit(told)}, the largest stable one; there {who} "
            f"{verb} by {factor(worst)} a step"
        )
    pace = f"{who} {verb} by {factor(worst)} a step, {about(told.steps)} to {number(tolerance)}"
    if worst < 1e-7:
        pace = "it arrives in a single step"
    kappa = number(float(values[-1] / values[values > 0].min()))
    where = "" if values[0] > 0 else " where f curves"
    return f"κ = {kappa}{where}: at {_settings(told)} {pace}{_better(told)}"


def _diverging(objective: Quadratic, told: Forecast, growing: list[int]) -> str:
    assert told.factors is not None
    fastest = max(growing, key=lambda i: float(told.factors[i]))  # type: ignore[index]
    more = f" (and {len(growing) - 1} more grow)" if len(growing) > 1 else ""
    who = direction(objective, fastest)
    growth = factor(float(told.factors[fastest]))
    if told.constant:
        quiet = f"; {_ON_THE_RIDGE}" if told.quiet else ""
        return (
            f"diverges: {number(told.eta)} is above {_limit(told)}, the largest stable rate; "
            f"{who} grows by {growth} a step{more}{quiet}"
        )
    return (
        f"unstable at first: {_eta(told)} is above {_limit(told)}, the largest stable one; {who} "
        f"grows by up to {growth} a step while that lasts{more}"
    )


def _limit(told: Forecast) -> str:
    """The largest stable rate in as many digits as tell it from the rate."""
    assert told.max_eta is not None
    digits = 3
    while digits < 15 and number(told.max_eta, digits) == number(told.eta, digits):
        digits += 3
    return number(told.max_eta, digits)


def _named(objective: Quadratic, slowest: list[int]) -> str:
    """`the flat direction x1`; numbers of directions where there are many."""
    values = objective.eigenvalues
    names = directions(objective, slowest)
    low, high = float(values[values > 0].min()), float(values[-1])
    found = {float(values[i]) for i in slowest}
    if low == high or len(slowest) == objective.dim > 2:
        return names
    if len(found) == 1 and found <= {low, high}:
        return f"the {'flat' if found == {low} else 'steep'} direction {names}"
    if found != {low, high}:
        return names
    return "the flat and the steep direction" + (f" ({names})" if "(" not in names else "")


def _settings(told: Forecast) -> str:
    """`0.4`, or `its best, η = 0.403, β = 0.668,`."""
    if told.best is not None and told.optimizer == told.best:
        return f"its best, {_spelt(told.best)},"
    return number(told.eta)


def _spelt(optimizer: Optimizer) -> str:
    """The settings that matter, in symbols: η = 0.403, β = 0.668."""
    known = optimizer.rule.settings()
    shown = []
    for key, value in optimizer.settings().items():
        if key == "eta" or not known[key].variant:
            symbol = "η" if key == "eta" else known[key].symbol
            shown.append(f"{symbol} = {factor(float(show(value)))}")
    return ", ".join(shown)


def about(steps: float | None) -> str:
    """`about 69 steps`, or `never`."""
    count = max(round(steps), 1) if steps is not None and np.isfinite(steps) else None
    return "never" if count is None else f"about {count} step{'s' if count > 1 else ''}"


def _better(told: Forecast) -> str:
    """What the best settings would need, if that is less."""
    if told.best is None or told.best_steps is None or told.steps is None:
        return ""
    if round(told.best_steps) >= round(told.steps):
        return ""
    return f"; {_spelt(told.best)} would need {max(round(told.best_steps), 1)}"
