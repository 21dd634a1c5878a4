"""Judging: the objective's own facts, and a forecast of each optimizer with its sentence."""

import math
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Objective, Quadratic
from optviz.optimizers import Optimizer, Setup
from optviz.phrases import say
from optviz.schedules import Constant
from optviz.theory import stability
from optviz.theory.verdict import _digits, _sentences
from optviz.theory.verdict._features import Features
from optviz.theory.verdict._forecast import Forecast, predict
from optviz.theory.verdict._phrases import vector
from optviz.theory.verdict._spectrum import Disc, Spectrum


@dataclass(frozen=True, eq=False)
class Verdict:
    """What is known of an objective, and of optimizers that start at `start` (dim,), before a run.

    `steps` are those a run would have, `tolerance` the share of f − f* at which it is done.
    """

    objective: Quadratic
    start: Array
    steps: int
    tolerance: float
    forecasts: tuple[Forecast, ...]

    @property
    def spectrum(self) -> Spectrum:
        """What Q and c say of themselves."""
        return Spectrum(self.objective)

    @property
    def features(self) -> Features | None:
        """What the features of a data set have to do with it."""
        return Features.of(self.objective)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; what is not finite, or does not exist, is None.

        With the digits that are certain: see `_digits`.
        """
        q, s, one = self.objective, self.spectrum, _digits.unit(self.objective)
        largest, all_of = float(np.abs(q.eigenvalues).max()), _digits.conditioned(q.kappa, one)
        vectors = [
            _digits.certain(vector(q, i), min(one / gap, 0.05))
            for i, gap in enumerate(_digits.gaps(q).tolist())
        ]
        with np.errstate(all="ignore"):
            blurred = np.minimum(one * largest * s.sensitivity, 0.05) * s.sensitivity
        of_data = one if q.data else 0.0
        return {
            "objective": q.text,
            "Q": _digits.relative(q.Q, of_data),
            "c": _digits.relative(q.c, of_data),
            "b": _digits.relative(q.b, of_data),
            "eigenvalues": _digits.certain(q.eigenvalues, one * largest),
            "eigenvectors": vectors,
            "kappa": plain(_digits.relative(q.kappa, all_of)),
            "definite": q.definite,
            "minimiser": _place(q.minimiser, all_of),
            "minimum": _digits.relative(q.minimum, all_of),
            "stationary": _place(q.stationary, all_of),
            "sensitivity": _digits.certain(s.sensitivity, blurred),
            "kappa_diagonal": plain(
                _digits.relative(s.kappa_diagonal, _digits.conditioned(s.kappa_diagonal, one))
            ),
            "kappa_exact": s.kappa_exact,
            "gershgorin": _digits.relative(_circles(s.discs), of_data),
            "gershgorin_diagonal": _digits.relative(_circles(s.discs_diagonal), one),
            **self._features(),
            "start": self.start.tolist(),
            "tolerance": self.tolerance,
            "optimizers": [_plain(f, all_of, _digits.rate(q)) for f in self.forecasts],
        }

    def rounded(self, forecast: Forecast) -> Optimizer:
        """The optimizer in which the settings that theory chose keep only certain digits."""
        q = self.objective
        error = _digits.conditioned(q.kappa, _digits.unit(q))
        return _digits.rounded(forecast.optimizer, error, _digits.rate(q))

    def _features(self) -> dict[str, Any]:
        if self.features is None:
            return {}
        apart = float(_digits.gaps(self.objective)[[0, -1]].min())
        error = min(_digits.unit(self.objective) / apart, 0.05)
        return {"features": _digits.certain(self.features.as_dict(), error)}


def plain(value: Any) -> Any:
    """Numbers and lists of numbers, with None for what is not finite."""
    if isinstance(value, np.ndarray):
        return [plain(part) for part in value.tolist()]
    return value if isinstance(value, float | int) and math.isfinite(value) else None


def _circles(discs: tuple[Disc, ...] | None) -> list[dict[str, float]] | None:
    return None if discs is None else [disc._asdict() for disc in discs]


def _place(point: Array | None, error: float) -> Any:
    """A point whose coordinates are as uncertain as the largest of them."""
    return None if point is None else _digits.certain(point, error * np.abs(point).max())


def _plain(f: Forecast, error: float, of_rates: float) -> dict[str, Any]:
    """With so large an error, relative, and that of rates; of very many steps it is larger."""
    rounded = _digits.rounded(f.optimizer, error, of_rates)
    eta = stability.constant(rounded)
    numbers = {
        "optimizer": str(rounded),
        "at": {"eta": f.eta if eta is None else eta, **_numbers(rounded)},
        "max_eta": plain(f.max_eta),
        "best": None,
        "rate": plain(f.factor),
        "steps": plain(f.steps),
        "best_rate": plain(f.best_factor),
        "best_steps": plain(f.best_steps),
        "applied": plain(f.applied),
        "needed": plain(f.needed),
        "ceilings": plain(f.ceilings),
        "outlook": {key: plain(value) for key, value in f.facts.items()},
        "verdict": f.verdict,
    }
    exact = {key: numbers[key] for key in ("optimizer", "at")}
    entry: dict[str, Any] = _digits.relative(numbers, error) | exact
    entry["max_eta"] = _digits.relative(numbers["max_eta"], of_rates)
    for key in ("rate", "best_rate"):
        entry[key] = _digits.factor(numbers[key], error)
    for key in ("steps", "best_steps"):
        entry[key] = _digits.steps(numbers[key], error)
    if f.best:
        entry["best"] = {"eta": _digits.relative(stability.constant(f.best), of_rates)} | {
            key: _digits.setting(f.best.rule, key, value, error)
            for key, value in _numbers(f.best).items()
        }
    return entry


def _numbers(optimizer: Optimizer) -> dict[str, Any]:
    """The settings but the rate that the text form prints."""
    settings = optimizer.settings().items()
    return {k: v if isinstance(v, float | int | str) else str(v) for k, v in settings if k != "eta"}


@np.errstate(all="ignore")
def at_best(optimizer: Optimizer, objective: Objective, fixed: Set[str]) -> Optimizer:
    """The optimizer with the settings that are not `fixed` at their best, where that is known.

    The rate is filled in if it is not among these; the others too if none of them is.
    """
    if "eta" in fixed:
        return optimizer
    if not fixed & set(optimizer.rule.settings()):
        best = stability.best(optimizer.rule, objective)
        return replace(best, dialect=optimizer.dialect) if best else optimizer
    eta = stability.best_rate(optimizer.rule, objective)
    return optimizer if eta is None else replace(optimizer, schedule=Constant(eta))


@np.errstate(all="ignore")
def judge(
    objective: Objective,
    optimizers: list[Optimizer],
    start: Array,
    steps: int = 20,
    tolerance: float = 1e-6,
) -> Verdict:
    """The verdict on the objective and on each optimizer that sets out from `start` (dim,).

    Raises `Unfit` for an objective that is not quadratic.
    """
    q = objective.quadratic_for("a verdict")
    forecasts = [_judged(q, o, start, steps, tolerance) for o in optimizers]
    return Verdict(q, start, steps, tolerance, tuple(forecasts))


def _judged(
    q: Quadratic, optimizer: Optimizer, start: Array, steps: int, tolerance: float
) -> Forecast:
    forecast = predict(q, optimizer, start, steps, tolerance)
    with np.errstate(all="ignore"):
        grad = q.grad(start)
        if not grad.any():
            rest = partial(_sentences.at_rest, q)
            return replace(forecast, quiet=True, steps=0.0, sentence=rest)
        slopes = q.eigenvectors.T @ grad
        if forecast.factors is not None:
            forecast = replace(forecast, quiet=not slopes[forecast.factors > 1 + 1e-12].any())
        if q.minimiser is None:
            falls = partial(_sentences.without_minimum, q, forecast, slopes.tolist())
            return replace(forecast, sentence=falls)
        if forecast.factors is not None:
            return replace(forecast, sentence=partial(_sentences.linear, q, forecast, tolerance))
        if forecast.eta == 0:
            return replace(forecast, sentence=partial(say, "verdict rate of 0"))
        if optimizer.moves_momentum:
            return replace(forecast, sentence=partial(say, "verdict moving momentum"))
        if optimizer.rule.clips:
            return replace(forecast, sentence=partial(_sentences.clipped, optimizer))
        diagonal = q.diagonal
        away = start - q.minimiser
        away = np.where(grad == 0, 0.0, away) if diagonal else away  # what is flat stays
        setup = Setup(forecast.eta, np.diag(q.Q), away, grad, steps, tolerance, diagonal)
        own = optimizer.rule.forecast(setup)
    count = own.facts.get("steps")
    return replace(
        forecast,
        facts=own.facts,
        sentence=partial(_sentences.foretold, forecast, own),
        steps=float(count) if isinstance(count, float) else None,
    )
