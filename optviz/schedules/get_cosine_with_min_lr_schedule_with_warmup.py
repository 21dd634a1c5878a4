"""transformers' get_cosine_with_min_lr_schedule_with_warmup: a rise, then a wave above a floor."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import after_warmup, bounded, half_cosine, lerp, passed
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetCosineWithMinLrScheduleWithWarmup(LibrarySchedule):
    """As get_cosine_schedule_with_warmup, but down to min_lr, or to min_lr_rate times lr.

    The rise begins at 0 all the same.
    """

    says = "a rise from 0, then a wave to a floor"
    formula = (
        "0 ↗ lr in num_warmup_steps, then min_lr + (lr−min_lr)/2·(1 + cos(2π·num_cycles·progress))"
    )
    source = "transformers 5.24; Loshchilov & Hutter 2017"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "(0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_training_steps: Num = setting(
        ..., "T", "T", "all steps, warm-up included", "[0, inf)", whole=True
    )
    num_cycles: Num = setting(0.5, "c", "c", "waves until the end", "[0, inf)")
    min_lr: Num | None = setting(None, "η_min", r"\eta_{min}", "lowest rate", "[0, inf)")
    min_lr_rate: Num | None = setting(None, "m", "m", "share of lr instead of min_lr", "[0, inf)")

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.min_lr is None) == (self.min_lr_rate is None):
            message = "this or min_lr_rate is wanted, and one of them alone"
            raise BadValue(f"{self.word()}: min_lr", self.min_lr, message)

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.num_warmup_steps
        progress = passed(k, warmup, self.num_training_steps)
        wave = half_cosine(1.0, 0.0, 2 * bounded(self.num_cycles * progress))
        fall = np.maximum(lerp(self._floor(), 1.0, wave), 0.0)
        return self.lr * after_warmup(k, warmup, 0.0, 1.0, fall)

    def _floor(self) -> Num:
        """The lowest rate as a share of lr."""
        if self.min_lr is not None:
            return self.min_lr / self.lr
        assert self.min_lr_rate is not None
        return self.min_lr_rate
