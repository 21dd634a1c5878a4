"""An optimizer is a rule and a schedule; its text form reads back to itself."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from optviz.optimizers._dialect import Dialect, dialect
from optviz.optimizers._rule import Rule
from optviz.schedules import Schedule
from optviz.settings import show


@dataclass(frozen=True)
class Optimizer:
    """A rule with its learning-rate schedule, in a dialect ("" is the book's form).

    `given` are the settings that a person made, by our names; the others are the dialect's.
    """

    rule: Rule
    schedule: Schedule
    dialect: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def words(self) -> Dialect:
        """What words mean for this optimizer, in a text or as the axis of a sweep."""
        return dialect(type(self.rule), self.dialect)

    def settings(self) -> dict[str, Any]:
        """What the text form prints: η, the rule's numbers, and the variants that differ."""
        usual = {**self.rule.defaults(), **self.words.defaults}
        shown: dict[str, Any] = {"eta": self.schedule}
        for name, meaning in self.rule.settings().items():
            value = getattr(self.rule, name)
            if not meaning.variant or value != usual[name]:
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
            f"{self.words.word(key)}={show(value)}"
            for key, value in self.settings().items()
            if key not in without
        ]
        return f"{name}:{','.join(shown)}" if shown else name
