"""The verdict on one optimizer as a sentence that a person understands."""

import numpy as np

from optviz.arrays import norm
from optviz.objectives import Quadratic
from optviz.optimizers import Forecast as Foretold
from optviz.optimizers import Optimizer
from optviz.phrases import named, say, translated
from optviz.text.numbers import number
from optviz.text.settings import show
from optviz.theory.verdict._forecast import Forecast
from optviz.theory.verdict._phrases import direction, directions, factor, listed


def at_rest(objective: Quadratic) -> str:
    """Where ∇f is 0 at the start."""
    if objective.definite == "zero":
        return say("verdict constant")
    if objective.minimiser is not None:
        return say("verdict starts at minimum")
    saddle = objective.definite == "indefinite"
    return say("verdict starts at saddle" if saddle else "verdict starts at maximum")


def without_minimum(objective: Quadratic, forecast: Forecast, away: list[float]) -> str:
    """Where f falls without end; `away` is the slope of f at the start along each eigenvector."""
    values = objective.eigenvalues
    falling = np.flatnonzero(values < 0).tolist()
    if not falling:
        return _along_a_flat_direction(objective, forecast)
    where, lowest = directions(objective, falling), number(float(values[0]))
    sentence = say("verdict no minimum", where=where, value=lowest, count=len(falling))
    if forecast.factors is None:
        sentence = _following(sentence, forecast)
    else:
        growth = _up_to(forecast, factor(float(forecast.factors[falling].max())))
        point = "x"
        if objective.stationary is not None:
            point = say("verdict from saddle" if values[-1] > 0 else "verdict from maximum")
        sentence = say(
            "verdict no rate", sentence=sentence, eta=_eta(forecast), point=point, growth=growth
        )
    return _on_the_ridge(sentence, quiet=all(away[i] == 0 for i in falling))


def _following(sentence: str, forecast: Forecast) -> str:
    return say("verdict follows", sentence=sentence, name=named(forecast.optimizer.rule.title))


def _on_the_ridge(sentence: str, *, quiet: bool) -> str:
    return say("verdict ridge", sentence=sentence) if quiet else sentence


def _up_to(forecast: Forecast, text: str) -> str:
    """What grows, or falls, by at most so much where the rate is that of a schedule."""
    return text if forecast.constant else say("verdict up to", value=text)


def _along_a_flat_direction(objective: Quadratic, forecast: Forecast) -> str:
    """c has a part where Q has none; or the minimum is beyond floats."""
    flat = objective.eigenvalues == 0
    if not flat.any():
        return say("verdict beyond floats")
    vectors = objective.eigenvectors[:, flat]
    slope = vectors @ (vectors.T @ objective.c)
    size = float(norm(slope[None])[0])
    sentence = say("verdict slope", value=number(size))
    if forecast.factors is None:
        return _following(sentence, forecast)
    pace = number(forecast.eta * size * (forecast.optimizer.rule.asymptotic() or 1.0))
    value = _up_to(forecast, pace)
    return say("verdict down the slope", sentence=sentence, eta=_eta(forecast), value=value)


def _eta(forecast: Forecast) -> str:
    if forecast.constant:
        return say("verdict rate", eta=number(forecast.eta))
    return say("verdict largest rate", eta=number(forecast.eta), step=forecast.eta_step)


def foretold(forecast: Forecast, own: Foretold) -> str:
    """Of a rule that has a sentence of its own, with its facts in it."""
    facts = {key: listed(value) for key, value in own.facts.items()}
    sentence = translated(own.sentence).format(**facts)
    if forecast.constant:
        return sentence
    return say("verdict rate kept", eta=_eta(forecast), sentence=sentence)


def clipped(optimizer: Optimizer) -> str:
    """Of a rule whose gradients are clipped where f has a minimum."""
    by_norm = optimizer.rule.clip is not None
    part, limit = ("‖∇f‖", optimizer.rule.clip) if by_norm else ("|∂f|", optimizer.rule.clip_value)
    assert isinstance(limit, float)
    return say("verdict clipped", part=part, limit=number(limit))


