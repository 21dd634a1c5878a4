"""transformers' get_constant_schedule: the same rate at every step."""

from dataclasses import dataclass

from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class GetConstantSchedule(LibrarySchedule):
    """η = lr, as `transformers.get_constant_schedule`; a bare number says the same."""

    says = "the same rate at every step"
    formula = "lr"
    source = "transformers 5.24"

    lr: Num = setting(..., "η", r"\eta", "the rate", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return self.lr
