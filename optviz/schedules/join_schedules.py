"""Optax's join_schedules: one schedule after the other."""

from dataclasses import dataclass

from optviz.schedules._joined import Composite, check_boundaries, check_some, rate_of
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class JoinSchedules(Composite):
    """Each schedule from its boundary on, with a count of its own, as `optax.join_schedules`.

    Any schedule may be joined, and a number stands for a constant rate.
    """

    says = "one schedule after the other"
    formula = "the schedules in turn, each with its own t−1 = 0 at its boundary"
    source = "Optax 0.2.8"

    schedules: tuple[Schedule, ...] = setting(..., "", "", "the schedules in turn", listed="calls")
    boundaries: tuple[float, ...] = setting(
        ..., "b", "b", "first k of each but the first", "[0, inf)", whole=True, listed="numbers"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_some("join_schedules: schedules", self.schedules)
        check_boundaries("join_schedules: boundaries", self.boundaries, self.schedules)

    def __call__(self, t: int) -> Num:
        return rate_of(self.schedules, self.boundaries, t)
