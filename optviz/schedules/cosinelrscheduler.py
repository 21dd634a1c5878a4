"""timm's CosineLRScheduler: down along a cosine wave, again if asked, after a straight rise."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import power
from optviz.schedules._curves import LARGEST, after_warmup, half_cosine, lerp, period
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineLRScheduler(LibrarySchedule):
    """η = lr_min + (lr·cycle_decayⁱ−lr_min)/2·(1 + cos(π(passed/Tᵢ)^k_decay)) in cycle i, of timm.

    Tᵢ = t_initial·cycle_mulⁱ. After cycle_limit cycles the rate is lr_min. The rise is counted
    among the steps of the wave, which then begins below lr, unless `warmup_prefix=True`. timm finds
    the cycle by a logarithm, whose rounding may put a restart one step late; here it is where it is
    meant (Loshchilov & Hutter 2017).
    """

    says = "half a cosine wave, in cycles, after a rise if asked"
    formula = (
        "warmup_lr_init ↗ lr in warmup_t, then lr_min + (lr·cycle_decayⁱ−lr_min)/2·"
        "(1 + cos(π(passed/Tᵢ)^k_decay)), Tᵢ = t_initial·cycle_mulⁱ; from cycle_limit on lr_min"
    )
    source = "timm 1.0"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate at the first restart", "[0, inf)")
    t_initial: Num = setting(..., "T₀", "T_0", "steps of the first cycle", "[1, inf)", whole=True)
    lr_min: Num = setting(0.0, "η_min", r"\eta_{min}", "lowest rate", "[0, inf)")
    cycle_mul: Num = setting(1.0, "q", "q", "growth of a cycle", "[1, inf)")
    cycle_decay: Num = setting(1.0, "d", "d", "growth of the height", "(0, inf)")
    cycle_limit: Num = setting(1.0, "n", "n", "number of cycles", "[0, inf)", whole=True)
    warmup_t: Num = setting(0.0, "W", "W", "steps upwards", "[0, inf)", whole=True)
    warmup_lr_init: Num = setting(0.0, "η_W", r"\eta_W", "first rate of the rise", "[0, inf)")
    warmup_prefix: bool = setting(False, "", "", "the wave begins after the rise")
    k_decay: Num = setting(1.0, "κ", r"\kappa", "exponent of the progress", "(0, inf)")

    def __call__(self, t: int) -> Num:
        k, warmup = t - 1.0, self.warmup_t
        wave = self._wave(k - warmup if self.warmup_prefix else k)
        return after_warmup(k, warmup, self.warmup_lr_init, self.lr, wave)

    def _wave(self, k: Num) -> Num:
        number, passed, length = period(np.maximum(k, 0.0), self.t_initial, self.cycle_mul)
        height = half_cosine(1.0, 0.0, power(passed / length, self.k_decay))
        top = np.minimum(self.lr * np.minimum(power(self.cycle_decay, number), LARGEST), LARGEST)
        wave = lerp(self.lr_min, top, height)
        return np.where(np.less(number, self.cycle_limit), wave, self.lr_min)[()]
