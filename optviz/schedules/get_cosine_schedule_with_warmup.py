"""transformers' get_cosine_schedule_with_warmup: a straight rise from 0, then a cosine wave."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup, bounded, half_cosine, passed
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetCosineScheduleWithWarmup(LibrarySchedule):
    """η = lr/2·(1 + cos(2π·num_cycles·progress)), as `get_cosine_schedule_with_warmup`.

    The progress is 0 after the rise and 1 at k = num_training_steps, and goes on growing: past the
    end the rate rises again, as in PyTorch's CosineAnnealingLR.
    """

    says = "a rise from 0, then a cosine wave"
    formula = "0 ↗ lr in num_warmup_steps, then lr/2·(1 + cos(2π·num_cycles·progress))"
    source = "transformers 5.24; Loshchilov & Hutter 2017"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_training_steps: Num = setting(
        ..., "T", "T", "all steps, warm-up included", "[0, inf)", whole=True
    )
    num_cycles: Num = setting(0.5, "c", "c", "waves until the end", "[0, inf)")

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.num_warmup_steps
        progress = passed(k, warmup, self.num_training_steps)
        wave = half_cosine(1.0, 0.0, 2 * bounded(self.num_cycles * progress))
        return self.lr * after_warmup(k, warmup, 0.0, 1.0, wave)
