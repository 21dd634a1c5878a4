"""Schedules of PyTorch, Keras, Optax, transformers and timm, under the library's own names."""

from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property
from typing import ClassVar

from optviz.schedules._schedule import Schedule
from optviz.text.arguments import Argument
from optviz.text.settings import Num, show

# Arguments that all schedules of a library have and that are no settings here.
_ARGUMENTS: dict[str, dict[str, Argument]] = {
    "PyTorch": {
        "last_epoch": Argument((-1.0,), "every run here starts at its first step"),
        "verbose": Argument(None),
    },
    "Keras": {"name": Argument(None)},
    "transformers": {"last_epoch": Argument((-1.0,), "every run here starts at its first step")},
    "timm": {
        "t_in_epochs": Argument(None),  # a step here is what timm counts, an epoch or an update
        "noise_range_t": Argument((None,), "a rate with noise is not drawn"),
        "noise_pct": Argument(None),  # of noise_range_t alone, as the next two
        "noise_std": Argument(None),
        "noise_seed": Argument(None),
        "initialize": Argument((True,), "every run here starts at its first step"),
    },
}
_WITH_OPTIMIZER = ("PyTorch", "transformers", "timm")  # whose first argument is the optimizer


@dataclass(frozen=True)
class LibrarySchedule(Schedule):
    """A schedule of a library, with the library's names, order of settings and defaults.

    A line of a training script can be copied, but that the base rate stands where PyTorch,
    transformers and timm have the optimizer. k = t−1 is the library's counter. `source` opens with
    the library's name; `arguments` are those of the library's class that are no settings.
    """

    arguments: ClassVar[dict[str, Argument]] = {}
    alone: ClassVar[str] = ""  # why it cannot stand within another schedule of PyTorch, if so
    overwrites: ClassVar[bool] = False  # whether PyTorch's sets the rate whatever it was

    @classmethod
    def library_arguments(cls) -> dict[str, Argument]:
        """Those of every schedule of the library, and the class's own."""
        return {**_ARGUMENTS.get(cls.library(), {}), **cls.arguments}

    @classmethod
    def library(cls) -> str:
        """The library's name."""
        return cls.source.split()[0]

    @classmethod
    def instead_of_optimizer(cls) -> str:
        """What stands here in the place of the library's optimizer; "" if it has none there."""
        if cls.library() not in _WITH_OPTIMIZER:
            return ""
        return f"the base rate stands here instead, as in {cls.word()}(0.1,…)"

    @classmethod
    def shares_optimizer(cls) -> bool:
        """Whether it may change the rate of an optimizer besides others, as PyTorch has it."""
        return cls.library() in ("PyTorch", "transformers") and not cls.alone

    @property
    def multiplies(self) -> bool:
        """Whether its rate is the base rate times what does not depend on any rate."""
        return not self.overwrites and self.library() == "PyTorch"

    def multiple(self, t: int) -> Num:
        """The rate of step t at a base rate of 1."""
        return self._at_one(t)

    @cached_property
    def _at_one(self) -> Schedule:
        return replace(self, **{self.base(): 1.0})

    def after(self, t: int, rate: Num) -> Num:
        """The rate of step t that PyTorch's recursion makes of the `rate` before."""
        if not self.multiplies:
            return self(t)
        before = self.multiple(t - 1) if t > 1 else 1.0
        return rate * (self.multiple(t) / before) if before else rate

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
