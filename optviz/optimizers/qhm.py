"""QHM: quasi-hyperbolic momentum."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """The mean of gradients: (batch, dim)."""

    m: Array


@dataclass(frozen=True)
class QHM(Rule):
    """Quasi-hyperbolic momentum: a blend of a plain gradient step and one of momentum, by ν.

    Source: Ma & Yarats 2019, as its package qhoptim. Momentum is a mean here, not corrected for
    its start: ν = 0 is gradient descent, ν = 1 momentum at η(1−β), ν = β Nesterov's at η(1−β).
    The effective rate multiplies the blend.
    """

    title = "Quasi-hyperbolic momentum"
    says = (
        "Tells the memory of momentum from its weight: β may be very near 1, for a long mean, and "
        "the step still answers the newest gradient by 1−ν."
    )
    fails = "One rate for all coordinates still; and with β near 1 the mean needs 1/(1−β) steps."
    equations = ("mₜ = β mₜ₋₁ + (1−β) gₜ", "xₜ = xₜ₋₁ − η ((1−ν) gₜ + ν mₜ)")
    rate = r"\eta"
    reference = "Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning, ICLR"
    dialects = {"paper": {"eta": 1.0, "beta": 0.999, "nu": 0.7}}  # α = 1 is its rule of thumb
    made_by = {}

    beta: Num = setting(0.999, "β", r"\beta", "share of the mean that is kept", "[0, 1)")
    nu: Num = setting(0.7, "ν", r"\nu", "weight of the mean, 1−ν of the gradient", "[0, 1]")

    def init(self, x: Array) -> State:
        """m = 0."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """m = βm + (1−β)g; x − η((1−ν)g + νm)."""
        m = self.beta * s.m + (1 - self.beta) * p.grad
        return Step((1 - self.nu) * p.grad + self.nu * m, 1.0), State(m)

    def ceiling(self) -> tuple[float, str] | None:
        """Where e alternates: there m is (1−β)/(1+β) of g, the blend 1 − 2νβ/(1+β) of it."""
        if np.ndim(self.beta) or np.ndim(self.nu):
            return super().ceiling()
        beta, nu = scalar(self.beta), scalar(self.nu)
        return 2 * (1 + beta) / (1 + beta - 2 * nu * beta), r"\frac{2+2\beta}{1+\beta-2\nu\beta}"

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(1+β−ηλ(1−νβ))eₜ − β(1−ηλ(1−ν))eₜ₋₁."""
        steep = eta * curvature
        return (
            1 + self.beta - steep * (1 - self.nu * self.beta),
            self.beta * (1 - steep * (1 - self.nu)),
        )
