"""An optimizer is a rule and a schedule; its text form reads back to itself."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.optimizers import _clipping
from optviz.optimizers._clipping import Clipped
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._vocabulary import Vocabulary, vocabulary_of
from optviz.schedules import Schedule
from optviz.text.settings import Num, is_zero, show

_LARGE = 1024  # numbers in an array


class StepResult(NamedTuple):
    """The next x, the effective rate that led there, the rule's step and next state."""

    x: Array
    rate: Num
    step: Step
    state: Any


@dataclass(frozen=True)
class Optimizer:
    """A rule with its learning-rate schedule, in a dialect ("" is the book's form).

    `explicit` names the settings that the text sets; the others are the dialect's.
    """

    rule: Rule
    schedule: Schedule
    dialect: str = ""
    explicit: frozenset[str] = field(default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        """Gives the rule the momentum of step 1 if the schedule moves it, as PyTorch does."""
        first = self.schedule.momentum(1)
        if first is None:
            return
        if not self.rule.momentum:
            raise Unfit(self._without_momentum())
        object.__setattr__(self, "rule", replace(self.rule, **{self.rule.momentum: first}))

    def _without_momentum(self) -> str:
        rule, schedule = self.rule.word(), self.schedule.word()
        other = self.rule.becomes.get("momentum", "")
        hint = f"{other} in place of {rule}, or " if other else ""
        return (
            f"{schedule} moves the momentum too, and {rule} has none that it could move; write "
            f"{hint}{schedule}(…,cycle_momentum=false)"
        )

    @property
    def moves_momentum(self) -> bool:
        """Whether the schedule moves the momentum besides the rate."""
        return self.schedule.momentum(1) is not None

    def at(self, t: int, state: Any = ()) -> tuple[Rule, Any]:
        """The rule in step t, and its state before that step."""
        momentum = self.schedule.momentum(t)
        if momentum is None:
            return self.rule, state
        return self.rule.with_momentum(momentum, t, state)

    def step(self, point: Point, state: Any) -> StepResult:
        """One step from the point: x ← x − η(t)·scale ⊙ direction − drift.

        The effective rate is η(t)·scale. If gradients are clipped it is k times that, with k the
        factor of clipping, because the rule sees k g of a gradient g. So it is always what a step
        makes of the objective's own gradient: clipped gradient descent moves by rate ⊙ g.
        """
        rule, state = self.at(point.t, state)
        clipped = self.clipped(point.grad)
        point = point._replace(grad=clipped.grad) if clipped else point
        step, state = rule.update(point, state)
        direction, scale, drift = step
        rate = point.eta if isinstance(scale, float) and scale == 1 else point.eta * scale
        move = rate * direction
        # of a large batch in place: a new array costs as much as the rest of the step
        x = np.subtract(point.x, move, out=move) if move.size > _LARGE else point.x - move
        x = x if is_zero(drift) else x - drift
        return StepResult(x, rate * clipped.factor if clipped else rate, step, state)

    def clipped(self, grad: Array) -> Clipped | None:
        """The gradient (batch, dim) after clipping, with its factor; None if nothing is clipped."""
        if not self.rule.clips:
            return None
        dialect = self.dialect or next(iter(self.rule.dialects))
        return _clipping.clipped(self.rule, dialect, grad)

    @property
    def equations(self) -> tuple[str, ...]:
        """Those of the rule, after that of clipping."""
        clipping = (_clipping.equation(self.rule),) if self.rule.clips else ()
        return (*clipping, *self.rule.equations)

    @property
    def rate_formula(self) -> str:
        """The effective rate in LaTeX."""
        return rf"k_t\cdot {self.rule.rate}" if self.rule.clips else self.rule.rate

    def ceiling(self) -> tuple[float, str] | None:
        """That of the rule; None if its momentum moves, because the ceiling then moves too."""
        return None if self.moves_momentum else self.rule.ceiling()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of its settings, in a text or as the axis of a sweep."""
        return vocabulary_of(type(self.rule), self.dialect)

    def settings(self) -> dict[str, Any]:
        """The settings of the text form: η, the rule's numbers, and the variants that differ.

        A momentum that the schedule moves is left out.
        """
        defaults = {**self.rule.defaults(), **self.vocabulary.defaults}
        settings: dict[str, Any] = {"eta": self.schedule}
        moving = self.rule.momentum if self.moves_momentum else ""
        for name, meaning in self.rule.settings().items():
            value = getattr(self.rule, name)
            if name != moving and (not meaning.variant or value != defaults[name]):
                settings[name] = value
        return settings

    def __str__(self) -> str:
        return self.text()

    def text(self, without: Container[str] = ()) -> str:
        """The text form, some settings left out: `adam:eta=0.4,beta2=0.999`."""
        if typed := getattr(self.rule, "typed", ""):  # a PyTorch class
            return str(typed)
        name = self.rule.word() + (f"@{self.dialect}" if self.dialect else "")
        words = [
            f"{self.vocabulary.word(key)}={show(value)}"
            for key, value in self.settings().items()
            if key not in without
        ]
        return f"{name}:{','.join(words)}" if words else name
