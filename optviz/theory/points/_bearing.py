"""What one optimizer could bear at a point: the rates up to which its step is stable there."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer
from optviz.phrases import say
from optviz.schedules import Constant
from optviz.text.numbers import number
from optviz.theory import stability
from optviz.theory.verdict import at_best

_EDGE = 1e-12  # a factor a step that is as near to 1 is on the edge


@dataclass(frozen=True, eq=False)
class Bearing:
    """One optimizer at a point, from the local quadratic model; None is what is not known.

    `max_rate` is C/λmax: no direction grows while the effective rates of all coordinates are below
    it. `max_eta` is the largest stable η of a rule that is linear in the gradient, `factor` what
    its slowest direction keeps a step at its own η. `best` are the settings that leave the least,
    `best_factor`. `holds` tells whether the optimizer could rest at the point with its settings.
    """

    optimizer: Optimizer
    max_rate: float | None
    max_eta: float | None
    factor: float | None
    best: Optimizer | None
    best_factor: float | None
    holds: bool | None
    kind: str

    @property
    def verdict(self) -> str:
        """What becomes of it there, as a sentence in the language of `phrases`."""
        if self.kind in ("saddle", "maximum") and self.max_rate is not None:
            return say("point leaves", point=say(self.kind))
        if self.kind in ("saddle", "maximum") or self.max_rate is None:
            return say("point unknown")
        if self.max_rate == np.inf:
            return say("point without ceiling")
        limit = number(self.max_eta if self.max_eta is not None else self.max_rate)
        if self.max_eta is None:
            return say("point bears rates", limit=limit)
        eta = stability.constant(self.optimizer)
        if eta is None or self.factor is None or self.holds is None:
            return say("point bears", limit=limit)
        values = {"eta": number(eta), "limit": limit, "factor": number(self.factor, 4)}
        if self.kind == "slope":
            key = "point stable" if eta < self.max_eta else "point unstable"
        else:
            key = "point rests" if self.holds else "point cannot rest"
        return say(key, **values)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        eta = stability.constant(self.optimizer)
        best = None
        if self.best is not None:
            settings = self.best.settings().items()
            best = {k: _certain(float(v)) for k, v in settings if isinstance(v, float | int)}
            best["eta"] = _certain(stability.constant(self.best))
        finite = self.max_rate is not None and np.isfinite(self.max_rate)
        return {
            "optimizer": str(self.optimizer),
            "eta": eta,
            "max_rate": _certain(self.max_rate) if finite else None,
            "max_eta": _certain(self.max_eta),
            "rate": _certain(self.factor),
            "best": best,
            "best_rate": _certain(self.best_factor),
            "holds": self.holds,
            "verdict": self.verdict,
        }


def _certain(value: float | None) -> float | None:
    """Twelve digits, which do not depend on the processor; 0 for what is rounding of 1."""
    return None if value is None else float(f"{value:.12g}") * (abs(value) > _EDGE)


def bearing(q: Quadratic, optimizer: Optimizer, kind: str) -> Bearing:
    """Of the optimizer at a point of this kind with the local model q.

    Settings that are not typed are at their best for q, where that is known.
    """
    bowl = kind == "minimum" and float(q.eigenvalues[0]) >= 0
    chosen = at_best(optimizer, q, optimizer.explicit) if bowl else optimizer
    rule, ceiling = chosen.rule, chosen.ceiling()
    top = float(q.eigenvalues[-1])
    most = None if ceiling is None else ceiling[0] / top if top > 0 else np.inf
    linear = stability.is_linear(rule) and most is not None and np.isfinite(most)
    best = stability.best(rule, q) if bowl else None
    factor = stability.factor(chosen, q)
    return Bearing(
        chosen,
        most,
        most if linear else None,
        factor,
        best,
        stability.factor(best, q) if best else None,
        _holds(chosen, kind, factor, most),
        kind,
    )


def _holds(
    optimizer: Optimizer, kind: str, factor: float | None, most: float | None
) -> bool | None:
    """Whether a minimum can hold the optimizer; None where that is not known."""
    if kind in ("saddle", "maximum"):
        return False if most is not None else None
    if kind != "minimum" or factor is None or not isinstance(optimizer.schedule, Constant):
        return None
    return factor < 1 - _EDGE
