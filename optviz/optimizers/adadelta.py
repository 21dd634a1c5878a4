"""Adadelta."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean squares of the gradients and of the steps: (batch, dim) each."""

    v: Array
    u: Array


@dataclass(frozen=True)
class Adadelta(Rule):
    """Adadelta: RMSProp whose rate is the root mean square of its own past steps.

    Source: Zeiler 2012; d2l, chapter Adadelta. All forms agree on the equations, and differ in
    numbers: η stands outside and never enters u, so only Keras's 0.001 makes it crawl.
    Weight decay enters the gradient in PyTorch and Optax, and is decoupled in Keras.
    """

    title = "Adadelta"
    says = (
        "Mends AdaGrad's stall without a rate to choose: past steps set the size of the next, so "
        "it has the unit of x."
    )
    fails = (
        "With u = 0 at the start the first step is only √ε/√(1−ρ) long, and it takes many to speed "
        "up; ε, meant for safety, has become the knob."
    )
    equations = (
        "vₜ = ρ vₜ₋₁ + (1−ρ) gₜ²",
        "Δₜ = √(uₜ₋₁+ε)/√(vₜ+ε) ⊙ gₜ",
        "uₜ = ρ uₜ₋₁ + (1−ρ) Δₜ²",
        "xₜ = xₜ₋₁ − η Δₜ",
    )
    rate = r"\eta\sqrt{u_{t-1}+\epsilon}/\sqrt{v_t+\epsilon}"
    reference = "Zeiler 2012, arXiv 1212.5701; d2l, chapter Adadelta"
    dialects = {
        "d2l": {"eta": 1.0, "rho": 0.9, "eps": 1e-5},
        "torch": {"eta": 1.0, "rho": 0.9, "eps": 1e-6},
        "keras": {"eta": 0.001, "rho": 0.95, "eps": 1e-7, "decoupled": True},
        "optax": {"eta": 1.0, "rho": 0.9, "eps": 1e-6},
    }
    requires_rate = ()
    made_by = {
        "torch": "torch.optim.Adadelta(params, lr=η, rho=ρ)",
        "keras": "keras.optimizers.Adadelta(learning_rate=η, rho=ρ)",
        "optax": "optax.adadelta(η, rho=ρ)",
    }
    spellings = {
        "torch": {"lr": "eta", "rho": "rho", "eps": "eps", "weight_decay": "decay"},
        "keras": {"learning_rate": "eta", "rho": "rho", "epsilon": "eps", "weight_decay": "decay"},
        "optax": {"learning_rate": "eta", "rho": "rho", "eps": "eps", "weight_decay": "decay"},
    }

    rho: Num = setting(0.9, "ρ", r"\rho", "share of the mean squares that is kept", "[0, 1)")
    eps: Num = setting(1e-5, "ε", r"\epsilon", "the first step; with 0 there is none", "(0, inf)")
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """v = u = 0."""
        zero = np.zeros_like(x)
        return State(zero, zero)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; u takes in Δ without η."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        v = self.rho * s.v + (1 - self.rho) * g * g
        scale = np.sqrt(s.u + self.eps) * reciprocal(np.sqrt(v + self.eps))
        delta = scale * g
        u = self.rho * s.u + (1 - self.rho) * delta * delta
        return Step(g, scale, drift), State(v, u)
