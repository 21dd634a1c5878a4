"""Optax's warmup_exponential_decay_schedule: a straight rise, then exponential decay."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup, bounded_geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class WarmupExponentialDecaySchedule(LibrarySchedule):
    """From init_value to peak_value, then `exponential_decay`, counted from the end of the rise."""

    says = "a straight rise, then down by a factor"
    formula = "init_value ↗ peak_value in warmup_steps, then as exponential_decay"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    peak_value: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "[0, inf)")
    warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)")
    transition_steps: Num = setting(..., "s", "s", "steps for one factor", "[1, inf)")
    decay_rate: Num = setting(..., "γ", r"\gamma", "factor", "(0, inf)")
    transition_begin: Num = setting(0.0, "B", "B", "steps at the peak", "[0, inf)")
    staircase: bool = setting(False, "", "", "whole factors only")
    end_value: Num | None = setting(None, "η_end", r"\eta_{end}", "where it stops", "[0, inf)")

    def __call__(self, t: int) -> Num:
        k, warmup, peak = t - 1.0, self.warmup_steps, self.peak_value
        times = (k - warmup - self.transition_begin) / self.transition_steps
        fall = bounded_geometric(peak, self.decay_rate, times, self.staircase, self.end_value)
        return after_warmup(k, warmup, self.init_value, peak, fall)

    @classmethod
    def base(cls) -> str:
        return "peak_value"
