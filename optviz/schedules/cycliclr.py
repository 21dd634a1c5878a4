"""PyTorch's CyclicLR: up and down in straight lines."""

from dataclasses import dataclass

import numpy as np

from optviz.arguments import Argument
from optviz.arrays import power
from optviz.schedules._curves import line
from optviz.schedules._library import Library
from optviz.settings import Num, setting


@dataclass(frozen=True)
class CyclicLR(Library):
    """η = base_lr + (max_lr−base_lr)·triangle·scale, as `torch.optim.lr_scheduler.CyclicLR`.

    The scale is 1, halved at each cycle, or gammaᵏ (Smith 2017). PyTorch also swings the momentum
    unless `cycle_momentum=False`; a schedule here is of the rate only.
    """

    formula = "base_lr ↗ max_lr in step_size_up steps, ↘ base_lr in step_size_down, again and again"
    source = "PyTorch 2.13"
    arguments = {
        "scale_fn": Argument((None,), "a function of one's own is not drawn; mode names three"),
        "scale_mode": Argument(None),  # of scale_fn alone
    }

    base_lr: Num = setting(..., "η₀", r"\eta_0", "lowest rate", "[0, inf)")
    max_lr: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "[0, inf)")
    step_size_up: Num = setting(2000.0, "u", "u", "steps upwards", "[1, inf)", whole=True)
    step_size_down: Num | None = setting(
        None, "d", "d", "steps downwards, as upwards if not given", "[1, inf)", whole=True
    )
    mode: str = setting("triangular", "", "", "what becomes of later triangles",
                        choices=("triangular", "triangular2", "exp_range"))  # fmt: skip
    gamma: Num = setting(1.0, "γ", r"\gamma", "factor a step of exp_range", "(0, inf)")

    def __call__(self, t: int) -> Num:
        up = self.step_size_up
        down = up if self.step_size_down is None else self.step_size_down
        cycle, passed = np.divmod(t - 1.0, up + down)
        height = np.where(passed <= up, passed / up, (up + down - passed) / down)[()]
        if self.mode == "triangular2":
            height = height * power(0.5, cycle)
        if self.mode == "exp_range":
            height = height * power(self.gamma, t - 1.0)
        return line(self.base_lr, self.max_lr, height)
