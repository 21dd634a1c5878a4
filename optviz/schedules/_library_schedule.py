"""Schedules of PyTorch, Keras and Optax, under the library's own names."""

from dataclasses import MISSING, dataclass, fields
from typing import ClassVar

from optviz.schedules._schedule import Schedule
from optviz.text.arguments import Argument
from optviz.text.settings import show

# Arguments that all schedules of a library have and that are no settings here.
_ARGUMENTS: dict[str, dict[str, Argument]] = {
    "PyTorch": {
        "last_epoch": Argument((-1.0,), "every run here starts at its first step"),
        "verbose": Argument(None),
    },
    "Keras": {"name": Argument(None)},
}


@dataclass(frozen=True)
class LibrarySchedule(Schedule):
    """A schedule of a library, with the library's names, order of settings and defaults.

    A line of a training script can be copied, but that the base rate stands where PyTorch has the
    optimizer. k = t−1 is the library's counter. `source` opens with the library's name;
    `arguments` are those of the library's class that are no settings.
    """

    arguments: ClassVar[dict[str, Argument]] = {}

    @classmethod
    def library_arguments(cls) -> dict[str, Argument]:
        """Those of every schedule of the library, and the class's own."""
        return {**_ARGUMENTS.get(cls.source.split()[0], {}), **cls.arguments}

    @classmethod
    def word(cls) -> str:
        """The library's name: `StepLR` of a class, `exponential_decay` of a function."""
        word = super().word()
        return cls.__name__ if cls.__name__.lower() == word else word

    def __str__(self) -> str:
        first, *rest = fields(self)
        named = [
            f"{f.name}={show(getattr(self, f.name))}"
            for f in rest
            if f.default is MISSING or getattr(self, f.name) != f.default
        ]
        return f"{self.word()}({','.join([show(getattr(self, first.name)), *named])})"
