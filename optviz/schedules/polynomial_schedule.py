"""Optax's polynomial_schedule: between two rates along a power of the time left."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, power_decay
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class PolynomialSchedule(LibrarySchedule):
    """From init_value to end_value in transition_steps, as `optax.polynomial_schedule`."""

    says = "along a power of what is left"
    formula = "init_value → end_value as (1 − (t−1)/transition_steps)^power"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    end_value: Num = setting(..., "η_end", r"\eta_{end}", "last rate", "[0, inf)")
    power: Num = setting(..., "p", "p", "exponent", "(0, inf)")
    transition_steps: Num = setting(..., "T", "T", "steps in between", "[1, inf)")
    transition_begin: Num = setting(0.0, "B", "B", "steps before it begins", "[0, inf)")

    def __call__(self, t: int) -> Num:
        progress = fraction(t - 1.0 - self.transition_begin, self.transition_steps)
        return power_decay(self.init_value, self.end_value, progress, self.power)
