"""timm's StepLRScheduler: falling by a factor every decay_t steps, after a straight rise."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import LARGEST, after_warmup, geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class StepLRScheduler(LibrarySchedule):
    """η = lr·decay_rate^⌊k/decay_t⌋, counted from the end of the rise, as timm's.

    With `warmup_prefix=False` the steps of the rise count.
    """

    says = "down by a factor every decay_t, after a rise if asked"
    formula = "warmup_lr_init ↗ lr in warmup_t, then lr·decay_rate^⌊(t−1−warmup_t)/decay_t⌋"
    source = "timm 1.0"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate before the first fall", "[0, inf)")
    decay_t: Num = setting(..., "s", "s", "steps between two falls", "(0, inf)")
    decay_rate: Num = setting(1.0, "γ", r"\gamma", "factor a fall", "(0, inf)")
    warmup_t: Num = setting(0.0, "W", "W", "steps upwards", "[0, inf)", whole=True)
    warmup_lr_init: Num = setting(0.0, "η_W", r"\eta_W", "first rate of the rise", "[0, inf)")
    warmup_prefix: bool = setting(True, "", "", "the falls are counted from the end of the rise")

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.warmup_t
        counted = np.maximum(k - warmup, 0.0) if self.warmup_prefix else k
        times = np.minimum(np.floor_divide(counted, self.decay_t), LARGEST)
        fall = geometric(self.lr, self.decay_rate, times)
        return after_warmup(k, warmup, self.warmup_lr_init, self.lr, fall)
