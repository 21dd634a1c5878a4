"""Optax's cosine_decay_schedule: down along half a cosine wave, or a power of it."""

from dataclasses import dataclass

from optviz.schedules._curves import cosine_decay, fraction
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineDecaySchedule(LibrarySchedule):
    """From init_value to alpha times it in decay_steps, as `optax.cosine_decay_schedule`."""

    says = "down along half a cosine wave"
    formula = "init_value·(alpha + (1−alpha)·((1 + cos(π(t−1)/decay_steps))/2)^exponent)"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    decay_steps: Num = setting(..., "T", "T", "steps until the end", "[1, inf)")
    alpha: Num = setting(0.0, "α", r"\alpha", "share that is left in the end", "[0, inf)")
    exponent: Num = setting(1.0, "p", "p", "exponent of the wave", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return self.init_value * cosine_decay(
            fraction(t - 1.0, self.decay_steps), self.alpha, self.exponent
        )
