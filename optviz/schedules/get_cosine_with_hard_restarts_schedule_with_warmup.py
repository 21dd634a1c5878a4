"""transformers' get_cosine_with_hard_restarts_schedule_with_warmup: a rise, then half waves."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import after_warmup, bounded, half_cosine, passed
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetCosineWithHardRestartsScheduleWithWarmup(LibrarySchedule):
    """Down along num_cycles half cosine waves, each from lr to 0, as `transformers` has it.

    From k = num_training_steps on the rate is 0.
    """

    says = "a rise from 0, then half waves"
    formula = "0 ↗ lr in num_warmup_steps, then num_cycles times lr ↘ 0 along half a cosine wave"
    source = "transformers 5.24; Loshchilov & Hutter 2017"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate at each restart", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_training_steps: Num = setting(
        ..., "T", "T", "all steps, warm-up included", "[0, inf)", whole=True
    )
    num_cycles: Num = setting(1.0, "c", "c", "half waves until the end", "[0, inf)")

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.num_warmup_steps
        progress = passed(k, warmup, self.num_training_steps)
        wave = half_cosine(1.0, 0.0, bounded(self.num_cycles * progress) % 1.0)
        fall = np.where(np.less(progress, 1), wave, 0.0)[()]
        return self.lr * after_warmup(k, warmup, 0.0, 1.0, fall)
