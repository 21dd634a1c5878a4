"""PyTorch's StepLR: falling by a factor every step_size steps."""

from dataclasses import dataclass

from optviz.schedules._curves import geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class StepLR(LibrarySchedule):
    """η = lr·gamma^⌊k/step_size⌋, as `torch.optim.lr_scheduler.StepLR`."""

    says = "down by a factor every step_size steps"
    formula = "lr·gamma^⌊(t−1)/step_size⌋"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate of the first steps", "[0, inf)")
    step_size: Num = setting(..., "s", "s", "steps between two falls", "[1, inf)", whole=True)
    gamma: Num = setting(0.1, "γ", r"\gamma", "factor a fall", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return geometric(self.lr, self.gamma, (t - 1) // self.step_size)
