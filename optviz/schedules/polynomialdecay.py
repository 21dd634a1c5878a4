"""Keras's PolynomialDecay: falling to its end along a power of the time left."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import fraction, power_decay
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class PolynomialDecay(LibrarySchedule):
    """From initial_learning_rate to end_learning_rate, as in `keras.optimizers.schedules`.

    With `cycle` the end moves to the next multiple of decay_steps whenever it is passed, so the
    rate jumps up, less each time.
    """

    says = "down along a power of what is left"
    formula = "initial_learning_rate → end_learning_rate as (1 − (t−1)/decay_steps)^power"
    source = "Keras 3.15"

    initial_learning_rate: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    decay_steps: Num = setting(..., "T", "T", "steps until the end", "(0, inf)")
    end_learning_rate: Num = setting(1e-4, "η_end", r"\eta_{end}", "last rate", "[0, inf)")
    power: Num = setting(1.0, "p", "p", "exponent", "(0, inf)")
    cycle: bool = setting(False, "", "", "whether to begin again after the end")

    def __call__(self, t: int) -> Num:
        k, steps = t - 1.0, self.decay_steps
        if self.cycle:
            steps = steps * np.maximum(np.ceil(k / steps), 1.0)
        return power_decay(
            self.initial_learning_rate, self.end_learning_rate, fraction(k, steps), self.power
        )
