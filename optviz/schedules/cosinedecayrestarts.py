"""Keras's CosineDecayRestarts: down along a cosine wave, again and again."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import power
from optviz.schedules._curves import LARGEST, half_cosine, lerp, period
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineDecayRestarts(LibrarySchedule):
    """Periods t_mul times as long and m_mul times as high each, as `keras.optimizers.schedules`.

    Keras finds the period by a logarithm, whose rounding may put a restart one step late; here
    the restart is where it is meant (Loshchilov & Hutter 2017).
    """

    says = "half a cosine wave, again and again"
    formula = "initial_learning_rate·(alpha + (1−alpha)·m_mulⁱ/2·(1 + cos(πTᵢ))), Tᵢ from 0 to 1"
    source = "Keras 3.15"

    initial_learning_rate: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    first_decay_steps: Num = setting(..., "T", "T", "steps until the first restart", "(0, inf)")
    t_mul: Num = setting(2.0, "q", "q", "growth of a period", "[1, inf)")
    m_mul: Num = setting(1.0, "m", "m", "growth of the height", "(0, inf)")
    alpha: Num = setting(0.0, "α", r"\alpha", "share at the lowest", "[0, 1]")

    def __call__(self, t: int) -> Num:
        number, passed, length = period(t - 1.0, self.first_decay_steps, self.t_mul)
        height = np.minimum(power(self.m_mul, number), LARGEST) * half_cosine(
            1.0, 0.0, passed / length
        )
        return self.initial_learning_rate * lerp(self.alpha, 1.0, height)
