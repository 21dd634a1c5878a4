"""transformers' get_wsd_schedule: a rise, a stretch of the same rate, a fall."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import LARGEST, bounded, fraction, half_cosine, lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting

_TYPES = ("linear", "cosine", "1-sqrt")


@dataclass(frozen=True)
class GetWsdSchedule(LibrarySchedule):
    """Warm-up, stable, decay: from min_lr_ratio·lr to lr and back, as `get_wsd_schedule`.

    The stable steps are what num_training_steps leaves, if they are not given; given, they count.
    """

    says = "warm-up, a stable stretch, decay"
    formula = (
        "min_lr_ratio·lr ↗ lr in num_warmup_steps, lr for num_stable_steps, "
        "↘ min_lr_ratio·lr in num_decay_steps"
    )
    source = "transformers 5.24; Hu et al. 2024"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    num_decay_steps: Num = setting(..., "D", "D", "steps downwards", "[0, inf)", whole=True)
    num_training_steps: Num | None = setting(
        None, "T", "T", "all steps, if num_stable_steps is not given", "[0, inf)", whole=True
    )
    num_stable_steps: Num | None = setting(
        None, "S", "S", "steps at the highest rate", "[0, inf)", whole=True
    )
    warmup_type: str = setting("linear", "", "", "how it rises", choices=_TYPES)
    decay_type: str = setting("cosine", "", "", "how it falls", choices=_TYPES)
    min_lr_ratio: Num = setting(0.0, "m", "m", "share of lr at both ends", "[0, inf)")
    num_cycles: Num = setting(0.5, "c", "c", "waves of a cosine fall", "[0, inf)")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.num_training_steps is None and self.num_stable_steps is None:
            message = "this or num_stable_steps is wanted"
            raise BadValue(f"{self.word()}: num_training_steps", None, message)

    def __call__(self, t: int) -> Num:
        k, rise, decay = t - 1.0, self.num_warmup_steps, self.num_decay_steps
        fall = np.minimum(rise + self._stable(), LARGEST)  # the step at which the fall begins
        up = self._share(_RISES[self.warmup_type](fraction(k, rise), 0.5))
        down = self._share(_FALLS[self.decay_type](fraction(k - fall, decay), self.num_cycles))
        end = np.where(k < fall + decay, down, np.minimum(self.min_lr_ratio, LARGEST))
        return self.lr * np.where(k < rise, up, np.where(k < fall, 1.0, end))[()]

    def _stable(self) -> Num:
        if self.num_stable_steps is not None:
            return self.num_stable_steps
        assert self.num_training_steps is not None
        return self.num_training_steps - self.num_warmup_steps - self.num_decay_steps

    def _share(self, height: Num) -> Num:
        """Between min_lr_ratio and 1."""
        return np.maximum(lerp(self.min_lr_ratio, 1.0, height), 0.0)


def _cosine_fall(progress: Num, cycles: Num) -> Num:
    return half_cosine(1.0, 0.0, 2 * bounded(cycles * progress))


_Shape = Callable[[Num, Num], Num]  # the height from 0 to 1 at a progress, with so many waves
_RISES: dict[str, _Shape] = {
    "linear": lambda progress, _: progress,
    "cosine": lambda progress, cycles: 1.0 - _cosine_fall(progress, cycles),
    "1-sqrt": lambda progress, _: 1.0 - np.sqrt(1.0 - progress),
}
_FALLS: dict[str, _Shape] = {
    "linear": lambda progress, _: 1.0 - progress,
    "cosine": _cosine_fall,
    "1-sqrt": lambda progress, _: 1.0 - np.sqrt(progress),
}
