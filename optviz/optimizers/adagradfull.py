"""AdaGrad, full-matrix form."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import (
    apply_function,
    direction_and_ratio,
    eigen,
    outer_product,
)
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The sum of ggᵀ: (batch, dim, dim)."""

    G: Array


@dataclass(frozen=True)
class AdaGradFull(Rule):
    """Full-matrix AdaGrad: the root of the sum of ggᵀ instead of its diagonal alone.

    Source: Duchi, Hazan & Singer 2011, the form they set out from; ε on the diagonal, inside the
    root. The step −η(G+εI)^(−½)g has no rate for each coordinate: it is the gradient rotated, and
    the effective rate is one number, η‖(G+εI)^(−½)g‖/‖g‖, the length of the step over that of the
    gradient. In one dimension it is AdaGrad and its rate.
    """

    title = "Full-matrix AdaGrad"
    says = (
        "AdaGrad that does not feel rotation: it scales along the directions in which gradients "
        "really came, whichever way the objective is turned."
    )
    fails = (
        "It keeps dim² numbers and takes a matrix root every step, so nobody can use it on large "
        "problems (Shampoo and the diagonal are what is left); and G only grows, as AdaGrad's."
    )
    equations = ("Gₜ = Gₜ₋₁ + gₜgₜᵀ", "xₜ = xₜ₋₁ − η (Gₜ+εI)^(−½) gₜ")
    rate = r"\eta\,\Vert(G_t+\epsilon I)^{-1/2}g_t\Vert/\Vert g_t\Vert"
    reference = "Duchi, Hazan & Singer 2011, JMLR 12"
    dialects = {"paper": {"eta": 0.4, "eps": 1e-6}}
    made_by = {}
    sums_gradients = True

    eps: Num = setting(
        1e-6, "ε", r"\epsilon", "on the diagonal, in the root; 0 for none", "[0, inf)"
    )

    def init(self, x: Array) -> State:
        """G = 0."""
        return State(np.zeros((*x.shape, x.shape[1])))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """G = G + ggᵀ; x − η(G+εI)^(−½)g, where what is only rounding in G is 0."""
        G = s.G + outer_product(p.grad, p.grad)
        values, V = eigen(G)
        noise = 4 * G.shape[-1] * np.finfo(float).eps * values.max(axis=-1, keepdims=True)
        values = np.where(values <= noise, 0.0, values)
        d = apply_function(V, reciprocal(np.sqrt(values + self.eps)), p.grad)
        return Step(*direction_and_ratio(d, p.grad)), State(G)

    def ceiling(self) -> tuple[float, str] | None:
        """None: one number stands for a matrix of rates, so there is no limit for a curvature."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """No formula is known for where its matrix ends."""
        return Forecast(
            "as AdaGrad its rates only fall; "
            "they do so along directions, so turning is nothing to it",
            {},
        )
