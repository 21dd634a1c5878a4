"""PyTorch's LinearLR: a straight line between two factors times the rate."""

from dataclasses import dataclass

from optviz.schedules._curves import fraction, lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class LinearLR(LibrarySchedule):
    """η = lr·(start_factor → end_factor in total_iters), as `torch.optim.lr_scheduler.LinearLR`."""

    says = "a straight line between two shares of the rate"
    formula = "lr·(start_factor + (end_factor−start_factor)·min(1, (t−1)/total_iters))"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate that the factors share out", "[0, inf)")
    start_factor: Num = setting(1 / 3, "a", "a", "share of it at the first step", "(0, 1]")
    end_factor: Num = setting(1.0, "b", "b", "share of it in the end", "[0, 1]")
    total_iters: Num = setting(5.0, "T", "T", "steps until the end", "[1, inf)", whole=True)

    def __call__(self, t: int) -> Num:
        progress = fraction(t - 1.0, self.total_iters)
        return self.lr * lerp(self.start_factor, self.end_factor, progress)
