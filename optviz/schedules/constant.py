"""The same rate at every step."""

from dataclasses import dataclass

from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting, show


@dataclass(frozen=True)
class Constant(Schedule):
    """η(t) = η. A bare number reads as this, and this prints as a bare number."""

    says = "the same rate at every step"
    formula = "η"
    source = "every library's default"

    eta: Num = setting(..., "η", r"\eta", "the rate", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return self.eta

    def __str__(self) -> str:
        return show(self.eta)
