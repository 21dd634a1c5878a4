"""The rate falling to its end value along a power of the time left."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, power_decay
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Polynomial(Schedule):
    """η(t) = η_end + (η₀−η_end)(1 − min(t−1,T)/T)^p; p = 1 is linear decay.

    PyTorch's PolynomialLR with η_end = 0, Keras's PolynomialDecay and Optax's polynomial_schedule.
    d2l calls another form, η₀(βt+1)^−α, polynomial: that is `power` here.
    """

    says = "down along a power of what is left"
    formula = "η_end + (η₀−η_end)(1 − min(t−1,T)/T)^p"
    source = "PyTorch PolynomialLR, Optax polynomial_schedule, Keras PolynomialDecay"

    eta0: Num = setting(..., "η₀", r"\eta_0", "rate of the first step", "[0, inf)")
    steps: Num = setting(..., "T", "T", "steps until the end value", "[1, inf)")
    power: Num = setting(1.0, "p", "p", "exponent", "(0, inf)")
    end: Num = setting(0.0, "η_end", r"\eta_{end}", "rate from step T+1 on", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return power_decay(self.eta0, self.end, fraction(t - 1.0, self.steps), self.power)
