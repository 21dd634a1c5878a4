"""PyTorch's CyclicLR: up and down in straight lines."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import power
from optviz.schedules._curves import lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CyclicLR(LibrarySchedule):
    """η = base_lr + (max_lr−base_lr)·triangle·scale, as `torch.optim.lr_scheduler.CyclicLR`.

    The scale is 1, halved at each cycle, or gammaᵏ (Smith 2017). The momentum, or Adam's β₁, goes
    the other way, max_momentum − (max_momentum−base_momentum)·triangle·scale, whatever momentum
    the optimizer has, unless `cycle_momentum=False`.
    """

    says = "up and down in straight lines; moves the momentum too"
    formula = (
        "base_lr ↗ max_lr in step_size_up steps, ↘ base_lr in step_size_down, again and again; "
        "momentum max_momentum ↘ base_momentum ↗ max_momentum"
    )
    source = "PyTorch 2.13"
    alone = "it sets the lowest and the highest rate of its optimizer"
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
    mode: str = setting(
        "triangular",
        "",
        "",
        "what becomes of later triangles",
        choices=("triangular", "triangular2", "exp_range"),
    )
    gamma: Num = setting(1.0, "γ", r"\gamma", "factor a step of exp_range", "(0, inf)")

    cycle_momentum: bool = setting(True, "", "", "whether the momentum moves too")
    base_momentum: Num = setting(0.8, "β_min", r"\beta_{min}", "lowest momentum", "[0, 1)")
    max_momentum: Num = setting(0.9, "β_max", r"\beta_{max}", "highest momentum", "[0, 1)")

    def __call__(self, t: int) -> Num:
        return lerp(self.base_lr, self.max_lr, self._height(t))

    def momentum(self, t: int) -> Num | None:
        """The lowest where the rate is highest."""
        if not self.cycle_momentum:
            return None
        return lerp(self.max_momentum, self.base_momentum, self._height(t))

    def _height(self, t: int) -> Num:
        """Where between lowest and highest rate, from 0 to 1."""
        up = self.step_size_up
        down = up if self.step_size_down is None else self.step_size_down
        cycle, passed = np.divmod(t - 1.0, up + down)
        height: Num = np.where(passed <= up, passed / up, (up + down - passed) / down)[()]
        if self.mode == "triangular2":
            height = height * power(0.5, cycle)
        if self.mode == "exp_range":
            height = height * power(self.gamma, t - 1.0)
        return height
