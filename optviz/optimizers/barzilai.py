"""Gradient descent with the step of Barzilai and Borwein."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """x of the step before, and the gradient there: (batch, dim) each."""

    place: Array
    slope: Array


@dataclass(frozen=True)
class Barzilai(Rule):
    """Gradient descent with a secant's step: sᵀs/sᵀy of the last move s and gradient change y.

    On a quadratic that is the exact line search of the step before, one step late. Where the line
    curves down, or is straight, the first step's length is used. Source: Barzilai & Borwein
    1988, the longer of their two steps.
    """

    title = "Barzilai–Borwein"
    says = (
        "Knows the curvature from two gradients: as cheap as gradient descent, without a rate to "
        "choose, and far faster than exact line search on an ill-conditioned objective."
    )
    fails = (
        "f does not fall in every step, at times it leaps up; and with noise in the gradients the "
        "secant tells nothing."
    )
    equations = ("sₜ = xₜ₋₁ − xₜ₋₂,  yₜ = gₜ − gₜ₋₁", "xₜ = xₜ₋₁ − η (sₜᵀsₜ)/(sₜᵀyₜ) gₜ")
    rate = r"\eta\,s_t^\top s_t/s_t^\top y_t"
    reference = "Barzilai & Borwein 1988, IMA Journal of Numerical Analysis 8"
    dialects = {"paper": {"eta": 1.0}}
    made_by = {}
    aliases = ("bb",)
    rates_need = "x"

    first: Num = setting(0.1, "α₁", r"\alpha_1", "the first step's length", "(0, inf)")

    def init(self, x: Array) -> State:
        """No move yet."""
        return State(x, np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """α = sᵀs/sᵀy; x − ηαg."""
        move, change = p.x - s.place, p.grad - s.slope
        length, curve = (arrays.dot(move, part)[:, None] for part in (move, change))
        alpha = np.where(curve > 0, length / np.where(curve > 0, curve, 1.0), self.first)
        alpha = np.where(np.isnan(length), np.nan, alpha)  # without x there is no step
        return Step(p.grad, alpha), State(p.x, p.grad)

    def ceiling(self) -> tuple[float, str] | None:
        """None: most steps are above 2/λ for some direction, which later steps make good."""
        return None
