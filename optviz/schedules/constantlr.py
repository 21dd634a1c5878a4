"""PyTorch's ConstantLR: a smaller rate for the first steps."""

from dataclasses import dataclass

import numpy as np

from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ConstantLR(LibrarySchedule):
    """η = lr·factor while k < total_iters, then lr, as `torch.optim.lr_scheduler.ConstantLR`."""

    says = "a share of the rate for the first steps"
    formula = "lr·factor while t ≤ total_iters, then lr"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate after the first steps", "[0, inf)")
    factor: Num = setting(1 / 3, "a", "a", "share of it in the first steps", "(0, 1]")
    total_iters: Num = setting(5.0, "T", "T", "number of first steps", "[1, inf)", whole=True)

    def __call__(self, t: int) -> Num:
        return self.lr * np.where(t <= np.asarray(self.total_iters), self.factor, 1.0)[()]
