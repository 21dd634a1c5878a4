"""What the schedules of PyTorch, Keras and Optax share: the library's own words."""

from dataclasses import MISSING, dataclass, fields

from optviz.schedules._schedule import Schedule
from optviz.settings import show


@dataclass(frozen=True)
class Library(Schedule):
    """A schedule of a library under the library's names, in its order and with its defaults.

    A line of a training script reads as it stands, but that the base rate takes the place of
    PyTorch's optimizer. k = t−1 is the library's counter.
    """

    @classmethod
    def word(cls) -> str:
        """The library's name: `StepLR` of a class, `exponential_decay` of a function."""
        word = super().word()
        return cls.__name__ if cls.__name__.lower() == word else word

    def __str__(self) -> str:
        first, *rest = fields(self)
        said = [
            f"{f.name}={show(getattr(self, f.name))}"
            for f in rest
            if f.default is MISSING or getattr(self, f.name) != f.default
        ]
        return f"{self.word()}({','.join([show(getattr(self, first.name)), *said])})"
