"""PyTorch's SequentialLR: one schedule after the other."""

from dataclasses import dataclass

from optviz.schedules._joined import Composite, check_boundaries, check_of_one_optimizer, rate_of
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class SequentialLR(Composite):
    """Each schedule from its milestone on, as `torch.optim.lr_scheduler.SequentialLR`.

    At k = a milestone the next schedule begins, at its own first rate, whatever the rate was.
    """

    says = "one schedule after the other"
    formula = "the schedulers in turn, each with its own k = 0 at its milestone"
    source = "PyTorch 2.13"
    alone = "write all schedules in one list"

    schedulers: tuple[Schedule, ...] = setting(
        ..., "", "", "the schedules in turn, of one base rate", listed="calls"
    )
    milestones: tuple[float, ...] = setting(
        ..., "m", "m", "first k of each but the first", "[0, inf)", whole=True, listed="numbers"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_of_one_optimizer("SequentialLR: schedulers", self.schedulers)
        check_boundaries("SequentialLR: milestones", self.milestones, self.schedulers)

    def __call__(self, t: int) -> Num:
        return rate_of(self.schedulers, self.milestones, t)
