"""Lookahead: slow weights that follow the fast ones of any rule."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._library_arguments import UNNAMED
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers.adam import Adam
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The slow weights (batch, dim), and the state of the rule within."""

    slow: Array
    fast: Any


@dataclass(frozen=True)
class Lookahead(Rule):
    """Lookahead: after k fast steps the path goes back to a point between old and new.

    x are the fast weights. The effective rate is that of the rule within; the way back is drift.
    Source: Zhang, Lucas, Hinton & Ba 2019; `optax.lookahead`, whose slow weights are these.
    """

    title = "Lookahead"
    says = (
        "Calms any rule: k fast steps explore, then the slow weights take the share α of the way, "
        "which averages zigzags out."
    )
    fails = "Where the inner rule already goes straight: the steps back only cost time."
    equations = (
        "θₜ = xₜ₋₁ − one step of the rule within",
        "φₜ = φₜ₋₁ + α (θₜ − φₜ₋₁) and xₜ = φₜ every k-th step, else xₜ = θₜ",
    )
    rate = r"\eta\cdot\mathrm{scale\ of\ the\ rule\ within}"
    reference = "Zhang, Lucas, Hinton & Ba 2019, NeurIPS"
    dialects = {
        "paper": {"eta": 0.1, "k": 5, "alpha": 0.5},
        "optax": {"eta": 0.1, "k": 5, "alpha": 0.5},
    }
    made_by = {"optax": "optax.lookahead(optax.adam(η), sync_period=k, slow_step_size=α)"}
    spellings = {"optax": {"fast_optimizer": "base", "sync_period": "k", "slow_step_size": "alpha"}}
    arguments = {
        "optax": {
            UNNAMED: Argument((), "Optax's first is fast_optimizer; write that, or eta="),
            "reset_state": Argument((False,), "the rule within keeps its state here"),
        }
    }

    base: Rule = setting(Adam(), "", "", "the rule within, such as adam(beta1=0.8)")
    k: Num = setting(5, "k", "k", "fast steps between two returns", "[1, inf)", whole=True)
    alpha: Num = setting(0.5, "α", r"\alpha", "share of the way that is kept", "(0, 1]")

    def init(self, x: Array) -> State:
        """φ = x."""
        return State(x, self.base.init(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The step of the rule within; every k-th goes on to the slow weights."""
        step, fast = self.base.update(p, s.fast)
        theta = p.x - p.eta * step.scale * step.direction - step.drift
        due = np.equal(p.t % self.k, 0)
        slow = np.where(due, s.slow + self.alpha * (theta - s.slow), s.slow)
        back = np.where(due, theta - slow, 0.0)
        return Step(step.direction, step.scale, step.drift + back), State(slow, fast)

    def looks(self, x: Array, s: State) -> Array:
        """Where the rule within looks."""
        return self.base.looks(x, s.fast)

    @property
    def linear(self) -> bool:
        """As the rule within: the way back is linear too."""
        return self.base.linear

    def ceiling(self) -> tuple[float, str] | None:
        """None: the steps back make up for what the rule within overshoots."""
        return None

    def asymptotic(self) -> float | None:
        """None: every k-th step jumps back."""
        return None
