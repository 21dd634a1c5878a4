"""PyTorch's ChainedScheduler: several schedules at once on one rate."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

from optviz.schedules._joined import Composite, check_of_one_optimizer
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.schedules._recursion import Recursion
from optviz.schedules._schedule import Schedule
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ChainedScheduler(Composite):
    """Each schedule in turn changes the rate, at every step, as in `torch.optim.lr_scheduler`.

    Most multiply it, so that the rate is the product of their factors. CosineAnnealingLR changes
    its distance from eta_min, and those that know no rate but their own overwrite it.
    """

    says = "the product of several schedules"
    formula = "lr·∏ factors of the schedulers"
    source = "PyTorch 2.13"
    alone = "write all schedules in one list"
    arguments = {"optimizer": Argument(None)}

    schedulers: tuple[Schedule, ...] = setting(
        ..., "", "", "the schedules in order, of one base rate", listed="calls"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_of_one_optimizer("ChainedScheduler: schedulers", self.schedulers)

    def __call__(self, t: int) -> Num:
        if all(part.multiplies for part in self._parts):
            return self._lr * prod(part.multiple(t) for part in self._parts)
        return self._recursion(t)

    @cached_property
    def _parts(self) -> list[LibrarySchedule]:
        return [part for part in self.schedulers if isinstance(part, LibrarySchedule)]

    @property
    def _lr(self) -> Num:
        first = self._parts[0]
        lr: Num = getattr(first, first.base())
        return lr

    @cached_property
    def _recursion(self) -> Recursion:
        return Recursion(self._lr, self._next)

    def _next(self, t: int, rate: Num) -> Num:
        for part in self._parts:
            rate = part.after(t, rate)
        return rate
