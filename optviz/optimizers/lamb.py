"""LAMB."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, norm
from optviz.optimizers._equations import reciprocal, trust_ratio
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1), kept as running products."""

    m: Array
    v: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class LAMB(Rule):
    """LAMB: Adam's direction, made as long as x itself. The whole vector is one layer.

    Source: You et al. 2020. The trust ratio φ = ‖x‖/‖u‖ is 1 where either is 0. Weight decay is
    part of u in the paper and Optax; Keras shrinks x before, and takes ‖x‖ then. The effective
    rate multiplies the corrected mean m̂ and has φ in it.
    """

    title = "LAMB"
    says = (
        "Adam with one more scale: a step is η times as long as x, so layers of any size learn "
        "alike in very large batches."
    )
    fails = (
        "A minimum far from the origin is circled at η‖x‖; one at the origin is approached by a "
        "share of the distance only, and moving the origin moves the path."
    )
    equations = ("m̂ₜ, v̂ₜ as Adam;  uₜ = m̂ₜ/(√v̂ₜ+ε) + λ xₜ₋₁", "xₜ = xₜ₋₁ − η ‖xₜ₋₁‖/‖uₜ‖ uₜ")
    rate = r"\eta\,\frac{\|x_{t-1}\|}{\|u_t\|}/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "You et al. 2020, Large batch optimization for deep learning, ICLR"
    dialects = {
        "paper": {"eta": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-6},
        "keras": {"eta": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-7, "decay_at": "before"},
        "optax": {"eta": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-6},  # sets no η itself
    }
    made_by = {
        "keras": "keras.optimizers.Lamb(learning_rate=η, beta_1=β₁, beta_2=β₂)",
        "optax": "optax.lamb(η, b1=β₁, b2=β₂)",
    }
    spellings = {
        "keras": {
            "learning_rate": "eta",
            "beta_1": "beta1",
            "beta_2": "beta2",
            "epsilon": "eps",
            "weight_decay": "decay",
        },
        "optax": {
            "learning_rate": "eta",
            "b1": "beta1",
            "b2": "beta2",
            "eps": "eps",
            "eps_root": "eps_root",
            "weight_decay": "decay",
        },
    }
    rates_need = "x"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-6, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)
    decay_at: str = setting(
        "within",
        "",
        "",
        "λx within u, or x shrunk before the step",
        variant=True,
        choices=("within", "before"),
    )

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
        m_hat, adam = m / (1 - b1t), reciprocal(np.sqrt(v / (1 - b2t) + self.eps_root) + self.eps)
        state = State(m, v, b1t, b2t)
        if self.decay_at == "before":
            shrunk = p.eta * self.decay * p.x
            trust = trust_ratio(norm(p.x - shrunk), norm(adam * m_hat))[:, None]
            return Step(m_hat, trust * adam, shrunk), state
        trust = trust_ratio(norm(p.x), norm(adam * m_hat + self.decay * p.x))[:, None]
        return Step(m_hat, trust * adam, p.eta * trust * self.decay * p.x), state

    def ceiling(self) -> tuple[float, str] | None:
        """None: the rate follows ‖x‖ and ‖u‖, and so does not stand still."""
        return None
