"""Schedules made of schedules: one after the other, or of one optimizer of PyTorch."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from optviz.errors import BadValue, Unfit
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, show

_ONE = "a list of one schedule or more is wanted, such as [NAME(…),NAME(…)]"


@dataclass(frozen=True)
class Composite(LibrarySchedule):
    """A schedule of a library that is made of others, which have the rates."""

    @classmethod
    def base(cls) -> str:
        raise Unfit(f"{cls.word()} has no base rate to change, only those of its schedules")

    @classmethod
    def instead_of_optimizer(cls) -> str:
        if not super().instead_of_optimizer():
            return ""
        return "leave it out; the base rate stands in each schedule, as in LinearLR(0.1,…)"


def rate_of(schedules: Sequence[Schedule], boundaries: Sequence[float], t: int) -> Num:
    """The rate of step t, each schedule counting its steps from its boundary."""
    index = bisect_right(boundaries, t - 1)
    return schedules[index](t - (int(boundaries[index - 1]) if index else 0))


def check_boundaries(
    what: str, boundaries: tuple[float, ...], schedules: tuple[Schedule, ...]
) -> None:
    """Raises `BadValue` unless there is one boundary fewer than schedules, and they grow."""
    if len(boundaries) != len(schedules) - 1:
        message = f"one fewer than schedules is wanted, {len(schedules) - 1}"
        raise BadValue(what, show(boundaries), message)
    if list(boundaries) != sorted(set(boundaries)):
        raise BadValue(what, show(boundaries), "numbers that grow are wanted")


def check_some(what: str, schedules: tuple[Schedule, ...]) -> None:
    """Raises `BadValue` unless it is a tuple of schedules, with one at least."""
    if not isinstance(schedules, tuple) or not schedules:
        raise BadValue(what, schedules, _ONE)
    if not all(isinstance(schedule, Schedule) for schedule in schedules):
        raise BadValue(what, show(schedules), _ONE)


def check_of_one_optimizer(what: str, schedules: tuple[Schedule, ...]) -> None:
    """Raises `BadValue` unless PyTorch can have them all on one optimizer.

    They multiply or set its rate, and so begin with the same one.
    """
    check_some(what, schedules)
    for schedule in schedules:
        if not isinstance(schedule, LibrarySchedule) or not schedule.shares_optimizer():
            raise BadValue(what, show(schedules), _why_not(schedule))
    rates = list(dict.fromkeys(getattr(one, one.base()) for one in schedules))
    if len(rates) > 1:
        both = " and ".join(map(show, rates[:2]))
        message = f"they are of one optimizer, so one base rate is wanted, not {both}"
        raise BadValue(what, show(schedules), message)


def _why_not(schedule: Schedule) -> str:
    if isinstance(schedule, LibrarySchedule) and schedule.library() == "PyTorch":
        return f"{schedule.word()} cannot stand within another: {schedule.alone}"
    return f"schedules of PyTorch or transformers are wanted, and {schedule} is none"
