"""A rate that falls as one over the root of time, for all coordinates alike."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Nothing is remembered: the step number is part of the point."""


@dataclass(frozen=True)
class Uniform(Rule):
    """Gradient descent at η₀/√(t+c): every coordinate at the same falling rate.

    Source: d2l, chapter AdaGrad, which mends it by counting each feature for itself (occurrence).
    t counts from 1; the book leaves c open, here it is 1.
    """

    title = "Uniform decay"
    says = (
        "Gradient descent that calms down: the rate falls with the root of the number of steps, "
        "quick enough for noise to average out, slow enough to arrive."
    )
    fails = (
        "With rare features: by the time one is seen the rate is down for it too, though its "
        "coordinate has hardly moved; and an exact gradient needs no decay at all."
    )
    equations = ("xₜ = xₜ₋₁ − η/√(t+c) gₜ",)
    rate = r"\eta/\sqrt{t+c}"
    reference = "d2l, chapter AdaGrad, Sparse Features and Learning Rates; Zinkevich 2003"
    dialects = {"d2l": {"eta": 0.4, "c": 1.0}}
    made_by = {}
    sums_gradients = True

    c: Num = setting(1.0, "c", "c", "steps that are taken to have been made before", "[0, inf)")

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − η/√(t+c) g."""
        return Step(p.grad, reciprocal(np.sqrt(np.zeros_like(p.grad[:, :1]) + p.t + self.c))), s

    def forecast(self, p: Setup) -> Forecast:
        """Under 2/λ once t+c is above (ηλ/2)²; then it converges, but ever more slowly."""
        calm = float(np.maximum(np.ceil((p.eta * p.curvature / 2) ** 2 - self.c), 1.0).max())
        stable = "stable from about step {calm} on, once the rate is under 2/λmax; "
        if not p.diagonal:
            stable = "stable from some step on, once the rate is under 2/λmax; "
        return Forecast(
            stable + "then it converges, for the sum of its rates has no bound", {"calm": calm}
        )
