"""Optax's exponential_decay: falling by a factor every transition_steps, between two bounds."""

from dataclasses import dataclass

from optviz.schedules._curves import bounded_geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ExponentialDecay(LibrarySchedule):
    """η = init_value·decay_rate^((k−transition_begin)/transition_steps), of `optax`.

    Before transition_begin it is init_value; end_value is its floor, or its ceiling where
    decay_rate is 1 or more.
    """

    says = "down by a factor, smoothly or in steps"
    formula = "init_value·decay_rate^((t−1−transition_begin)/transition_steps)"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    transition_steps: Num = setting(..., "s", "s", "steps for one factor", "[1, inf)")
    decay_rate: Num = setting(..., "γ", r"\gamma", "factor", "(0, inf)")
    transition_begin: Num = setting(0.0, "B", "B", "steps before it begins", "[0, inf)")
    staircase: bool = setting(False, "", "", "whole factors only")
    end_value: Num | None = setting(None, "η_end", r"\eta_{end}", "where it stops", "[0, inf)")

    def __call__(self, t: int) -> Num:
        times = (t - 1.0 - self.transition_begin) / self.transition_steps
        return bounded_geometric(
            self.init_value, self.decay_rate, times, self.staircase, self.end_value
        )
