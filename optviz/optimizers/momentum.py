"""Gradient descent with a heavy ball."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, is_zero, scalar, setting


class State(NamedTuple):
    """The velocity: (batch, dim)."""

    v: Array


@dataclass(frozen=True)
class Momentum(Rule):
    """Momentum, the heavy ball: gradients add up in a velocity that leaks by β.

    Source: Polyak 1964; d2l, chapter Momentum. PyTorch and Optax as the book; PyTorch's dampening
    spares the first step; Keras keeps the rate inside the velocity, which matters when η changes.
    Weight decay enters the gradient in PyTorch and is decoupled in Keras.
    """

    title = "Momentum"
    says = (
        "Smooths the zigzag of gradient descent: what agrees from step to step adds up to "
        "η/(1−β), what alternates cancels."
    )
    fails = (
        "β large for the curvature: the path overshoots and rings; and it is still one rate for "
        "all coordinates, only with a wider stable range, 2(1+β)/λmax."
    )
    equations = ("vₜ = β vₜ₋₁ + gₜ", "xₜ = xₜ₋₁ − η vₜ")
    rate = r"\eta"
    reference = "Polyak 1964; d2l, chapter Momentum; Goh, Distill 2017"
    dialects = {
        "d2l": {"eta": 0.6, "beta": 0.5},
        "torch": {"eta": 0.001, "beta": 0.9},
        "keras": {"eta": 0.01, "beta": 0.9, "rate_at": "inside", "decoupled": True},
        "optax": {"eta": 0.01, "beta": 0.9},
    }
    aliases = ("heavyball",)
    made_by = {
        "torch": "torch.optim.SGD(params, lr=η, momentum=β)",
        "keras": "keras.optimizers.SGD(learning_rate=η, momentum=β)",
        "optax": "optax.sgd(η, momentum=β)",
    }
    spellings = {
        "torch": {
            "lr": "eta",
            "momentum": "beta",
            "dampening": "dampening",
            "weight_decay": "decay",
        },
        "keras": {"learning_rate": "eta", "momentum": "beta", "weight_decay": "decay"},
        "optax": {"learning_rate": "eta", "momentum": "beta"},
    }
    becomes = {"nesterov": "nesterov"}
    arguments = {"": {"nesterov": Argument((None, False))}}
    momentum = "beta"

    beta: Num = setting(0.5, "β", r"\beta", "share of the velocity that is kept", "[0, 1)")
    dampening: Num = setting(
        0.0, "τ", r"\tau", "gradients after the first enter by 1−τ", "[0, 1)", variant=True
    )
    rate_at: str = setting(
        "outside",
        "",
        "",
        "η outside the velocity or inside",
        variant=True,
        choices=("outside", "inside"),
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """At rest."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """v = βv + g; x − ηv. With the rate inside: u = βu + ηg; x − u."""
        undamped = p.t == 1 or is_zero(self.dampening)
        g, drift = with_decay(p, self.decay, self.decoupled)
        g = g if undamped else (1 - self.dampening) * g
        if self.rate_at == "inside":
            u = self.beta * s.v + p.eta * g
            return Step(g, 1.0, drift=self.beta * s.v + drift), State(u)
        v = self.beta * s.v + g
        return Step(v, 1.0, drift), State(v)

    def ceiling(self) -> tuple[float, str] | None:
        """2(1+β)/((1−τ)λ): where the iteration matrix of the heavy ball leaves the unit circle."""
        if np.ndim(self.beta) or np.ndim(self.dampening):
            return super().ceiling()
        height = 2 * (1 + scalar(self.beta)) / (1 - scalar(self.dampening))
        return height, r"\frac{2+2\beta}{1-\tau}" if self.dampening else r"2(1+\beta)"

    def asymptotic(self) -> float:
        """A constant gradient adds up to this many of itself."""
        return (1 - scalar(self.dampening)) / (1 - scalar(self.beta))

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(1+β−η(1−τ)λ)eₜ − βeₜ₋₁; None with decay, with which it does not end at x*."""
        if np.any(self.decay):
            return None
        return 1 + self.beta - eta * (1 - self.dampening) * curvature, self.beta

    def best(self, low: float, high: float) -> dict[str, float] | None:
        """Polyak's: √β = (√κ−1)/(√κ+1) is then the factor of every mode."""
        if np.any(self.decay):
            return None
        span = sqrt(high) + sqrt(low)
        eta = (2 / span) ** 2 / (1 - float(self.dampening))
        return {"eta": eta, "beta": ((sqrt(high) - sqrt(low)) / span) ** 2}
