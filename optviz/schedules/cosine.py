"""The rate falling along half a cosine wave, after a linear rise if asked."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import fraction, half_cosine
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Cosine(Schedule):
    """η_end + (η₀−η_end)/2·(1 + cos(π(k−W)/(T−W))) with k = t−1; before, η₀k/W; after T, η_end.

    d2l's CosineScheduler: W steps of warm-up from 0 count towards T; from step T+1 on the rate
    stays at η_end (PyTorch's CosineAnnealingLR rises again).
    """

    says = "down along half a cosine wave, after a rise if asked"
    formula = "η_end + (η₀−η_end)/2·(1 + cos(π(t−1−W)/(T−W)))"
    source = "Loshchilov & Hutter 2017; d2l, chapter Learning Rate Scheduling"

    eta0: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    steps: Num = setting(..., "T", "T", "steps until the end value, warm-up included", "[1, inf)")
    end: Num = setting(0.0, "η_end", r"\eta_{end}", "rate from step T+1 on", "[0, inf)")
    warmup: Num = setting(0.0, "W", "W", "steps of linear rise from 0", "[0, inf)")

    def __call__(self, t: int) -> Num:
        k = t - 1.0
        fall = half_cosine(self.eta0, self.end, fraction(k - self.warmup, self.steps - self.warmup))
        return np.where(k < self.warmup, self.eta0 * k / np.maximum(self.warmup, 1), fall)[()]
