"""Steepest descent with exact line search."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._norms import NORMS, SAYS, scale
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import setting


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Steepest(Rule):
    """Steepest descent: along −g to the lowest point of that line.

    Source: Cauchy 1847; Nocedal & Wright 2006, chapter 3. The step length gᵀg/gᵀQg is part of the
    effective rate, one over the curvature along g, and η multiplies it (η < 1: relaxed). Where the
    line has no lowest point, gᵀQg ≤ 0, the length is 1. In another `norm` (Boyd & Vandenberghe
    2004, section 9.4) the direction is d: the coordinate of the largest derivative in l1, all
    coordinates alike in linf, g over the diagonal of Q in diag; each coordinate's rate is s·d/g.
    """

    title = "Steepest descent"
    says = (
        "Gradient descent that needs no rate: each step is as long as is best along −g, so at "
        "η = 1 f never rises and a quadratic with a minimum cannot make it diverge."
    )
    fails = (
        "Each step is at right angles to the one before, and the zigzag this makes is no quicker "
        "than the best constant rate: from the worst start each step leaves (κ−1)/(κ+1) of the "
        "distance. A little less than the best, η = 0.9, breaks it."
    )
    equations = ("sₜ = gₜᵀgₜ / gₜᵀQgₜ", "xₜ = xₜ₋₁ − η sₜ gₜ")
    rate = r"\eta\,g_t^\top g_t/g_t^\top Q g_t"
    reference = "Cauchy 1847; Nocedal & Wright 2006, Numerical Optimization, section 3.3"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    norm: str = setting("l2", "", "", SAYS, variant=True, choices=NORMS)

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − η (gᵀg/gᵀQg) g; in another norm x − η (gᵀd/dᵀQd) d."""
        if self.norm == "l2":
            return Step(p.grad, p.along(p.grad)), s
        turned = scale(self.norm, p)
        return Step(p.grad, p.along(turned * p.grad) * turned), s

    def bound(self, eta: float, low: float, high: float) -> float | None:
        """Kantorovich's, at η = 1 in the Euclidean norm: ((κ−1)/(κ+1))²."""
        return ((high - low) / (high + low)) ** 2 if eta == 1 and self.norm == "l2" else None

    def asymptotic(self) -> float | None:
        """1; None in l1, where only the coordinate of the largest derivative moves."""
        return None if self.norm == "l1" else 1.0

    def forecast(self, p: Setup) -> Forecast:
        """Kantorovich's bound on f − f* at η = 1: ((κ−1)/(κ+1))² a step."""
        if self.norm != "l2":
            return Forecast("with η in (0, 2) f falls at every step", {})
        if p.eta != 1 or not p.diagonal:
            return Forecast(
                "with η in (0, 2) f falls at every step; "
                "with η = 1 at most ((κ−1)/(κ+1))² of f − f* a step is left",
                {},
            )
        curved = p.curvature[p.curvature > 0]
        kappa = float(curved.max() / curved.min())
        factor = ((kappa - 1) / (kappa + 1)) ** 2
        steps = float(np.ceil(np.log(p.tolerance) / np.log(factor))) if factor else 1.0
        return Forecast(
            "each step leaves at most {kept} of f − f*, and step {most} at most {share}",
            {"kept": factor, "most": steps, "share": p.tolerance},
        )
