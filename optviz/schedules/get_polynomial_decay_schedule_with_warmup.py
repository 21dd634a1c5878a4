"""transformers' get_polynomial_decay_schedule_with_warmup: a straight rise, then a power."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import after_warmup, fraction, power_decay
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetPolynomialDecayScheduleWithWarmup(LibrarySchedule):
    """From 0 to lr, then down to lr_end at k = num_training_steps, as `transformers` has it."""

    says = "a rise from 0, then along a power"
    formula = (
        "0 ↗ lr in num_warmup_steps, then lr_end + (lr−lr_end)·(1−progress)^power, "
        "progress 1 at num_training_steps"
    )
    source = "transformers 5.24"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "(0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_training_steps: Num = setting(
        ..., "T", "T", "all steps, warm-up included", "[0, inf)", whole=True
    )
    lr_end: Num = setting(1e-7, "η_end", r"\eta_{end}", "last rate", "[0, inf)")
    power: Num = setting(1.0, "p", "p", "exponent of the fall", "[0, inf)")

    def __post_init__(self) -> None:
        super().__post_init__()
        if np.any(np.less_equal(self.lr, self.lr_end)):
            message = "less than lr is wanted"
            raise BadValue(f"{self.word()}: lr_end", self.lr_end, message)

    def __call__(self, t: int) -> Num:
        k, warmup, steps = t - 1.0, self.num_warmup_steps, self.num_training_steps
        progress = fraction(k - warmup, steps - warmup)
        fall = power_decay(self.lr, self.lr_end, progress, self.power)
        fall = np.where(k > steps, self.lr_end, fall)[()]  # of power 0 too
        return after_warmup(k, warmup, 0.0, self.lr, fall)
