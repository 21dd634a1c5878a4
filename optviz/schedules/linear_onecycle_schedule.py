"""Optax's linear_onecycle_schedule: up to the highest rate once, and down, in straight lines."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import fraction, lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class LinearOnecycleSchedule(LibrarySchedule):
    """Up, back to the first rate, and down to the last one, as `optax.linear_onecycle_schedule`.

    The corners are at k = ⌊pct_start·N⌋, ⌊pct_final·N⌋ and N = transition_steps.
    """

    says = "up once and down, in straight lines"
    formula = "peak_value/div_factor ↗ peak_value ↘ peak_value/div_factor ↘ its 1/final_div_factor"
    source = "Optax 0.2.8"

    transition_steps: Num = setting(..., "N", "N", "all steps", "[1, inf)", whole=True)
    peak_value: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "[0, inf)")
    pct_start: Num = setting(0.3, "p", "p", "share of the steps upwards", "[0, 1)")
    pct_final: Num = setting(0.85, "q", "q", "share of the steps up and back", "(0, 1)")
    div_factor: Num = setting(25.0, "d", "d", "highest by first rate", "(0, inf)")
    final_div_factor: Num = setting(1e4, "D", "D", "first by last rate", "(0, inf)")

    def __post_init__(self) -> None:
        super().__post_init__()
        top, back = self._corners()
        if np.any(top >= back):
            message = "a later step than that of pct_start is wanted"
            raise BadValue(f"{self.word()}: pct_final", self.pct_final, message)

    def __call__(self, t: int) -> Num:
        k, (top, back) = t - 1.0, self._corners()
        peak, first = self.peak_value, self.peak_value / self.div_factor
        rise = lerp(first, peak, fraction(k, top))
        fall = lerp(peak, first, fraction(k - top, back - top))
        left = self.transition_steps - back
        tail = lerp(first, first / self.final_div_factor, fraction(k - back, left))
        return np.where(k < top, rise, np.where(k < back, fall, tail))[()]

    def _corners(self) -> tuple[Num, Num]:
        steps = self.transition_steps
        return np.floor(self.pct_start * steps), np.floor(self.pct_final * steps)

    @classmethod
    def base(cls) -> str:
        return "peak_value"
