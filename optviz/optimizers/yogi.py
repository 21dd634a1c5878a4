"""Yogi."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1), kept as running products."""

    m: Array
    v: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class Yogi(Rule):
    """Yogi: Adam whose mean square moves by steps of (1−β₂)g², up or down, never by its own size.

    Source: Zaheer et al. 2018; d2l, chapter Adam. The book starts both means at 0, Optax at 1e-6
    (`m0`, `v0`), the mean too, so that it moves even where no gradient was. Both correct the bias,
    which the paper leaves out. The effective rate multiplies the corrected mean m̂.
    """

    title = "Yogi"
    says = (
        "Adam forgets a large gradient in 1/(1−β₂) steps and its rate leaps up; Yogi lowers v by "
        "no more than the new g² allows, so rates rise slowly."
    )
    fails = (
        "Near a minimum gradients are small, so v hardly falls any more: what one early, large "
        "gradient took from the rate stays taken."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "vₜ = vₜ₋₁ − (1−β₂) sign(vₜ₋₁−gₜ²) gₜ²,  v̂ₜ = vₜ/(1−β₂ᵗ)",
        "xₜ = xₜ₋₁ − η/(√v̂ₜ+ε) ⊙ m̂ₜ",
    )
    rate = r"\eta/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "Zaheer et al. 2018, Adaptive methods for nonconvex optimization, NeurIPS; d2l"
    dialects = {
        "d2l": {"eta": 0.4, "beta1": 0.9, "beta2": 0.999, "eps": 1e-3},
        "optax": {  # sets no η itself
            "eta": 0.001,
            "beta1": 0.9,
            "beta2": 0.999,
            "eps": 1e-3,
            "m0": 1e-6,
            "v0": 1e-6,
        },
    }
    made_by = {"optax": "optax.yogi(η, b1=β₁, b2=β₂)"}
    spellings = {"optax": {"learning_rate": "eta", "b1": "beta1", "b2": "beta2", "eps": "eps"}}
    shrinkage = ("m0",)

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-3, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    m0: Num = setting(0.0, "m₀", "m_0", "the mean before step 1", "[0, inf)", variant=True)
    v0: Num = setting(0.0, "v₀", "v_0", "the mean square before step 1", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """m = m₀, v = v₀ and β⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x) + self.m0, np.zeros_like(x) + self.v0, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        g, b1, b2 = p.grad, self.beta1, self.beta2
        m = b1 * s.m + (1 - b1) * g
        v = s.v - (1 - b2) * np.sign(s.v - g * g) * g * g
        b1t, b2t = s.b1t * b1, s.b2t * b2
        scale = reciprocal(np.sqrt(v / (1 - b2t)) + self.eps)
        return Step(m / (1 - b1t), scale), State(m, v, b1t, b2t)

    def ceiling(self) -> tuple[float, str]:
        """Adam's."""
        return mean_ceiling(self.beta1)
