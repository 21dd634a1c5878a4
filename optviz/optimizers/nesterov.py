"""Nesterov's momentum."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import velocity_ceiling, with_decay
from optviz.optimizers._library_arguments import MOMENTUM_REQUIRED
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """The velocity: (batch, dim)."""

    v: Array


@dataclass(frozen=True)
class Nesterov(Rule):
    """Nesterov momentum as the libraries write it: the velocity is used one step ahead.

    x is the point where the gradient is taken (the look-ahead point of Nesterov's own form), so
    the first step is η(1+β)g. Source: Sutskever et al. 2013; `torch.optim.SGD(nesterov=True)`.
    Weight decay enters the gradient in PyTorch and is decoupled in Keras.
    """

    title = "Nesterov"
    says = "Momentum that looks ahead: it brakes before it overshoots and damps the ringing."
    fails = (
        "Steep directions: its stable range 2(1+β)/((1+2β)λmax) is narrower than plain "
        "momentum's, so a rate that suits the heavy ball can diverge here."
    )
    equations = ("vₜ = β vₜ₋₁ + gₜ", "xₜ = xₜ₋₁ − η (gₜ + β vₜ)")
    rate = r"\eta"
    reference = "Nesterov 1983; Sutskever, Martens, Dahl & Hinton 2013"
    dialects = {
        "d2l": {"eta": 0.2, "beta": 0.5},
        "torch": {"eta": 0.001, "beta": 0.9},
        "keras": {"eta": 0.01, "beta": 0.9, "rate_at": "inside", "decoupled": True},
        "optax": {"eta": 0.01, "beta": 0.9},
    }
    aliases = ("nag",)
    made_by = {
        "torch": "torch.optim.SGD(params, lr=η, momentum=β, nesterov=True)",
        "keras": "keras.optimizers.SGD(learning_rate=η, momentum=β, nesterov=True)",
        "optax": "optax.sgd(η, momentum=β, nesterov=True)",
    }
    spellings = {
        "torch": {"lr": "eta", "momentum": "beta", "weight_decay": "decay"},
        "keras": {"learning_rate": "eta", "momentum": "beta", "weight_decay": "decay"},
        "optax": {"learning_rate": "eta", "momentum": "beta"},
    }
    arguments = {
        "": {
            "nesterov": Argument((True,), "true is wanted; without it the rule is momentum"),
            "dampening": Argument((0.0,), MOMENTUM_REQUIRED),
        },
        "torch": {"momentum": Argument(reason=MOMENTUM_REQUIRED, forbidden=(0.0,))},
    }
    momentum = "beta"

    beta: Num = setting(0.5, "β", r"\beta", "share of the velocity that is kept", "[0, 1)")
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
        """v = βv + g; x − η(g + βv). With the rate inside: u = βu + ηg; x − (ηg + βu)."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        if self.rate_at == "inside":
            u = self.beta * s.v + p.eta * g
            return Step(g, 1.0, drift=self.beta * u + drift), State(u)
        v = self.beta * s.v + g
        return Step(g + self.beta * v, 1.0, drift), State(v)

    def ceiling(self) -> tuple[float, str]:
        """2(1+β)/((1+2β)λ)."""
        return velocity_ceiling(self.beta, nesterov=True)

    def asymptotic(self) -> float:
        """A constant gradient adds up to this many of itself."""
        return 1 / (1 - scalar(self.beta))

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(1+β)(1−ηλ)eₜ − β(1−ηλ)eₜ₋₁; None with decay, with which it does not end at x*."""
        if np.any(self.decay):
            return None
        factor = 1 - eta * curvature
        return (1 + self.beta) * factor, self.beta * factor

    def best(self, low: float, high: float) -> dict[str, float] | None:
        """η = 4/(3λmax+λmin), factor 1 − 2/√(3κ+1): Lessard, Recht & Packard 2016, table 1."""
        if np.any(self.decay):
            return None
        root = sqrt(3 * (high / low) + 1)
        return {"eta": 4 / (3 * high + low), "beta": (root - 2) / (root + 2)}
