"""PyTorch's CosineAnnealingWarmRestarts: down along a cosine wave, again and again."""

from dataclasses import dataclass

from optviz.schedules._curves import half_cosine, period
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineAnnealingWarmRestarts(LibrarySchedule):
    """η = eta_min + (lr−eta_min)/2·(1 + cos(πT_cur/T_i)), as in `torch.optim.lr_scheduler`.

    T_cur steps have passed since the last restart; T_i, the steps to the next, is T_0 at first and
    T_mult times as long after each (Loshchilov & Hutter 2017).
    """

    says = "down along half a cosine wave, again and again"
    formula = "eta_min + (lr−eta_min)/2·(1 + cos(πT_cur/Tᵢ)), Tᵢ = T_0·T_multⁱ"
    source = "PyTorch 2.13"
    overwrites = True

    lr: Num = setting(..., "η₀", r"\eta_0", "rate at each restart", "[0, inf)")
    T_0: Num = setting(..., "T₀", "T_0", "steps until the first restart", "[1, inf)", whole=True)
    T_mult: Num = setting(1.0, "q", "q", "growth of a period", "[1, inf)", whole=True)
    eta_min: Num = setting(0.0, "η_min", r"\eta_{min}", "lowest rate", "[0, inf)")

    def __call__(self, t: int) -> Num:
        _, passed, length = period(t - 1.0, self.T_0, self.T_mult)
        return half_cosine(self.lr, self.eta_min, passed / length)
