"""Keras's CosineDecay: down along half a cosine wave, after a straight rise if asked."""

from dataclasses import dataclass

from optviz.schedules._curves import after_warmup, cosine_decay, fraction
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineDecay(LibrarySchedule):
    """Down to alpha times the highest rate in decay_steps, as in `keras.optimizers.schedules`.

    With a warmup_target the rate first rises to it in warmup_steps, which come before decay_steps
    (those of Optax and of `cosine` count towards the whole).
    """

    says = "half a cosine wave, after a rise if asked"
    formula = "initial_learning_rate·(alpha + (1−alpha)/2·(1 + cos(π(t−1)/decay_steps)))"
    source = "Keras 3.15"

    initial_learning_rate: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    decay_steps: Num = setting(..., "T", "T", "steps downwards", "(0, inf)")
    alpha: Num = setting(0.0, "α", r"\alpha", "share that is left in the end", "[0, inf)")
    warmup_target: Num | None = setting(
        None, "η_w", r"\eta_w", "highest rate, if it rises first", "[0, inf)"
    )
    warmup_steps: Num = setting(0.0, "W", "W", "steps upwards", "[0, inf)")

    def __call__(self, t: int) -> Num:
        k, start, top = t - 1.0, self.initial_learning_rate, self.warmup_target
        if top is None:
            return start * cosine_decay(fraction(k, self.decay_steps), self.alpha)
        fall = top * cosine_decay(fraction(k - self.warmup_steps, self.decay_steps), self.alpha)
        return after_warmup(k, self.warmup_steps, start, top, fall)
