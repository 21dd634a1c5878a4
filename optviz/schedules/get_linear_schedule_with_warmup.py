"""transformers' get_linear_schedule_with_warmup: a straight rise from 0, a straight fall to 0."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup, fraction_left
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetLinearScheduleWithWarmup(LibrarySchedule):
    """From 0 to lr to 0 at k = num_training_steps, as `get_linear_schedule_with_warmup`.

    num_training_steps is the whole length, num_warmup_steps included; the first step has rate 0.
    """

    says = "a rise from 0, a straight fall to 0"
    formula = "0 ↗ lr in num_warmup_steps, ↘ 0 at num_training_steps, in straight lines"
    source = "transformers 5.24"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_training_steps: Num = setting(
        ..., "T", "T", "all steps, warm-up included", "[0, inf)", whole=True
    )

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.num_warmup_steps
        fall = fraction_left(k, warmup, self.num_training_steps)
        return self.lr * after_warmup(k, warmup, 0.0, 1.0, fall)
