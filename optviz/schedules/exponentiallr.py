"""PyTorch's ExponentialLR: falling by the same factor at every step."""

from dataclasses import dataclass

from optviz.schedules._curves import geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ExponentialLR(LibrarySchedule):
    """η = lr·gammaᵏ, as `torch.optim.lr_scheduler.ExponentialLR`."""

    says = "down by the same factor at every step"
    formula = "lr·gamma^(t−1)"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate of the first step", "[0, inf)")
    gamma: Num = setting(..., "γ", r"\gamma", "factor a step", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return geometric(self.lr, self.gamma, t - 1.0)
