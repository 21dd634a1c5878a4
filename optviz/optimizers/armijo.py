"""Steepest descent with backtracking."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting

_TRIALS = 10_000


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Armijo(Rule):
    """Gradient descent with backtracking: a trial length is cut until f falls enough.

    Source: Armijo 1966; Nocedal & Wright 2006, algorithm 3.1. f falls enough at s if f(x−sg) ≤ f(x)
    − c₁ s gᵀg. On a quadratic f(x) cancels and that is s gᵀQg ≤ 2(1−c₁) gᵀg, which is tested here
    because it is free of the rounding of f. The length is part of the effective rate, and η
    multiplies it.
    """

    title = "Backtracking"
    says = (
        "Finds a rate that does not diverge without knowing Q: from a bold trial downwards until "
        "f falls by the share c₁ of what the slope promises."
    )
    fails = (
        "It is content with the first length that will do: no better than gradient descent on an "
        "ill-conditioned objective, bound to the steepest direction that is still alive."
    )
    equations = (
        "sₜ = the first of s₀, ρs₀, ρ²s₀, … with f(xₜ₋₁−sgₜ) ≤ f(xₜ₋₁) − c₁ s gₜᵀgₜ",
        "xₜ = xₜ₋₁ − η sₜ gₜ",
    )
    rate = r"\eta\,s_t"
    reference = "Armijo 1966, Pacific J. Math. 16; Nocedal & Wright 2006, algorithm 3.1"
    dialects = {"paper": {"eta": 1.0, "c1": 1e-4, "shrink": 0.5, "trial": 1.0}}
    made_by = {}
    rates_need = "Q"

    c1: Num = setting(1e-4, "c₁", "c_1", "the share of the promised fall that will do", "(0, 1)")
    shrink: Num = setting(0.5, "ρ", r"\rho", "what a trial that fails is cut by", "(0, 1)")
    trial: Num = setting(1.0, "s₀", "s_0", "the first length tried in each step", "(0, inf)")

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """From s₀ down by ρ until s·(curvature along g) ≤ 2(1−c₁)."""
        curvature = p.curvature(p.grad)
        length = np.zeros_like(curvature) + self.trial
        for _ in range(_TRIALS):
            steep = length * curvature > 2 * (1 - self.c1)
            if not steep.any():
                break
            length = np.where(steep, length * self.shrink, length)
        return Step(p.grad, length + 0 * curvature), s

    def forecast(self, p: Setup) -> Forecast:
        """The bounds of the lengths that pass the test."""
        if not (p.curvature > 0).all() or not p.diagonal:
            return Forecast(
                "f falls at every step at η = 1, at rates that the test lets through", {}
            )
        longest = 2 * (1 - float(self.c1)) / p.curvature
        least = min(float(self.trial), float(self.shrink) * float(longest.min()))
        most = min(float(self.trial), float(longest.max()))
        return Forecast(
            "f falls at every step at η = 1; its lengths lie between {least} and {most}",
            {"least": least, "most": most},
        )
