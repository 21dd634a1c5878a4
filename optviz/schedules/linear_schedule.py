"""Optax's linear_schedule: a straight line between two rates."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class LinearSchedule(LibrarySchedule):
    """From init_value to end_value in transition_steps, as `optax.linear_schedule`."""

    says = "a straight line between two rates"
    formula = "init_value → end_value in a straight line of transition_steps"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    end_value: Num = setting(..., "η_end", r"\eta_{end}", "last rate", "[0, inf)")
    transition_steps: Num = setting(..., "T", "T", "steps in between", "[1, inf)")
    transition_begin: Num = setting(0.0, "B", "B", "steps before it begins", "[0, inf)")

    def __call__(self, t: int) -> Num:
        progress = fraction(t - 1.0 - self.transition_begin, self.transition_steps)
        return lerp(self.init_value, self.end_value, progress)
