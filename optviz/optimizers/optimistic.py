"""Optimistic gradient descent."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """The gradient of the step before: (batch, dim)."""

    g: Array


@dataclass(frozen=True)
class Optimistic(Rule):
    """Optimistic gradient descent: the gradient plus how it changed, as a guess at the next one.

    Source: Daskalakis et al. 2018, after Popov 1980. α weighs the gradient, β its change; the
    first step has no change. The effective rate multiplies α g + β (g − the one before).
    """

    title = "Optimistic gradient descent"
    says = (
        "Made for games, where gradient descent spirals outward: it counts on the gradient to go "
        "on changing as it did, and so damps turns."
    )
    fails = (
        "On a quadratic it gains nothing: the change is a negative momentum, and the stable range "
        "2/((α+2β)λmax) is a third of gradient descent's."
    )
    equations = ("xₜ = xₜ₋₁ − η (α gₜ + β (gₜ−gₜ₋₁)),  g₀ = g₁",)
    rate = r"\eta"
    reference = "Daskalakis, Ilyas, Syrgkanis & Zeng 2018, Training GANs with optimism, ICLR"
    dialects = {
        "paper": {"eta": 0.1, "alpha": 1.0, "beta": 1.0},
        "optax": {"eta": 0.01, "alpha": 1.0, "beta": 1.0},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.optimistic_gradient_descent(η, alpha=α, beta=β)"}
    aliases = ("optimistic_gradient_descent", "ogd")
    spellings = {"optax": {"learning_rate": "eta", "alpha": "alpha", "beta": "beta"}}

    alpha: Num = setting(1.0, "α", r"\alpha", "weight of the gradient", "(0, inf)")
    beta: Num = setting(1.0, "β", r"\beta", "weight of its change", "[0, inf)")

    def init(self, x: Array) -> State:
        """No gradient yet."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − η(αg + β(g − g before))."""
        change = np.zeros_like(p.grad) if p.t == 1 else p.grad - s.g
        return Step(self.alpha * p.grad + self.beta * change, 1.0), State(p.grad)

    def ceiling(self) -> tuple[float, str] | None:
        """2/((α+2β)λ): where e alternates, g − g before is 2g."""
        if np.ndim(self.alpha) or np.ndim(self.beta):
            return super().ceiling()
        return 2 / (scalar(self.alpha) + 2 * scalar(self.beta)), r"\frac{2}{\alpha+2\beta}"

    def asymptotic(self) -> float:
        """A constant gradient counts α times."""
        return scalar(self.alpha)

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(1−(α+β)ηλ)eₜ + βηλeₜ₋₁."""
        steep = eta * curvature
        return 1 - (self.alpha + self.beta) * steep, -self.beta * steep
