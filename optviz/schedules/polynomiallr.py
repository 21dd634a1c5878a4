"""PyTorch's PolynomialLR: falling to zero along a power of the time left."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, power_decay
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class PolynomialLR(LibrarySchedule):
    """η = lr·(1 − min(k/total_iters, 1))^power, as `torch.optim.lr_scheduler.PolynomialLR`."""

    says = "down to 0 along a power of what is left"
    formula = "lr·(1 − min(1, (t−1)/total_iters))^power"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate of the first step", "[0, inf)")
    total_iters: Num = setting(5.0, "T", "T", "steps until zero", "[1, inf)", whole=True)
    power: Num = setting(1.0, "p", "p", "exponent", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return power_decay(self.lr, 0.0, fraction(t - 1.0, self.total_iters), self.power)
