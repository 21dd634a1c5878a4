"""An optimizer is a rule and a schedule; its text form reads back to itself."""

from dataclasses import dataclass, fields
from typing import Any

from optviz.optimizers._rule import Rule
from optviz.schedules import Schedule
from optviz.settings import show


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
        for f in fields(self.rule):
            value, usual = getattr(self.rule, f.name), dialect.get(f.name, f.default)
            if not f.metadata["setting"].variant or value != usual:
                shown[f.name] = value
        return shown

    def __str__(self) -> str:
        name = self.rule.word() + (f"@{self.dialect}" if self.dialect else "")
        return f"{name}:{','.join(f'{key}={show(v)}' for key, v in self.settings().items())}"
