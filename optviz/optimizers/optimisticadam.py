"""Optimistic Adam."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import corrected_mean, mean_ceiling, reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """Mean, mean square and Adam's direction of the step before (batch, dim); β₁ᵗ and β₂ᵗ."""

    m: Array
    v: Array
    u: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class OptimisticAdam(Rule):
    """Optimistic Adam: Adam's direction plus how it changed, as a guess at the next one.

    Source: Daskalakis et al. 2018, algorithm 1 (α = β = 1), as `optax.optimistic_adam_v2`, whose
    mean looks ahead as NAdam's does unless `nesterov=false`. α weighs the direction, β its change;
    the first step has no change. The effective rate multiplies (α+β) m̂; what β takes back of the
    direction before is drift.
    """

    title = "Optimistic Adam"
    says = (
        "Adam for games, where gradients turn about each other: it counts on its direction to go "
        "on changing as it did, and so damps turns."
    )
    fails = (
        "On a quadratic it gains nothing over Adam, and its stable range is narrower by α+2β; a "
        "constant η circles the minimum."
    )
    equations = (
        "m̂ₜ and v̂ₜ as Adam's,  uₜ = m̂ₜ/(√v̂ₜ+ε)",
        "xₜ = xₜ₋₁ − η (α uₜ + β (uₜ−uₜ₋₁)),  u₀ = u₁",
    )
    rate = r"\eta/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "Daskalakis, Ilyas, Syrgkanis & Zeng 2018, Training GANs with optimism, ICLR"
    dialects = {
        "paper": {"eta": 0.1},
        "optax": {"eta": 0.001, "nesterov": True},  # Optax leaves η to the user
    }
    made_by = {"optax": "optax.optimistic_adam_v2(η, alpha=α, beta=β)"}
    aliases = ("optimistic_adam_v2", "optimistic_adam")
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "alpha": "alpha",
            "beta": "beta",
            "b1": "beta1",
            "b2": "beta2",
            "eps": "eps",
            "eps_root": "eps_root",
            "nesterov": "nesterov",
        }
    }

    arguments = {"optax": {"optimism": Argument((None,), "write beta=optimism/learning_rate")}}

    alpha: Num = setting(1.0, "α", r"\alpha", "weight of the direction", "(0, inf)")
    beta: Num = setting(1.0, "β", r"\beta", "weight of its change", "[0, inf)")
    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    nesterov: bool = setting(False, "", "", "the mean is used one step ahead", variant=True)

    def init(self, x: Array) -> State:
        """m = v = u = 0 and β⁰ = 1."""
        zero, one = np.zeros_like(x), np.ones_like(x[:, :1])
        return State(zero, zero, zero, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        g, b1, b2 = p.grad, self.beta1, self.beta2
        m = b1 * s.m + (1 - b1) * g
        v = b2 * s.v + (1 - b2) * g * g
        b1t, b2t = s.b1t * b1, s.b2t * b2
        mean = corrected_mean(m, g, b1, b1t, self.nesterov)
        scale = reciprocal(np.sqrt(v / (1 - b2t) + self.eps_root) + self.eps)
        u = scale * mean
        before = u if p.t == 1 else s.u
        drift = -p.eta * self.beta * before
        return Step((self.alpha + self.beta) * mean, scale, drift), State(m, v, u, b1t, b2t)

    def ceiling(self) -> tuple[float, str] | None:
        """Adam's or NAdam's over α+2β: where a direction alternates, its change is twice itself."""
        if np.ndim(self.alpha) or np.ndim(self.beta) or np.ndim(self.beta1):
            return super().ceiling()
        height, latex = mean_ceiling(self.beta1, self.nesterov)
        weight = scalar(self.alpha) + 2 * scalar(self.beta)
        return height / weight, latex + r"/(\alpha+2\beta)"

    def asymptotic(self) -> float:
        """A constant gradient counts α times."""
        return scalar(self.alpha)
