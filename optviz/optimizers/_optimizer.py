"""An optimizer is a rule and a schedule; its text form reads back to itself."""

from dataclasses import dataclass, fields
from typing import Any

from optviz.optimizers._rule import Rule
from optviz.schedules import Schedule
from optviz.settings import show

ALSO = {"lr": "eta", "weight_decay": "decay"}  # read as


@dataclass(frozen=True)
class Optimizer:
    """A rule with its learning-rate schedule, in a dialect ("" is the book's form)."""

    rule: Rule
    schedule: Schedule
    dialect: str = ""

    def settings(self) -> dict[str, Any]:
        """What the text form prints: η, the rule's numbers, and the variants that differ."""
        dialect = self.rule.dialects[self.dialect or next(iter(self.rule.dialects))]
        shown: dict[str, Any] = {"eta": self.schedule}
        defaults = {f.name: f.default for f in fields(self.rule)}
        for name, meaning in self.rule.settings().items():
            value, usual = getattr(self.rule, name), dialect.get(name, defaults[name])
            if not meaning.variant or value != usual:
                shown[name] = value
        return shown

    def __str__(self) -> str:
        if typed := getattr(self.rule, "typed", ""):  # a class of PyTorch's, with its own arguments
            return str(typed)
        name = self.rule.word() + (f"@{self.dialect}" if self.dialect else "")
        shown = [f"{self._spelled(key)}={show(v)}" for key, v in self.settings().items()]
        return f"{name}:{','.join(shown)}"

    def _spelled(self, key: str) -> str:
        """Our name of a setting, or its second one where the library means another by the first."""
        taken = self.rule.spelled.get(self.dialect, {}).get(key, key) != key
        return next(also for also, ours in ALSO.items() if ours == key) if taken else key
