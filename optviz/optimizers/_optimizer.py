"""An optimizer is a rule and a schedule; its text form reads back to itself."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from optviz.optimizers._rule import Rule
from optviz.schedules import Schedule
from optviz.settings import show

ALSO = {"lr": "eta", "weight_decay": "decay"}  # read as


@dataclass(frozen=True)
class Optimizer:
    """A rule with its learning-rate schedule, in a dialect ("" is the book's form).

    `given` are the settings that a person made, by our names; the others are the dialect's.
    """

    rule: Rule
    schedule: Schedule
    dialect: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False)

    def settings(self) -> dict[str, Any]:
        """What the text form prints: η, the rule's numbers, and the variants that differ."""
        dialect = self.rule.dialects[self.dialect or next(iter(self.rule.dialects))]
        shown: dict[str, Any] = {"eta": self.schedule}
        defaults = self.rule.defaults()
        for name, meaning in self.rule.settings().items():
            value, usual = getattr(self.rule, name), dialect.get(name, defaults[name])
            if not meaning.variant or value != usual:
                shown[name] = value
        return shown

    def __str__(self) -> str:
        return self.text()

    def text(self, without: Container[str] = ()) -> str:
        """The text form, some settings left out: `adam:eta=0.4,beta2=0.999`."""
        if typed := getattr(self.rule, "typed", ""):  # a class of PyTorch's, with its own arguments
            return str(typed)
        name = self.rule.word() + (f"@{self.dialect}" if self.dialect else "")
        shown = [
            f"{self._spelled(key)}={show(value)}"
            for key, value in self.settings().items()
            if key not in without
        ]
        return f"{name}:{','.join(shown)}" if shown else name

    def _spelled(self, key: str) -> str:
        """Our name of a setting, or its second one where the library means another by the first."""
        taken = self.rule.spelled.get(self.dialect, {}).get(key, key) != key
        return next(also for also, ours in ALSO.items() if ours == key) if taken else key
