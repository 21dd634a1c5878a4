"""The rate rising along a straight line, then staying."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Warmup(Schedule):
    """η(t) = η·min(1, t/W): the first step has η/W, step W the whole rate.

    transformers and Optax begin at 0, so that their first step is none.
    """

    says = "up along a straight line, then constant"
    formula = "η·min(1, t/W)"
    source = "Ma & Yarats 2021, linear warm-up; Vaswani et al. 2017"

    eta: Num = setting(..., "η", r"\eta", "rate after the rise", "[0, inf)")
    steps: Num = setting(..., "W", "W", "steps upwards", "[1, inf)")

    def __call__(self, t: int) -> Num:
        return self.eta * np.minimum(t / self.steps, 1.0)
