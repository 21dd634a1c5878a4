"""Optax's constant_schedule: the same rate at every step."""

from dataclasses import dataclass

from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class ConstantSchedule(LibrarySchedule):
    """η = value, as `optax.constant_schedule`; a bare number says the same."""

    says = "the same rate at every step"
    formula = "value"
    source = "Optax 0.2.8"

    value: Num = setting(..., "η", r"\eta", "the rate", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return self.value
