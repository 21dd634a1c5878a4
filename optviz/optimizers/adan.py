"""Adan."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """Means of g, of its difference, of the square (batch, dim), the last g, and βᵗ (batch, 1)."""

    m: Array
    v: Array
    n: Array
    g: Array
    b1t: Array
    b2t: Array
    b3t: Array


@dataclass(frozen=True)
class Adan(Rule):
    """Adan: Adam with Nesterov's look ahead written as a mean of gradient differences.

    Source: Xie et al. 2022, with βs as shares that are kept (the paper writes 1−β). The paper and
    its code look ahead by κ = β₂; Optax 0.2.8 by κ = 1−β₂. Weight decay is decoupled: the paper
    divides by 1+ηλ after the step (proximal), Optax subtracts ηλx. The effective rate multiplies
    m̂ + κ v̂.
    """

    title = "Adan"
    says = (
        "Nesterov's momentum for Adam, without a gradient at a second place: how the gradient "
        "changes is averaged on its own and added to the momentum."
    )
    fails = (
        "Three means to tune; on a quadratic it damps better than Adam, but a constant η still "
        "circles, for its rates too grow where gradients vanish."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  vₜ = β₂ vₜ₋₁ + (1−β₂) (gₜ−gₜ₋₁)",
        "nₜ = β₃ nₜ₋₁ + (1−β₃) (gₜ + κ (gₜ−gₜ₋₁))²,  κ = β₂",
        "xₜ = (xₜ₋₁ − η/(√n̂ₜ+ε) ⊙ (m̂ₜ + κ v̂ₜ))/(1+ηλ)",
    )
    rate = r"\eta/(\sqrt{\hat{n}_t}+\epsilon)"
    reference = "Xie, Zhou, Li, Lin & Yan 2022, Adan: adaptive Nesterov momentum algorithm"
    dialects = {
        "paper": {"eta": 0.4, "beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "eps": 1e-8},
        "optax": {  # sets no η itself
            "eta": 0.001,
            "beta1": 0.98,
            "beta2": 0.92,
            "beta3": 0.99,
            "eps": 1e-8,
            "eps_root": 1e-8,
            "ahead": "rest",
            "decay_at": "beside",
        },
    }
    made_by = {"optax": "optax.adan(η, b1=β₁, b2=β₂, b3=β₃)"}
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "b1": "beta1",
            "b2": "beta2",
            "b3": "beta3",
            "eps": "eps",
            "eps_root": "eps_root",
            "weight_decay": "decay",
        }
    }

    beta1: Num = setting(0.98, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.92, "β₂", r"\beta_2", "share of the mean difference kept", "[0, 1)")
    beta3: Num = setting(0.99, "β₃", r"\beta_3", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)
    ahead: str = setting(
        "kept",
        "κ",
        r"\kappa",
        "looks ahead by β₂ or by the rest, 1−β₂",
        variant=True,
        choices=("kept", "rest"),
    )
    decay_at: str = setting(
        "after",
        "",
        "",
        "divides by 1+ηλ after the step, or ηλx beside it",
        variant=True,
        choices=("after", "beside"),
    )

    def init(self, x: Array) -> State:
        """All 0 and β⁰ = 1."""
        zero, one = np.zeros_like(x), np.ones_like(x[:, :1])
        return State(zero, zero, zero, zero, one, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        g, b1, b2, b3 = p.grad, self.beta1, self.beta2, self.beta3
        kappa = b2 if self.ahead == "kept" else 1 - b2
        change = np.zeros_like(g) if p.t == 1 else g - s.g
        m = b1 * s.m + (1 - b1) * g
        v = b2 * s.v + (1 - b2) * change
        n = b3 * s.n + (1 - b3) * (g + kappa * change) * (g + kappa * change)
        b1t, b2t, b3t = s.b1t * b1, s.b2t * b2, s.b3t * b3
        direction = m / (1 - b1t) + kappa * (v / (1 - b2t))
        scale = reciprocal(np.sqrt(n / (1 - b3t) + self.eps_root) + self.eps)
        shrink = p.eta * self.decay
        drift = shrink * p.x
        if self.decay_at == "after":
            drift = (p.x - p.eta * scale * direction) * (shrink / (1 + shrink))
        return Step(direction, scale, drift), State(m, v, n, g, b1t, b2t, b3t)

    def ceiling(self) -> tuple[float, str] | None:
        """From a direction that alternates: m is (1−β₁)/(1+β₁) of g there, v 2(1−β₂)/(1+β₂)."""
        if np.ndim(self.beta1) or np.ndim(self.beta2):
            return super().ceiling()
        b1, b2 = scalar(self.beta1), scalar(self.beta2)
        kappa = b2 if self.ahead == "kept" else 1 - b2
        height = 2 / ((1 - b1) / (1 + b1) + 2 * kappa * (1 - b2) / (1 + b2))
        return height, r"2/(\frac{1-\beta_1}{1+\beta_1}+2\kappa\frac{1-\beta_2}{1+\beta_2})"
