"""Steepest descent with backtracking."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Bools
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._linear_algebra import row_dot, row_norm
from optviz.optimizers._norms import NORMS, SAYS, scale
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting

_TRIALS = 10_000


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Armijo(Rule):
    """Gradient descent with backtracking: a trial length is cut until f falls enough.

    Source: Armijo 1966; Nocedal & Wright 2006, algorithm 3.1. f falls enough at s if f(x−sg) ≤ f(x)
    − c₁ s gᵀg; where f has no value it does not. On a quadratic f(x) cancels and that is s gᵀQg ≤
    2(1−c₁) gᵀg, which is tested there because it is free of the rounding of f. The length is part
    of the effective rate, and η multiplies it. In another `norm` the direction is that of steepest
    descent in it, d, and the test s dᵀQd ≤ 2(1−c₁) gᵀd.
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
    norm: str = setting("l2", "", "", SAYS, variant=True, choices=NORMS)

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """From s₀ down by ρ until s·(curvature along d) ≤ 2(1−c₁) gᵀd/dᵀd."""
        turned = 1.0 if self.norm == "l2" else scale(self.norm, p)
        *_, length = self._lengths(p, turned)
        return Step(p.grad, length * turned), s

    def trials(self, p: Point, s: State) -> list[Array]:
        """The points of the lengths that were too long: (batch, dim) each."""
        turned = 1.0 if self.norm == "l2" else scale(self.norm, p)
        *longer, _ = self._lengths(p, turned)
        return [p.x - p.eta * length * turned * p.grad for length in longer]

    def _lengths(self, p: Point, turned: Num) -> Iterator[Array]:
        """The lengths tried, the one that will do last: (batch, 1) each."""
        d = turned * p.grad
        curvature = p.curvature(d)
        promised: Num = 1.0 if self.norm == "l2" else p.slope(d)
        length = np.zeros_like(curvature) + self.trial
        for _ in range(_TRIALS):
            steep = self._too_long(p, d, length, curvature, promised)
            yield length + 0 * curvature
            if not steep.any():
                return
            length = np.where(steep, length * self.shrink, length)

    def _too_long(
        self, p: Point, d: Array, length: Array, curvature: Array, promised: Num
    ) -> Bools:
        """Whether f falls too little at a length: (batch, 1)."""
        fall = p.fall(-length * d)
        if fall is None:
            return np.asarray(length * curvature > 2 * (1 - self.c1) * promised)
        least = self.c1 * length * promised * row_dot(d, d)
        return np.asarray(~(fall >= least) & (length > 0) & np.isfinite(row_norm(d)))

    def asymptotic(self) -> float | None:
        """1; None in l1, where only the coordinate of the largest derivative moves."""
        return None if self.norm == "l1" else 1.0

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
