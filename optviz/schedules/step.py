"""The rate falling by a factor every s steps."""

from dataclasses import dataclass

from optviz.schedules._curves import geometric
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Step(Schedule):
    """η(t) = η₀ γ^⌊(t−1)/s⌋, as `torch.optim.lr_scheduler.StepLR`."""

    says = "down by a factor every so many steps"
    formula = "η₀ γ^⌊(t−1)/s⌋"
    source = "PyTorch StepLR"

    eta0: Num = setting(..., "η₀", r"\eta_0", "rate of the first s steps", "[0, inf)")
    every: Num = setting(..., "s", "s", "steps between two falls", "[1, inf)", whole=True)
    gamma: Num = setting(0.1, "γ", r"\gamma", "factor a fall", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return geometric(self.eta0, self.gamma, (t - 1) // self.every)
