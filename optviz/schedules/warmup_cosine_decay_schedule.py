"""Optax's warmup_cosine_decay_schedule: a straight rise, then down along half a cosine wave."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import after_warmup, cosine_decay, fraction
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class WarmupCosineDecaySchedule(LibrarySchedule):
    """From init_value to peak_value to end_value, as `optax.warmup_cosine_decay_schedule`.

    decay_steps is the whole length, warmup_steps included (Keras's CosineDecay adds them).
    """

    says = "a straight rise, then half a cosine wave"
    formula = "init_value ↗ peak_value in warmup_steps, ↘ end_value at decay_steps"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    peak_value: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "(0, inf)")
    warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)")
    decay_steps: Num = setting(..., "T", "T", "all steps, warm-up included", "[1, inf)")
    end_value: Num = setting(0.0, "η_end", r"\eta_{end}", "last rate", "[0, inf)")
    exponent: Num = setting(1.0, "p", "p", "exponent of the wave", "(0, inf)")

    def __post_init__(self) -> None:
        super().__post_init__()
        if np.any(np.less_equal(self.decay_steps, self.warmup_steps)):
            message = "more than warmup_steps is wanted"
            raise BadValue(f"{self.word()}: decay_steps", self.decay_steps, message)

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.warmup_steps
        progress = fraction(k - warmup, self.decay_steps - warmup)
        fall = self.peak_value * cosine_decay(
            progress, self.end_value / self.peak_value, self.exponent
        )
        return after_warmup(k, warmup, self.init_value, self.peak_value, fall)

    @classmethod
    def base(cls) -> str:
        return "peak_value"
