"""Sign descent."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Sign(Rule):
    """Sign descent, signSGD: each coordinate goes η against the sign of its gradient.

    Source: Riedmiller & Braun 1993 had the idea, Bernstein et al. 2018 the name. The effective
    rate multiplies the gradient: it is η/|g|. ε is Adam's and no library's: it rounds the sign
    off, and makes this Adam without its means.
    """

    title = "Sign descent"
    says = (
        "Forgets the size of the gradient: flat and steep coordinates go equally far, η a step. "
        "What is left of Adam with β₁ = β₂ = 0."
    )
    fails = (
        "Within η of the minimum it hops to and fro for ever; and of an objective turned against "
        "the axes it sees only the quadrant of its gradient."
    )
    equations = ("xₜ = xₜ₋₁ − η sign gₜ = xₜ₋₁ − η/|gₜ| ⊙ gₜ",)
    rate = r"\eta/|g_t|"
    reference = "Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD, ICML"
    dialects = {
        "paper": {"eta": 0.2},
        "optax": {"eta": 0.001},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.sign_sgd(η)"}
    aliases = ("signsgd", "sign_sgd")
    spellings = {"optax": {"learning_rate": "eta"}}

    eps: Num = setting(0.0, "ε", r"\epsilon", "g/(|g|+ε) for sign g", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − η/(|g|+ε) ⊙ g."""
        return Step(p.grad, reciprocal(np.abs(p.grad) + self.eps)), s
