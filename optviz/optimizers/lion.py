"""Lion."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """The mean of gradients: (batch, dim)."""

    m: Array


@dataclass(frozen=True)
class Lion(Rule):
    """Lion, evolved sign momentum: the sign of a mean that leans to the newest gradient.

    Source: Chen et al. 2023. c blends the old mean with the gradient by β₁, then the mean itself
    moves by β₂. The effective rate multiplies c: it is η/|c|, so every coordinate goes η. Weight
    decay is decoupled in every form. ε is Adam's and no library's: it rounds the sign off.
    """

    title = "Lion"
    says = (
        "Adam with half the memory: each coordinate steps η in the direction of its momentum, "
        "whatever the size of the gradient."
    )
    fails = (
        "Steps never shorten, so a constant η ends hopping about the minimum, η a coordinate; and "
        "like every diagonal method it feels rotation."
    )
    equations = (
        "cₜ = β₁ mₜ₋₁ + (1−β₁) gₜ",
        "mₜ = β₂ mₜ₋₁ + (1−β₂) gₜ",
        "xₜ = xₜ₋₁ − η (sign cₜ + λ xₜ₋₁)",
    )
    rate = r"\eta/|c_t|"
    reference = "Chen et al. 2023, Symbolic discovery of optimization algorithms, NeurIPS"
    dialects = {
        "paper": {"eta": 0.2, "beta1": 0.9, "beta2": 0.99},  # the paper tunes η for each task
        "keras": {"eta": 0.001, "beta1": 0.9, "beta2": 0.99},
        "optax": {"eta": 0.001, "beta1": 0.9, "beta2": 0.99, "decay": 1e-3},  # sets no η itself
    }
    made_by = {
        "keras": "keras.optimizers.Lion(learning_rate=η, beta_1=β₁, beta_2=β₂)",
        "optax": "optax.lion(η, b1=β₁, b2=β₂)",
    }
    spellings = {
        "keras": {
            "learning_rate": "eta",
            "beta_1": "beta1",
            "beta_2": "beta2",
            "weight_decay": "decay",
        },
        "optax": {"learning_rate": "eta", "b1": "beta1", "b2": "beta2", "weight_decay": "decay"},
    }

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean in the step", "[0, 1)")
    beta2: Num = setting(0.99, "β₂", r"\beta_2", "share of the mean that is kept", "[0, 1)")
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)
    eps: Num = setting(0.0, "ε", r"\epsilon", "c/(|c|+ε) for sign c", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """m = 0."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """c = β₁m + (1−β₁)g; x − η(c/|c| + λx); m = β₂m + (1−β₂)g."""
        c = self.beta1 * s.m + (1 - self.beta1) * p.grad
        m = self.beta2 * s.m + (1 - self.beta2) * p.grad
        scale = reciprocal(np.abs(c) + self.eps)
        return Step(c, scale, drift=with_decay(p, self.decay, decoupled=True)[1]), State(m)

    def ceiling(self) -> tuple[float, str] | None:
        """Where z² − (1+β₂−a(1−β₁))z + β₂ + a(β₁−β₂), a = rate·λ, leaves the unit circle.

        At z = −1, or, with β₁ above β₂, at a pair of complex roots; with 1+β₂ ≤ 2β₁ only there.
        """
        if np.ndim(self.beta1) or np.ndim(self.beta2):
            return super().ceiling()
        b1, b2 = scalar(self.beta1), scalar(self.beta2)
        turns = (1 - b2) / (b1 - b2) if b1 > b2 else np.inf
        flips = 2 * (1 + b2) / (1 + b2 - 2 * b1) if 1 + b2 > 2 * b1 else np.inf
        if turns < flips:
            return turns, r"\frac{1-\beta_2}{\beta_1-\beta_2}"
        return flips, r"\frac{2+2\beta_2}{1+\beta_2-2\beta_1}"
