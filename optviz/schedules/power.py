"""The rate falling as a negative power of the step number."""

from dataclasses import dataclass

from optviz.arrays import power
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Power(Schedule):
    """η(t) = η₀(1+βt)^−α, what d2l's chapter on stochastic gradients calls polynomial decay."""

    says = "down as a negative power of the step"
    formula = "η₀(1+βt)^−α"
    source = "d2l, chapter Stochastic Gradient Descent; Robbins & Monro 1951"

    eta0: Num = setting(..., "η₀", r"\eta_0", "rate before the first step", "[0, inf)")
    alpha: Num = setting(0.5, "α", r"\alpha", "exponent", "[0, inf)")
    beta: Num = setting(1.0, "β", r"\beta", "how fast it sets in", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return self.eta0 * power(1.0 + self.beta * t, -self.alpha)
