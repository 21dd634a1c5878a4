"""PyTorch's OneCycleLR: up to the highest rate once, and down to next to nothing."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import line, share, wave
from optviz.schedules._library import Library
from optviz.settings import Num, setting


@dataclass(frozen=True)
class OneCycleLR(Library):
    """From max_lr/div_factor to max_lr and down to 1/final_div_factor of the first rate.

    As `torch.optim.lr_scheduler.OneCycleLR`: the rise ends at k = pct_start·N−1, in three phases
    the way back at 2(pct_start·N−1), the run at N−1; there PyTorch stops and here the rate stays.
    PyTorch also swings the momentum unless `cycle_momentum=False`; this is the rate only.
    """

    formula = "max_lr/div_factor ↗ max_lr ↘ max_lr/(div_factor·final_div_factor)"
    source = "PyTorch 2.13; Smith & Topin 2018"

    max_lr: Num = setting(..., "η_max", r"\eta_{max}", "highest rate", "[0, inf)")
    total_steps: Num | None = setting(None, "N", "N", "all steps", "[1, inf)", whole=True)
    epochs: Num | None = setting(
        None, "E", "E", "epochs, if total_steps is not given", "[1, inf)", whole=True
    )
    steps_per_epoch: Num | None = setting(
        None, "n", "n", "steps an epoch, if total_steps is not given", "[1, inf)", whole=True
    )
    pct_start: Num = setting(0.3, "p", "p", "share of the steps upwards", "[0, 1]")
    anneal_strategy: str = setting("cos", "", "", "how it goes", choices=("cos", "linear"))
    div_factor: Num = setting(25.0, "d", "d", "highest by first rate", "(0, inf)")
    final_div_factor: Num = setting(1e4, "D", "D", "first by last rate", "(0, inf)")
    three_phase: bool = setting(False, "", "", "as steep down as up, then down to the last rate")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.total_steps is None and (self.epochs is None or self.steps_per_epoch is None):
            said = "this or epochs and steps_per_epoch is wanted"
            raise BadValue("OneCycleLR: total_steps", None, said)

    def __call__(self, t: int) -> Num:
        steps = self.total_steps
        if steps is None:
            assert self.epochs is not None and self.steps_per_epoch is not None
            steps = self.epochs * self.steps_per_epoch
        k, top, back = t - 1.0, self.pct_start * steps - 1, 2 * (self.pct_start * steps) - 2
        curve = wave if self.anneal_strategy == "cos" else line
        first = self.max_lr / self.div_factor
        last = first / self.final_div_factor
        fall = curve(self.max_lr, last, share(k - top, steps - 1 - top))
        if self.three_phase:
            there = curve(self.max_lr, first, share(k - top, back - top))
            tail = curve(first, last, share(k - back, steps - 1 - back))
            fall = np.where(k <= back, there, tail)
        return np.where(k <= top, curve(first, self.max_lr, share(k, top)), fall)[()]
