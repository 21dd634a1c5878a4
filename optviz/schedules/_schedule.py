"""The base class of schedules: a frozen dataclass of settings that returns the rate of step t."""

from abc import abstractmethod
from dataclasses import dataclass, fields
from typing import ClassVar

from optviz.text.settings import HasSettings, Num, show


@dataclass(frozen=True)
class Schedule(HasSettings):
    """A learning rate as a function of the step number; its text form reads back to itself.

    Some also drive the momentum of the rule, as the library's do.

    `says` is its line in lists, `formula` the rate of step t in Unicode; `source` says where the
    form comes from.
    """

    says: ClassVar[str]
    formula: ClassVar[str]
    source: ClassVar[str]

    @abstractmethod
    def __call__(self, t: int) -> Num:
        """The rate of step t = 1, 2, …"""

    def momentum(self, t: int) -> Num | None:
        """The momentum of step t if the schedule drives that too, else None."""
        return None

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def base(cls) -> str:
        """The setting that holds the base rate; raises `Unfit` if there is none."""
        return fields(cls)[0].name

    def __str__(self) -> str:
        values = [(getattr(self, f.name), f.default) for f in fields(self)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        return f"{self.word()}({','.join(show(value) for value, _ in values)})"
