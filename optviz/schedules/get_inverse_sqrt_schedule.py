"""transformers' get_inverse_sqrt_schedule: a straight rise from 0, then one by a root."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._curves import after_warmup
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetInverseSqrtSchedule(LibrarySchedule):
    """η = lr/√(1 + (k−W)/timescale) after the rise, as `transformers.get_inverse_sqrt_schedule`.

    W is num_warmup_steps. The timescale is W if it is not given, or 10000 without a rise.
    """

    says = "a rise from 0, then one by a root"
    formula = "0 ↗ lr in num_warmup_steps, then lr/√(1 + (t−1−num_warmup_steps)/timescale)"
    source = "transformers 5.24"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    num_warmup_steps: Num = setting(..., "W", "W", "steps upwards", "[0, inf)", whole=True)
    timescale: Num | None = setting(
        None, "s", "s", "steps from the highest rate to 1/√2 of it", "[1, inf)", whole=True
    )

    def __call__(self, t: int) -> Num:
        k, warmup, scale = t - 1.0, self.num_warmup_steps, self.timescale
        if scale is None:
            scale = np.where(np.equal(warmup, 0), 10_000.0, warmup)[()]
        root = np.sqrt(np.maximum(k + (scale - warmup), scale) / scale)
        return self.lr * after_warmup(k, warmup, 0.0, 1.0, 1.0 / root)
