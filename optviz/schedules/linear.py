"""The rate falling along a straight line."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, lerp
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Linear(Schedule):
    """η(t) = η₀ + (η_end−η₀)·min(1, (t−1)/T), as `optax.linear_schedule`."""

    says = "down along a straight line"
    formula = "η₀ + (η_end−η₀)·min(1, (t−1)/T)"
    source = "Optax linear_schedule"

    eta0: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    steps: Num = setting(..., "T", "T", "steps until the end value", "[1, inf)")
    end: Num = setting(0.0, "η_end", r"\eta_{end}", "rate from step T+1 on", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return lerp(self.eta0, self.end, fraction(t - 1.0, self.steps))
