"""QHAdam: quasi-hyperbolic Adam."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1), kept as running products."""

    m: Array
    v: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class QHAdam(Rule):
    """QHAdam: both means of Adam blended with what is new, by ν₁ and ν₂.

    Source: Ma & Yarats 2019, as its package qhoptim. ν₁ = ν₂ = 1 is Adam, ν₂ = 1 with ν₁ = 0
    RMSProp with its bias corrected. The effective rate multiplies the blend of g and m̂. Weight
    decay is decoupled, as in qhoptim.
    """

    title = "QHAdam"
    says = (
        "Adam whose step also answers the newest gradient itself: ν₁ of the mean, 1−ν₁ of g, and "
        "the same for the squares; ν₂ below 1 bounds the longest step."
    )
    fails = (
        "Two more knobs; and with ν₂ = 1 the rate grows where gradients vanish and circles the "
        "minimum, as Adam's."
    )
    equations = ("m̂ₜ, v̂ₜ as Adam", "xₜ = xₜ₋₁ − η/(√((1−ν₂) gₜ² + ν₂ v̂ₜ)+ε) ⊙ ((1−ν₁) gₜ + ν₁ m̂ₜ)")
    rate = r"\eta/(\sqrt{(1-\nu_2)g_t^2+\nu_2\hat{v}_t}+\epsilon)"
    reference = "Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning, ICLR"
    dialects = {
        "paper": {"eta": 0.4, "beta1": 0.995, "beta2": 0.999, "nu1": 0.7, "nu2": 1.0, "eps": 1e-8}
    }
    made_by = {}

    beta1: Num = setting(0.995, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    nu1: Num = setting(0.7, "ν₁", r"\nu_1", "weight of the mean, 1−ν₁ of g", "[0, 1]")
    nu2: Num = setting(1.0, "ν₂", r"\nu_2", "weight of the mean square, 1−ν₂ of g²", "[0, 1]")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """m = v = 0 and β⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x), np.zeros_like(x), one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        g, b1, b2 = p.grad, self.beta1, self.beta2
        m = b1 * s.m + (1 - b1) * g
        v = b2 * s.v + (1 - b2) * g * g
        b1t, b2t = s.b1t * b1, s.b2t * b2
        square = (1 - self.nu2) * g * g + self.nu2 * (v / (1 - b2t))
        direction = (1 - self.nu1) * g + self.nu1 * (m / (1 - b1t))
        scale = reciprocal(np.sqrt(square) + self.eps)
        _, drift = with_decay(p, self.decay, decoupled=True)
        return Step(direction, scale, drift), State(m, v, b1t, b2t)

    def ceiling(self) -> tuple[float, str] | None:
        """Where e alternates: there m is (1−β₁)/(1+β₁) of g, the blend 1 − 2ν₁β₁/(1+β₁) of it."""
        if np.ndim(self.beta1) or np.ndim(self.nu1):
            return super().ceiling()
        b1, nu = scalar(self.beta1), scalar(self.nu1)
        height = 2 * (1 + b1) / (1 + b1 - 2 * nu * b1)
        return height, r"\frac{2+2\beta_1}{1+\beta_1-2\nu_1\beta_1}"
