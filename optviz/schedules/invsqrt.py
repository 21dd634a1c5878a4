"""The rate falling as the inverse square root of the step number."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class InvSqrt(Schedule):
    """η(t) = η₀/√(t+c), the uniform rate that AdaGrad's chapter starts from."""

    says = "down as one by the root of the step"
    formula = "η₀/√(t+c)"
    source = "d2l, chapter AdaGrad; Zinkevich 2003"

    eta0: Num = setting(..., "η₀", r"\eta_0", "rate before the root", "[0, inf)")
    c: Num = setting(0.0, "c", "c", "steps added to t", "(-1, inf)")

    def __call__(self, t: int) -> Num:
        return self.eta0 / np.sqrt(t + self.c)
