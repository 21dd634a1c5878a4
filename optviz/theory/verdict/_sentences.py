"""The verdict on one optimizer as a sentence that a person understands."""

import numpy as np

from optviz.arrays import norm
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer
from optviz.text.numbers import number
from optviz.text.settings import show
from optviz.theory.verdict._forecast import Forecast
from optviz.theory.verdict._phrases import direction, directions, factor

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


def without_minimum(objective: Quadratic, forecast: Forecast, away: list[float]) -> str:
    """Where f falls without end; `away` is the slope of f at the start along each eigenvector."""
    values = objective.eigenvalues
    falling = np.flatnonzero(values < 0).tolist()
    if not falling:
        return _along_a_flat_direction(objective, forecast)
    where, lowest = directions(objective, falling), number(float(values[0]))
    shown = "λ = " if len(falling) == 1 else "λ from "
    sentence = f"no minimum: f falls without end along {where} ({shown}{lowest})"
    if forecast.factors is None:
        sentence += f", and {forecast.optimizer.rule.title} follows as long as it runs"
    else:
        growth = factor(float(forecast.factors[falling].max()))
        upto = "" if forecast.constant else "up to "
        place = "saddle" if values[-1] > 0 else "maximum"
        point = f"the distance to the {place}" if objective.stationary is not None else "x"
        sentence += (
            f"; no rate is stable, at {_eta(forecast)} {point} grows there by {upto}{growth} a step"
        )
    if all(away[i] == 0 for i in falling):
        sentence += f"; {_ON_THE_RIDGE}"
    return sentence


def _along_a_flat_direction(objective: Quadratic, forecast: Forecast) -> str:
    """c has a part where Q has none; or the minimum is beyond floats."""
    flat = objective.eigenvalues == 0
    if not flat.any():
        return "its minimum lies beyond floating point"
    vectors = objective.eigenvectors[:, flat]
    slope = vectors @ (vectors.T @ objective.c)
    size = float(norm(slope[None])[0])
    sentence = f"no minimum: f falls without end where nothing curves, by a slope of {number(size)}"
    if forecast.factors is None:
        return f"{sentence}, and {forecast.optimizer.rule.title} follows as long as it runs"
    pace = forecast.eta * size * (forecast.optimizer.rule.asymptotic() or 1.0)
    upto = "" if forecast.constant else "up to "
    return f"{sentence}; at {_eta(forecast)} each step goes {upto}{number(pace)} down it in the end"


def _eta(forecast: Forecast) -> str:
    if forecast.constant:
        return number(forecast.eta)
    return f"its largest rate, {number(forecast.eta)} (step {forecast.eta_step}),"


def clipped(optimizer: Optimizer) -> str:
    """Of a rule whose gradients are clipped where f has a minimum."""
    by_norm = optimizer.rule.clip is not None
    part, limit = ("‖∇f‖", optimizer.rule.clip) if by_norm else ("|∂f|", optimizer.rule.clip_value)
    assert isinstance(limit, float)
    return (
        f"clips the gradient where {part} is above {number(limit)}, and no formula tells where "
        "that ends; below it goes as without clipping"
    )


def linear(objective: Quadratic, forecast: Forecast, tolerance: float) -> str:
    """Of a rule whose every direction keeps a known factor a step, where f has a minimum."""
    assert forecast.factors is not None
    curved = np.flatnonzero(objective.eigenvalues != 0)
    factors = forecast.factors[curved]
    worst = float(factors.max())
    if forecast.eta == 0:
        return "a rate of 0 moves nothing"
    if worst > 1 + 1e-12:
        return _diverging(objective, forecast, curved[factors > 1 + 1e-12].tolist())
    slowest = curved[factors >= worst - 1e-6].tolist()
    modes = _named(objective, slowest)
    if worst >= 1 - 1e-12:
        if forecast.max_eta is not None and forecast.eta < 0.999 * forecast.max_eta:
            return f"stands still: at {_eta(forecast)} {modes} shrinks by less than rounding"
        return f"on the edge: {_limit(forecast)} is the largest stable rate; {modes} never shrinks"
    sentence = _shrinking(objective, forecast, tolerance, slowest)
    return sentence if len(curved) == objective.dim else f"{sentence}; what is flat stays as it is"


