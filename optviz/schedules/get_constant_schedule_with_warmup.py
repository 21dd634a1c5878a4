"""transformers' get_constant_schedule_with_warmup: a straight rise from 0, then the same rate."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetConstantScheduleWithWarmup(LibrarySchedule):
    """η = lr·k/num_warmup_steps, then lr, as `transformers.get_constant_schedule_with_warmup`."""

    says = "a rise from 0, then constant"
    formula = "lr·min(1, (t−1)/num_warmup_steps)"
    source = "transformers 5.24"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate after the rise", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)

    def __call__(self, t: int) -> Num:
        return self.lr * after_warmup(t - 1.0, self.num_warmup_steps, 0.0, 1.0, 1.0)
