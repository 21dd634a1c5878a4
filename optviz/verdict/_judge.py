"""Judging: the objective's own facts, and a forecast of each optimizer with its sentence."""

import math
from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optviz import theory
from optviz.arrays import Array
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer, Prospect
from optviz.schedules import Constant
from optviz.verdict import _sentences
from optviz.verdict._features import Features
from optviz.verdict._forecast import Forecast, forecast
from optviz.verdict._spectrum import Disc, Spectrum
from optviz.verdict._words import listed, vector


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
        """Plain data for JSON; what is not finite, or does not exist, is None."""
        q, s = self.objective, self.spectrum
        features = {"features": self.features.as_dict()} if self.features else {}
        return {
            "objective": q.text, "Q": q.Q.tolist(), "c": q.c.tolist(), "b": q.b,
            "eigenvalues": q.eigenvalues.tolist(),
            "eigenvectors": [vector(q, i).tolist() for i in range(q.dim)],
            "kappa": plain(q.kappa), "definite": q.definite,
            "minimiser": plain(q.minimiser), "minimum": plain(q.minimum),
            "stationary": plain(q.stationary), "sensitivity": plain(s.sensitivity),
            "kappa_diagonal": plain(s.kappa_diagonal), "kappa_exact": s.kappa_exact,
            "gershgorin": _circles(s.discs), "gershgorin_diagonal": _circles(s.discs_diagonal),
            **features, "start": self.start.tolist(), "tolerance": self.tolerance,
            "optimizers": [_told(forecast) for forecast in self.forecasts],
        }  # fmt: skip


def plain(value: Any) -> Any:
    """Numbers and lists of numbers, with None for what is not finite."""
    if isinstance(value, np.ndarray):
        return [plain(part) for part in value.tolist()]
    return value if isinstance(value, float | int) and math.isfinite(value) else None


def _circles(discs: tuple[Disc, ...] | None) -> list[dict[str, float]] | None:
    return None if discs is None else [disc._asdict() for disc in discs]


def _told(f: Forecast) -> dict[str, Any]:
    best = {"eta": theory.constant(f.best), **_numbers(f.best)} if f.best else None
    return {
        "optimizer": str(f.optimizer), "at": {"eta": f.eta, **_numbers(f.optimizer)},
        "max_eta": plain(f.max_eta), "best": best,
        "rate": plain(f.factor), "steps": plain(f.steps),
        "best_rate": plain(f.best_factor), "best_steps": plain(f.best_steps),
        "applied": plain(f.applied), "needed": plain(f.needed), "ceilings": plain(f.ceilings),
        "outlook": {key: plain(value) for key, value in f.facts.items()},
        "verdict": f.verdict,
    }  # fmt: skip


def _numbers(optimizer: Optimizer) -> dict[str, Any]:
    """The settings but the rate that the text form prints."""
    found = optimizer.settings().items()
    return {k: v if isinstance(v, float | int | str) else str(v) for k, v in found if k != "eta"}


@np.errstate(all="ignore")
def at_best(optimizer: Optimizer, objective: Quadratic, given: Set[str]) -> Optimizer:
    """The optimizer with the settings that nobody gave at their best, where that is known.

    The rate is filled in if it is not among `given`; the others too if none of them is.
    """
    if "eta" in given:
        return optimizer
    if not given & set(optimizer.rule.settings()):
        best = theory.best(optimizer.rule, objective)
        return replace(best, dialect=optimizer.dialect) if best else optimizer
    eta = theory.best_rate(optimizer.rule, objective)
    return optimizer if eta is None else replace(optimizer, schedule=Constant(eta))


@np.errstate(all="ignore")
def judge(
    objective: Quadratic, optimizers: list[Optimizer], start: Array, steps: int = 20,
    tolerance: float = 1e-6,
) -> Verdict:  # fmt: skip
    """The verdict on the objective and on each optimizer that sets out from `start` (dim,)."""
    told = [_judged(objective, o, start, steps, tolerance) for o in optimizers]
    return Verdict(objective, start, steps, tolerance, tuple(told))


def _judged(
    q: Quadratic, optimizer: Optimizer, start: Array, steps: int, tolerance: float
) -> Forecast:
    told = forecast(q, optimizer, start, steps, tolerance)
    with np.errstate(all="ignore"):
        grad = q.grad(start)
        if not grad.any():
            return replace(told, quiet=True, steps=0.0, verdict=_sentences.at_rest(q))
        slopes = q.eigenvectors.T @ grad
        if told.factors is not None:
            told = replace(told, quiet=not slopes[told.factors > 1 + 1e-12].any())
        if q.minimiser is None:
            return replace(told, verdict=_sentences.without_minimum(q, told, slopes.tolist()))
        if told.factors is not None:
            return replace(told, verdict=_sentences.linear(q, told, tolerance))
        if told.eta == 0:
            return replace(told, verdict="a rate of 0 moves nothing")
        if optimizer.moves_momentum:
            said = (
                "its schedule moves rate and momentum together, and no formula tells where it ends"
            )
            return replace(told, verdict=said)
        diagonal = Spectrum(q).diagonal
        away = start - q.minimiser
        away = np.where(grad == 0, 0.0, away) if diagonal else away  # what is flat stays
        ahead = Prospect(told.eta, np.diag(q.Q), away, grad, steps, tolerance, diagonal)
        outlook = optimizer.rule.outlook(ahead)
    says = outlook.says.format(**{key: listed(value) for key, value in outlook.facts.items()})
    if not told.constant:
        says = f"its largest rate, {listed(told.eta)} (step {told.eta_step}), kept: {says}"
    found = outlook.facts.get("steps")
    return replace(told, facts=outlook.facts, verdict=says,
                   steps=float(found) if isinstance(found, float) else None)  # fmt: skip