def _shrinking(
    objective: Quadratic, forecast: Forecast, tolerance: float, slowest: list[int]
) -> str:
    """Of a stable rate: how fast the slowest directions shrink, and what the best would need."""
    assert forecast.factors is not None
    modes, values = _named(objective, slowest), objective.eigenvalues
    worst = float(forecast.factors[slowest].max())
    plural = len(slowest) == 2 or modes.startswith("the flat and")
    verb = "shrink" if plural else "shrinks"
    if not forecast.constant:
        return (
            f"stable: {_eta(forecast)} is below {_limit(forecast)}, the largest stable one; there "
            f"{modes} {verb} by {factor(worst)} a step"
        )
    pace = (
        f"{modes} {verb} by {factor(worst)} a step, {about(forecast.steps)} to {number(tolerance)}"
    )
    if worst < 1e-7:
        pace = "it arrives in a single step"
    kappa = number(float(values[-1] / values[values > 0].min()))
    where = "" if values[0] > 0 else " where f curves"
    return f"κ = {kappa}{where}: at {_settings(forecast)} {pace}{_better(forecast)}"


def _diverging(objective: Quadratic, forecast: Forecast, growing: list[int]) -> str:
    assert forecast.factors is not None
    fastest = max(growing, key=lambda i: float(forecast.factors[i]))  # type: ignore[index]
    more = f" (and {len(growing) - 1} more grow)" if len(growing) > 1 else ""
    modes = direction(objective, fastest)
    growth = factor(float(forecast.factors[fastest]))
    if forecast.constant:
        quiet = f"; {_ON_THE_RIDGE}" if forecast.quiet else ""
        return (
            f"diverges: {number(forecast.eta)} is above {_limit(forecast)}, the largest stable "
            f"rate; {modes} grows by {growth} a step{more}{quiet}"
        )
    return (
        f"unstable at first: {_eta(forecast)} is above {_limit(forecast)}, the largest stable one; "
        f"{modes} grows by up to {growth} a step while that lasts{more}"
    )


def _limit(forecast: Forecast) -> str:
    """The largest stable rate in as many digits as tell it from the rate."""
    assert forecast.max_eta is not None
    digits = 3
    while digits < 15 and number(forecast.max_eta, digits) == number(forecast.eta, digits):
        digits += 3
    return number(forecast.max_eta, digits)


def _named(objective: Quadratic, slowest: list[int]) -> str:
    """`the flat direction x1`; numbers of directions where there are many."""
    values = objective.eigenvalues
    names = directions(objective, slowest)
    low, high = float(values[values > 0].min()), float(values[-1])
    sizes = {float(values[i]) for i in slowest}
    if low == high or len(slowest) == objective.dim > 2:
        return names
    if len(sizes) == 1 and sizes <= {low, high}:
        return f"the {'flat' if sizes == {low} else 'steep'} direction {names}"
    if sizes != {low, high}:
        return names
    return "the flat and the steep direction" + (f" ({names})" if "(" not in names else "")


def _settings(forecast: Forecast) -> str:
    """`0.4`, or `its best, η = 0.403, β = 0.668,`."""
    if forecast.best is not None and forecast.optimizer == forecast.best:
        return f"its best, {_spelt(forecast.best)},"
    return number(forecast.eta)


def _spelt(optimizer: Optimizer) -> str:
    """The settings that matter, in symbols: η = 0.403, β = 0.668."""
    meanings = optimizer.rule.settings()
    shown = []
    for key, value in optimizer.settings().items():
        if key == "eta" or not meanings[key].variant:
            symbol = "η" if key == "eta" else meanings[key].symbol
            shown.append(f"{symbol} = {factor(float(show(value)))}")
    return ", ".join(shown)


def about(steps: float | None) -> str:
    """`about 69 steps`, or `never`."""
    count = max(round(steps), 1) if steps is not None and np.isfinite(steps) else None
    return "never" if count is None else f"about {count} step{'s' if count > 1 else ''}"


def _better(forecast: Forecast) -> str:
    """What the best settings would need, if that is less."""
    if forecast.best is None or forecast.best_steps is None or forecast.steps is None:
        return ""
    if round(forecast.best_steps) >= round(forecast.steps):
        return ""
    return f"; {_spelt(forecast.best)} would need {max(round(forecast.best_steps), 1)}"
