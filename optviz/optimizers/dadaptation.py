"""D-Adaptation."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Means of γg and g², a longer mean of γg (batch, dim); d, r, β₁ᵗ and β₂ᵗ (batch, 1)."""

    m: Array
    v: Array
    s: Array
    d: Array
    r: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class DAdaptation(Rule):
    """D-Adaptation of Adam: its rate is a lower bound of the distance to the minimum.

    Source: Defazio & Mishchenko 2023, algorithm 5; Optax corrects the bias of Adam's means
    (`corrected`), the paper does not. γ, d with η and the correction, is inside the mean, as with
    Keras's momentum. Weight decay is decoupled. The effective rate multiplies the gradient's part
    of the mean, (1−β₁)g; the mean of older gradients is drift.
    """

    title = "D-Adaptation"
    says = (
        "Adam without a rate to tune: the gradients so far, weighed against their sum, bound the "
        "distance to the minimum from below, and that bound is the rate."
    )
    fails = (
        "It is careful: from d₀ = 1e-6 the bound needs many steps to come near the distance; and "
        "it never falls, so the path circles in the end like Adam's."
    )
    equations = (
        "γₜ = η dₜ,  rₜ = √β₂ rₜ₋₁ + (1−√β₂) γₜ ⟨gₜ, sₜ₋₁/(√vₜ₋₁+ε)⟩",
        "mₜ = β₁ mₜ₋₁ + (1−β₁) γₜ gₜ,  vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²",
        "sₜ = √β₂ sₜ₋₁ + (1−√β₂) γₜ gₜ",
        "xₜ = xₜ₋₁ − mₜ/(√vₜ+ε),  dₜ₊₁ = max(dₜ, rₜ/((1−√β₂)‖sₜ‖₁))",
    )
    rate = r"\eta\,d_t/(\sqrt{v_t}+\epsilon)"
    reference = "Defazio & Mishchenko 2023, Learning-rate-free learning by D-Adaptation, ICML"
    dialects = {
        "paper": {"eta": 1.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "d0": 1e-6},
        "optax": {
            "eta": 1.0,
            "beta1": 0.9,
            "beta2": 0.999,
            "eps": 1e-8,
            "d0": 1e-6,
            "corrected": True,
        },
    }
    requires_rate = ()
    made_by = {"optax": "optax.contrib.dadapt_adamw(η, betas=(β₁, β₂))"}
    aliases = ("dadapt", "dadapt_adamw")
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "betas": ("beta1", "beta2"),
            "eps": "eps",
            "estim_lr0": "d0",
            "weight_decay": "decay",
        }
    }

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    d0: Num = setting(1e-6, "d₀", "d_0", "the first guess of the distance", "(0, inf)")
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)
    corrected: bool = setting(False, "", "", "the bias of both means", variant=True)

    def init(self, x: Array) -> State:
        """d = d₀, the rest 0, and β⁰ = 1."""
        zero, one = np.zeros_like(x), np.ones_like(x[:, :1])
        return State(zero, zero, zero, one * self.d0, one * 0.0, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; η stands for η√(1−β₂ᵗ)/(1−β₁ᵗ) if corrected."""
        g, b1, b2 = p.grad, self.beta1, self.beta2
        b1t, b2t = s.b1t * b1, s.b2t * b2
        pace = s.d * np.sqrt(1 - b2t) / (1 - b1t) if self.corrected else s.d
        gamma, root = p.eta * pace, np.sqrt(b2)
        product = arrays.dot(g, s.s * reciprocal(np.sqrt(s.v) + self.eps))[:, None]
        r = root * s.r + (1 - root) * gamma * product
        m = b1 * s.m + (1 - b1) * gamma * g
        v = b2 * s.v + (1 - b2) * g * g
        total = root * s.s + (1 - root) * gamma * g
        length = (1 - root) * arrays.dot(np.abs(total), np.ones_like(g))[:, None]
        adam = reciprocal(np.sqrt(v) + self.eps)
        drift = b1 * s.m * adam + with_decay(p._replace(eta=gamma), self.decay, decoupled=True)[1]
        state = State(m, v, total, np.maximum(s.d, r * reciprocal(length)), r, b1t, b2t)
        return Step((1 - b1) * g, pace * adam, drift), state

    def ceiling(self) -> tuple[float, str] | None:
        """None: it sets its own rate."""
        return None

    def asymptotic(self) -> float | None:
        """None: on a slope its own rate grows without end."""
        return None
