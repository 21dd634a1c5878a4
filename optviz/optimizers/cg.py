"""Linear conjugate gradients."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import row_norm
from optviz.optimizers._rule import Point, Rule, Step


class State(NamedTuple):
    """The direction (batch, dim) and the length of the gradient (batch, 1) of the step before."""

    d: Array
    size: Array


@dataclass(frozen=True)
class CG(Rule):
    """Conjugate gradients for Qx = −c: each step keeps f lowest along all directions before it.

    Source: Hestenes & Stiefel 1952; `scipy.sparse.linalg.cg` walks the same way. The direction is
    new every dim steps, when the exact method would be done. Where the curvature along d is not
    above 0 (CG is for positive definite Q), d is the gradient again and the length 1. The step
    length α is the effective rate, it multiplies d, and η multiplies it; only η = 1 is conjugate.
    """

    title = "Conjugate gradients"
    says = (
        "Mends the zigzag of steepest descent with a momentum that is worked out, not set: done "
        "in dim steps, and after k the lowest point that any k gradients could have reached."
    )
    fails = (
        "It needs exact gradients and Q times a vector; rounding costs it its conjugacy where κ "
        "is large, and an indefinite Q breaks it."
    )
    equations = (
        "dₜ = gₜ + βₜ dₜ₋₁,  βₜ = gₜᵀgₜ / gₜ₋₁ᵀgₜ₋₁",
        "αₜ = gₜᵀgₜ / dₜᵀQdₜ",
        "xₜ = xₜ₋₁ − η αₜ dₜ",
    )
    rate = r"\eta\,\alpha_t"
    reference = "Hestenes & Stiefel 1952, J. Res. NBS 49; Nocedal & Wright 2006, algorithm 5.2"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    rates_need = "Q"

    def init(self, x: Array) -> State:
        """No direction yet."""
        return State(np.zeros_like(x), np.zeros_like(x[:, :1]))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """d = g + βd with β = ‖g‖²/‖g before‖²; α = ‖g‖²/dᵀQd."""
        g, size = p.grad, row_norm(p.grad)
        growth = size * reciprocal(s.size)
        beta = 0.0 if (p.t - 1) % g.shape[-1] == 0 else growth * growth
        d = g + beta * s.d
        curvature = p.curvature(d)
        d = np.where(curvature <= 0, g, d)
        ratio = size * reciprocal(row_norm(d))
        alpha = np.where(curvature <= 0, ratio, ratio * ratio / curvature)
        return Step(d, alpha), State(d, size)

    def ceiling(self) -> tuple[float, str] | None:
        """None: the directions that follow make a length beyond 2/λ good."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """As many steps as Q has different curvatures; Chebyshev's bound before."""
        if p.eta != 1:
            sentence = "only η = 1 keeps its directions conjugate; this is a relaxed form of it"
            return Forecast(sentence, {})
        if not p.diagonal:
            sentence = "done in {dim} steps, but for rounding: as many as there are coordinates"
            return Forecast(sentence, {"dim": float(len(p.away)), "steps": float(len(p.away))})
        active = p.curvature[(p.curvature != 0) & (p.away != 0)]
        return Forecast(
            "done in {steps} steps, but for rounding: as many as different curvatures take part",
            {"steps": float(len(set(active.tolist())))},
        )
