"""A rate that falls with each occurrence of a feature."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """How often each coordinate's gradient was not 0: (batch, dim)."""

    s: Array


@dataclass(frozen=True)
class Occurrence(Rule):
    """The counter that AdaGrad replaces: a rate falls with how often its coordinate was pushed.

    Source: d2l, chapter AdaGrad, which starts from it: η₀/√(s(i,t)+c) with s(i,t) the times that
    feature i was seen until t, the present one included. The book leaves c open; here it is 1.
    """

    title = "Occurrence counter"
    says = (
        "Mends the decay that is the same for all: a rare feature keeps a high rate until it has "
        "been seen as often as the common ones."
    )
    fails = (
        "It counts a tiny gradient like a huge one: where no gradient is ever exactly 0, as on "
        "most quadratics, it is the uniform decay, and AdaGrad sums squares for that reason."
    )
    equations = ("sₜ = sₜ₋₁ + [gₜ ≠ 0]", "xₜ = xₜ₋₁ − η/√(sₜ+c) ⊙ gₜ")
    rate = r"\eta/\sqrt{s_t+c}"
    reference = "d2l, chapter AdaGrad, Sparse Features and Learning Rates"
    dialects = {"d2l": {"eta": 0.4, "c": 1.0}}
    made_by = {}
    sums_gradients = True

    c: Num = setting(1.0, "c", "c", "times that each is taken to have been seen before", "[0, inf)")

    def init(self, x: Array) -> State:
        """Nothing seen."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """s = s + [g ≠ 0]; x − η/√(s+c) ⊙ g."""
        count = s.s + (p.grad != 0)
        return Step(p.grad, reciprocal(np.sqrt(count + self.c))), State(count)

    def forecast(self, p: Setup) -> Forecast:
        """Under 2/λ once s+c is above (ηλ/2)²; then it converges, but ever more slowly."""
        calm = float(np.maximum(np.ceil((p.eta * p.curvature / 2) ** 2 - self.c), 1.0).max())
        stable = "stable from about step {calm} on, once each rate is under 2/λ; "
        if not p.diagonal:
            stable = "stable from some step on, once each rate is under 2/λ; "
        return Forecast(
            stable + "then it converges, for the sum of its rates has no bound", {"calm": calm}
        )
