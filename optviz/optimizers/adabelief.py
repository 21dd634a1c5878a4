"""AdaBelief."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import corrected_mean, mean_ceiling, reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square error (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1), as running products."""

    m: Array
    s: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class AdaBelief(Rule):
    """AdaBelief: Adam that divides by how far gradients stray from their mean, not by their size.

    Source: Zhuang et al. 2020. ε̄ is added to s in every step and so accumulates, to ε̄/(1−β₂) in
    the end; the paper has one ε for both places. Optax can look ahead as its NAdam does
    (`nesterov`). The effective rate multiplies m̂.
    """

    title = "AdaBelief"
    says = (
        "Adam that steps long where the gradient is what its mean foretold, and short where it "
        "is a surprise: on a steady slope it is bold where Adam is timid."
    )
    fails = (
        "On a slope of one direction s falls to ε alone and the rate has no bound but that; near "
        "the minimum of a quadratic it rings or circles like Adam."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "sₜ = β₂ sₜ₋₁ + (1−β₂) (gₜ−mₜ)² + ε̄,  ŝₜ = sₜ/(1−β₂ᵗ)",
        "xₜ = xₜ₋₁ − η/(√ŝₜ+ε) ⊙ m̂ₜ",
    )
    rate = r"\eta/(\sqrt{\hat{s}_t}+\epsilon)"
    reference = "Zhuang et al. 2020, AdaBelief optimizer, NeurIPS"
    dialects = {
        "paper": {"eta": 0.2, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "eps_root": 1e-8},
        "optax": {  # sets no η itself
            "eta": 0.001,
            "beta1": 0.9,
            "beta2": 0.999,
            "eps": 1e-16,
            "eps_root": 1e-16,
        },
    }
    made_by = {"optax": "optax.adabelief(η, b1=β₁, b2=β₂)"}
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "b1": "beta1",
            "b2": "beta2",
            "eps": "eps",
            "eps_root": "eps_root",
            "nesterov": "nesterov",
        }
    }

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_root: Num = setting(
        1e-8, "ε̄", r"\bar\epsilon", "added to s in every step", "[0, inf)", variant=True
    )
    nesterov: bool = setting(False, "", "", "the mean is used one step ahead", variant=True)

    def init(self, x: Array) -> State:
        """m = s = 0 and β⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x), np.zeros_like(x), one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        g, b1, b2 = p.grad, self.beta1, self.beta2
        m = b1 * s.m + (1 - b1) * g
        stray = g - m
        square = b2 * s.s + (1 - b2) * stray * stray + self.eps_root
        b1t, b2t = s.b1t * b1, s.b2t * b2
        scale = reciprocal(np.sqrt(square / (1 - b2t)) + self.eps)
        mean = corrected_mean(m, g, b1, b1t, self.nesterov)
        return Step(mean, scale), State(m, square, b1t, b2t)

    def ceiling(self) -> tuple[float, str]:
        """Adam's; looking ahead, NAdam's."""
        return mean_ceiling(self.beta1, self.nesterov)
