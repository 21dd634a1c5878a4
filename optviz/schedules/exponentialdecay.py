"""Keras's ExponentialDecay: falling by a factor every decay_steps steps, smoothly or in stairs."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ExponentialDecay(LibrarySchedule):
    """η = initial_learning_rate·decay_rate^(k/decay_steps), as in `keras.optimizers.schedules`."""

    says = "down by a factor, smoothly or in steps"
    formula = "initial_learning_rate·decay_rate^((t−1)/decay_steps)"
    source = "Keras 3.15"

    initial_learning_rate: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    decay_steps: Num = setting(..., "s", "s", "steps for one factor", "(0, inf)")
    decay_rate: Num = setting(..., "γ", r"\gamma", "factor", "(0, inf)")
    staircase: bool = setting(False, "", "", "whole factors only: ⌊(t−1)/decay_steps⌋")

    def __call__(self, t: int) -> Num:
        times = (t - 1.0) / self.decay_steps
        times = np.floor(times) if self.staircase else times
        return geometric(self.initial_learning_rate, self.decay_rate, times)