def linear(objective: Quadratic, forecast: Forecast, tolerance: float) -> str:
    """Of a rule whose every direction keeps a known factor a step, where f has a minimum."""
    assert forecast.factors is not None
    curved = np.flatnonzero(objective.eigenvalues != 0)
    factors = forecast.factors[curved]
    worst = float(factors.max())
    if forecast.eta == 0:
        return say("verdict rate of 0")
    if worst > 1 + 1e-12:
        return _diverging(objective, forecast, curved[factors > 1 + 1e-12].tolist())
    slowest = curved[factors >= worst - 1e-6].tolist()
    modes = _named(objective, slowest)
    if worst >= 1 - 1e-12:
        if forecast.max_eta is not None and forecast.eta < 0.999 * forecast.max_eta:
            return say("verdict stands still", eta=_eta(forecast), modes=modes)
        return say("verdict edge", limit=_limit(forecast), modes=modes)
    sentence = _shrinking(objective, forecast, tolerance, slowest)
    return sentence if len(curved) == objective.dim else say("verdict flat", sentence=sentence)


def _shrinking(
    objective: Quadratic, forecast: Forecast, tolerance: float, slowest: list[int]
) -> str:
    """Of a stable rate: how fast the slowest directions shrink, and what the best would need."""
    assert forecast.factors is not None
    values, worst = objective.eigenvalues, float(forecast.factors[slowest].max())
    subject: dict[str, object] = {
        "modes": _named(objective, slowest),
        "count": 2 if len(slowest) == 2 or _are_both_ends(objective, slowest) else 1,
        "factor": factor(worst),
    }
    if not forecast.constant:
        return say("verdict stable", eta=_eta(forecast), limit=_limit(forecast), **subject)
    steps = about(forecast.steps)
    pace = say("verdict shrinks", steps=steps, tolerance=number(tolerance), **subject)
    if worst < 1e-7:
        pace = say("verdict single step")
    kappa = number(float(values[-1] / values[values > 0].min()))
    key = "verdict kappa" if values[0] > 0 else "verdict kappa where curved"
    sentence = say(key, kappa=kappa, settings=_settings(forecast), pace=pace)
    return _better(sentence, forecast)


def _diverging(objective: Quadratic, forecast: Forecast, growing: list[int]) -> str:
    assert forecast.factors is not None
    fastest = max(growing, key=lambda i: float(forecast.factors[i]))  # type: ignore[index]
    sentence = say(
        "verdict diverges" if forecast.constant else "verdict unstable",
        eta=_eta(forecast),
        limit=_limit(forecast),
        modes=direction(objective, fastest),
        growth=factor(float(forecast.factors[fastest])),
    )
    if len(growing) > 1:
        sentence = say("verdict more grow", sentence=sentence, count=len(growing) - 1)
    return _on_the_ridge(sentence, quiet=forecast.constant and forecast.quiet)


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
    low, high = _ends(objective)
    sizes = {float(values[i]) for i in slowest}
    if low == high or len(slowest) == objective.dim > 2:
        return names
    if len(sizes) == 1 and sizes <= {low, high}:
        key = "verdict flat direction" if sizes == {low} else "verdict steep direction"
        return say(key, name=names)
    if not _are_both_ends(objective, slowest):
        return names
    return say("verdict both ends" if "(" in names else "verdict both ends named", names=names)


def _ends(objective: Quadratic) -> tuple[float, float]:
    """The least eigenvalue above 0, and the largest."""
    values = objective.eigenvalues
    return float(values[values > 0].min()), float(values[-1])


def _are_both_ends(objective: Quadratic, slowest: list[int]) -> bool:
    """Whether they are of the least and of the largest eigenvalue, of several that differ."""
    ends = set(_ends(objective))
    everything = len(slowest) == objective.dim > 2
    return (
        len(ends) == 2
        and not everything
        and ends == {float(objective.eigenvalues[i]) for i in slowest}
    )


def _settings(forecast: Forecast) -> str:
    """`0.4`, or `its best, η = 0.403, β = 0.668,`."""
    if forecast.best is not None and forecast.optimizer == forecast.best:
        return say("verdict best", settings=_spelt(forecast.best))
    return _eta(forecast)


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
    return say("verdict never") if count is None else say("verdict steps", count=count)


def _better(sentence: str, forecast: Forecast) -> str:
    """With what the best settings would need, if that is less."""
    if forecast.best is None or forecast.best_steps is None or forecast.steps is None:
        return sentence
    if round(forecast.best_steps) >= round(forecast.steps):
        return sentence
    count, settings = max(round(forecast.best_steps), 1), _spelt(forecast.best)
    return say("verdict better", sentence=sentence, settings=settings, count=count)
