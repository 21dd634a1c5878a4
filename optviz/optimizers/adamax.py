"""Adamax."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and leaky maximum (batch, dim); β₁ᵗ (batch, 1)."""

    m: Array
    u: Array
    b1t: Array


@dataclass(frozen=True)
class Adamax(Rule):
    """Adamax: Adam with a leaky maximum in place of the root of the mean square.

    Source: Kingma & Ba 2015, section 7.1, without ε. PyTorch and Optax add ε to |g| before the
    maximum, Keras to u after it. Weight decay enters the gradient in PyTorch; it is decoupled in
    Keras and Optax, whose adamax is AdamaxW with a decay of 0.
    """

    title = "Adamax"
    says = (
        "Adam with the norm p → ∞: steps of at most η, no bias in u to correct, and gradients too "
        "small to matter leave the rate alone."
    )
    fails = (
        "One large gradient holds the rate down for 1/(1−β₂) steps; once it is forgotten the rate "
        "grows as Adam's does, and a constant η circles the minimum."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "uₜ = max(β₂ uₜ₋₁, |gₜ|)",
        "xₜ = xₜ₋₁ − η/uₜ ⊙ m̂ₜ",
    )
    rate = r"\eta/u_t"
    reference = "Kingma & Ba 2015, ICLR, section 7.1"
    dialects = {
        "paper": {"eta": 0.002, "eps": 0.0},
        "torch": {"eta": 0.002, "eps": 1e-8, "eps_at": "inside"},
        "keras": {"eta": 0.001, "eps": 1e-7, "decoupled": True},
        "optax": {  # leaves η to the user
            "eta": 0.002,
            "eps": 1e-8,
            "eps_at": "inside",
            "decoupled": True,
        },
    }
    made_by = {
        "torch": "torch.optim.Adamax(params, lr=η)",
        "keras": "keras.optimizers.Adamax(learning_rate=η)",
        "optax": "optax.adamax(η)",
    }
    spellings = {
        "torch": {"lr": "eta", "betas": ("beta1", "beta2"), "eps": "eps", "weight_decay": "decay"},
        "keras": {
            "learning_rate": "eta",
            "beta_1": "beta1",
            "beta_2": "beta2",
            "epsilon": "eps",
            "weight_decay": "decay",
        },
        "optax": {"learning_rate": "eta", "b1": "beta1", "b2": "beta2", "eps": "eps"},
    }
    momentum = "beta1"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the maximum kept", "[0, 1)")
    eps: Num = setting(0.0, "ε", r"\epsilon", "keeps u from 0; 0 for none", "[0, inf)")
    eps_at: str = setting(
        "outside",
        "",
        "",
        "u+ε, or |g|+ε in the maximum",
        variant=True,
        choices=("outside", "inside"),
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """m = u = 0 and β₁⁰ = 1."""
        return State(np.zeros_like(x), np.zeros_like(x), np.ones_like(x[:, :1]))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        m = self.beta1 * s.m + (1 - self.beta1) * g
        b1t = s.b1t * self.beta1
        if self.eps_at == "inside":
            u = np.maximum(self.beta2 * s.u, np.abs(g) + self.eps)
            scale = reciprocal(u)
        else:
            u = np.maximum(self.beta2 * s.u, np.abs(g))
            scale = reciprocal(u + self.eps)
        return Step(m / (1 - b1t), scale, drift), State(m, u, b1t)

    def ceiling(self) -> tuple[float, str]:
        """Adam's."""
        return mean_ceiling(self.beta1)
