"""Optax's warmup_constant_schedule: a straight rise to a rate that stays."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class WarmupConstantSchedule(LibrarySchedule):
    """From init_value to peak_value in warmup_steps, as `optax.warmup_constant_schedule`."""

    says = "a straight rise, then constant"
    formula = "init_value ↗ peak_value in warmup_steps"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    peak_value: Num = setting(..., "η_max", r"\eta_{max}", "rate that stays", "[0, inf)")
    warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[1, inf)")

    def __call__(self, t: int) -> Num:
        return after_warmup(
            t - 1.0, self.warmup_steps, self.init_value, self.peak_value, self.peak_value
        )

    @classmethod
    def base(cls) -> str:
        return "peak_value"
