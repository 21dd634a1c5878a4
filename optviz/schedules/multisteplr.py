"""PyTorch's MultiStepLR: falling by a factor at given steps."""

from dataclasses import dataclass

from optviz.schedules._curves import geometric
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class MultiStepLR(LibrarySchedule):
    """η = lr·gammaⁿ, where n milestones are at most k, as `torch.optim.lr_scheduler.MultiStepLR`.

    A milestone given twice counts twice; their order does not matter.
    """

    says = "down by a factor at each milestone"
    formula = "lr·gamma^(milestones ≤ t−1)"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "rate before the milestones", "[0, inf)")
    milestones: tuple[float, ...] = setting(
        ..., "m", "m", "steps before each fall", "[0, inf)", whole=True, listed="numbers"
    )
    gamma: Num = setting(0.1, "γ", r"\gamma", "factor a fall", "(0, inf)")

    def __call__(self, t: int) -> Num:
        passed = sum(milestone <= t - 1 for milestone in self.milestones)
        return geometric(self.lr, self.gamma, float(passed))
