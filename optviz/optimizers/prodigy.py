"""Prodigy."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Means of dg, of its square, the sum s, x₀−x (batch, dim); d, r, βᵗ (batch, 1)."""

    m: Array
    v: Array
    s: Array
    moved: Array
    d: Array
    r: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class Prodigy(Rule):
    """Prodigy: Adam whose rate is an estimate of the distance to the minimum that only grows.

    Source: Mishchenko & Defazio 2024; the paper's algorithm 4 and prodigyopt leave the bias
    uncorrected, Optax corrects it (`corrected`). d is how far the path must at least have to go,
    by the gradients along it; η multiplies it and stays 1. Weight decay is decoupled. The
    effective rate multiplies the mean gradient, the mean of d g over d (corrected in Optax).
    """

    title = "Prodigy"
    says = (
        "Adam without a rate to tune: it starts at d₀ = 1e-6, and each gradient along the way "
        "already gone proves that the minimum is at least so far."
    )
    fails = (
        "The first steps go into finding d; d never falls, so what was right for the way is too "
        "long at the end and the path circles like Adam's."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) dₜ gₜ,  vₜ = β₂ vₜ₋₁ + (1−β₂) dₜ² gₜ²",
        "rₜ = √β₂ rₜ₋₁ + η dₜ² ⟨gₜ, x₀−xₜ₋₁⟩,  sₜ = √β₂ sₜ₋₁ + η dₜ² gₜ",
        "xₜ = xₜ₋₁ − η dₜ mₜ/(√vₜ+dₜε),  dₜ₊₁ = max(dₜ, rₜ/‖sₜ‖₁)",
    )
    rate = r"\eta\,d_t^2/(\sqrt{v_t}+d_t\epsilon)"
    reference = "Mishchenko & Defazio 2024, Prodigy: an expeditiously adaptive learner, ICML"
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
    made_by = {"optax": "optax.contrib.prodigy(η, betas=(β₁, β₂))"}
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "betas": ("beta1", "beta2"),
            "eps": "eps",
            "estim_lr0": "d0",
            "estim_lr_coef": "growth",
            "weight_decay": "decay",
            "safeguard_warmup": "safeguard",
        }
    }
    arguments = {"optax": {"beta3": Argument((None,), "√β₂ is taken; leave it out")}}

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    d0: Num = setting(1e-6, "d₀", "d_0", "the first guess of the distance", "(0, inf)")
    growth: Num = setting(
        1.0, "γ", r"\gamma", "each new estimate is multiplied by it", "(0, inf)", variant=True
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)
    corrected: bool = setting(False, "", "", "the bias of both means", variant=True)
    safeguard: bool = setting(False, "", "", "no η in s, for warm-ups", variant=True)

    def init(self, x: Array) -> State:
        """d = d₀, the rest 0, and β⁰ = 1."""
        zero, one = np.zeros_like(x), np.ones_like(x[:, :1])
        return State(zero, zero, zero, zero, one * self.d0, one * 0.0, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above, r and s over d₀; η stands for η√(1−β₂ᵗ)/(1−β₁ᵗ) if corrected."""
        g, d, b1, b2 = p.grad, s.d, self.beta1, self.beta2
        b1t, b2t = s.b1t * b1, s.b2t * b2
        root = np.sqrt(1 - b2t) if self.corrected else np.ones_like(d)
        early = 1 - b1t if self.corrected else np.ones_like(d)
        pace, root2 = d * p.eta * root / early, np.sqrt(b2)
        m = b1 * s.m + (1 - b1) * d * g
        v = b2 * s.v + (1 - b2) * d * d * g * g
        total = root2 * s.s + (d if self.safeguard else pace) * d * g / self.d0
        r = root2 * s.r + d / self.d0 * pace * arrays.dot(g, s.moved)[:, None]
        estimate = self.growth * r * reciprocal(arrays.dot(np.abs(total), np.ones_like(g))[:, None])
        larger = np.maximum(d, estimate)
        direction = m / (d * early)
        scale = root * d * d * reciprocal(np.sqrt(v) + larger * self.eps)
        _, drift = with_decay(p._replace(eta=pace), self.decay, decoupled=True)
        moved = s.moved + p.eta * scale * direction + drift
        return Step(direction, scale, drift), State(m, v, total, moved, larger, r, b1t, b2t)

    def ceiling(self) -> tuple[float, str] | None:
        """None: it sets its own rate."""
        return None

    def asymptotic(self) -> float | None:
        """None: on a slope its own rate grows without end."""
        return None
