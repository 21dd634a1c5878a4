"""Signum: the sign of momentum."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The mean of gradients: (batch, dim)."""

    m: Array


@dataclass(frozen=True)
class Signum(Rule):
    """Signum, signSGD with momentum: each coordinate goes η against the sign of a leaky mean.

    Source: Bernstein et al. 2018. The effective rate multiplies the mean m: it is η/|m|. ε is
    Adam's and no library's: it rounds the sign off.
    """

    title = "Signum"
    says = "Sign descent on a mean of gradients, so that noise in one of them does not turn a step."
    fails = (
        "The mean turns later than the gradient: the path overshoots by some η/(1−β), and then "
        "goes to and fro about the minimum with steps that never shorten."
    )
    equations = ("mₜ = β mₜ₋₁ + (1−β) gₜ", "xₜ = xₜ₋₁ − η sign mₜ")
    rate = r"\eta/|m_t|"
    reference = "Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD, ICML"
    dialects = {
        "paper": {"eta": 0.2, "beta": 0.9},
        "optax": {"eta": 0.001, "beta": 0.9},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.signum(η, beta=β)"}
    spellings = {"optax": {"learning_rate": "eta", "beta": "beta"}}

    beta: Num = setting(0.9, "β", r"\beta", "share of the mean that is kept", "[0, 1)")
    eps: Num = setting(0.0, "ε", r"\epsilon", "m/(|m|+ε) for sign m", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """m = 0."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """m = βm + (1−β)g; x − η/(|m|+ε) ⊙ m."""
        m = self.beta * s.m + (1 - self.beta) * p.grad
        return Step(m, reciprocal(np.abs(m) + self.eps)), State(m)

    def ceiling(self) -> tuple[float, str]:
        """2(1+β)/((1−β)λ): momentum as a mean."""
        return mean_ceiling(self.beta, symbol=r"\beta")
