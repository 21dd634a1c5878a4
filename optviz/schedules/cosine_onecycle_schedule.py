"""Optax's cosine_onecycle_schedule: up to the highest rate once, and down, in cosine waves."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import fraction, half_cosine
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineOnecycleSchedule(LibrarySchedule):
    """Up until k = ⌊pct_start·N⌋, down until k = N = transition_steps, of `optax`.

    A step later than PyTorch's OneCycleLR at both ends.
    """

    says = "up once and down, in cosine waves"
    formula = "peak_value/div_factor ↗ peak_value ↘ peak_value/(div_factor·final_div_factor)"
    source = "Optax 0.2.8"

    transition_steps: Num = setting(..., "N", "N", "all steps", "[1, inf)", whole=True)
    peak_value: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "[0, inf)")
    pct_start: Num = setting(0.3, "p", "p", "share of the steps upwards", "[0, 1)")
    div_factor: Num = setting(25.0, "d", "d", "highest by first rate", "(0, inf)")
    final_div_factor: Num = setting(1e4, "D", "D", "first by last rate", "(0, inf)")

    def __call__(self, t: int) -> Num:
        k, top = t - 1.0, np.floor(self.pct_start * self.transition_steps)
        first = self.peak_value / self.div_factor
        last = first / self.final_div_factor
        fall = half_cosine(self.peak_value, last, fraction(k - top, self.transition_steps - top))
        return np.where(k < top, half_cosine(first, self.peak_value, fraction(k, top)), fall)[()]

    @classmethod
    def base(cls) -> str:
        return "peak_value"
