"""Keras's InverseTimeDecay: the rate divided by a straight line."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import LARGEST
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class InverseTimeDecay(LibrarySchedule):
    """η = initial_learning_rate/(1 + decay_rate·k/decay_steps), as `keras.optimizers.schedules`."""

    says = "down as one by the number of steps"
    formula = "initial_learning_rate/(1 + decay_rate·(t−1)/decay_steps)"
    source = "Keras 3.15"

    initial_learning_rate: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    decay_steps: Num = setting(..., "s", "s", "steps for one decay_rate", "(0, inf)")
    decay_rate: Num = setting(..., "r", "r", "growth of the divisor", "[0, inf)")
    staircase: bool = setting(False, "", "", "in stairs: ⌊(t−1)/decay_steps⌋")

    def __call__(self, t: int) -> Num:
        times = np.minimum((t - 1.0) / self.decay_steps, LARGEST)
        times = np.floor(times) if self.staircase else times
        return self.initial_learning_rate / (1 + self.decay_rate * times)
