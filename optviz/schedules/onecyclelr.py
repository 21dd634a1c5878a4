"""PyTorch's OneCycleLR: up to the highest rate once, and down to almost nothing."""

from dataclasses import dataclass

import numpy as np

from optviz.errors import BadValue
from optviz.schedules._curves import LARGEST, fraction, half_cosine, lerp
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class OneCycleLR(LibrarySchedule):
    """From max_lr/div_factor to max_lr and down to 1/final_div_factor of the first rate.

    As `torch.optim.lr_scheduler.OneCycleLR`: the rise ends at k = pct_start·N−1, in three phases
    the way back at 2(pct_start·N−1), the run at N−1; there PyTorch stops and here the rate stays.
    The momentum, or Adam's β₁, goes the other way, from max_momentum to base_momentum and back,
    whatever momentum the optimizer has, unless `cycle_momentum=False`.
    """

    says = "up once and down to nearly 0; moves the momentum too"
    formula = (
        "max_lr/div_factor ↗ max_lr ↘ max_lr/(div_factor·final_div_factor); "
        "momentum max_momentum ↘ base_momentum ↗ max_momentum"
    )
    source = "PyTorch 2.13; Smith & Topin 2018"
    alone = "it sets the lowest and the highest rate of its optimizer"

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
    cycle_momentum: bool = setting(True, "", "", "whether the momentum moves too")
    base_momentum: Num = setting(0.85, "β_min", r"\beta_{min}", "lowest momentum", "[0, 1)")
    max_momentum: Num = setting(0.95, "β_max", r"\beta_{max}", "highest momentum", "[0, 1)")
    div_factor: Num = setting(25.0, "d", "d", "highest by first rate", "(0, inf)")
    final_div_factor: Num = setting(1e4, "D", "D", "first by last rate", "(0, inf)")
    three_phase: bool = setting(False, "", "", "as steep down as up, then down to the last rate")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.total_steps is None and (self.epochs is None or self.steps_per_epoch is None):
            message = "this or epochs and steps_per_epoch is wanted"
            raise BadValue("OneCycleLR: total_steps", None, message)

    def __call__(self, t: int) -> Num:
        first = self.max_lr / self.div_factor
        return self._phases(t, first, self.max_lr, first / self.final_div_factor)

    def momentum(self, t: int) -> Num | None:
        """From the highest to the lowest and back, in the phases of the rate."""
        if not self.cycle_momentum:
            return None
        return self._phases(t, self.max_momentum, self.base_momentum, self.max_momentum)

    def _phases(self, t: int, first: Num, top: Num, last: Num) -> Num:
        """From `first` to `top` and down to `last`, in three phases by way of `first`."""
        steps = self.total_steps
        if steps is None:
            assert self.epochs is not None and self.steps_per_epoch is not None
            steps = np.minimum(self.epochs * self.steps_per_epoch, LARGEST)
        k, rise, back = t - 1.0, self.pct_start * steps - 1, 2 * (self.pct_start * steps) - 2
        curve = half_cosine if self.anneal_strategy == "cos" else lerp
        fall = curve(top, last, fraction(k - rise, steps - 1 - rise))
        if self.three_phase:
            back_down = curve(top, first, fraction(k - rise, back - rise))
            tail = curve(first, last, fraction(k - back, steps - 1 - back))
            fall = np.where(k <= back, back_down, tail)
        return np.where(k <= rise, curve(first, top, fraction(k, rise)), fall)[()]
