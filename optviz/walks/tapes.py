"""A walk as two tapes, of its beginning and of a step, by the code of its rule and its objective.

A back end, such as the page in JavaScript, then runs the walk with the same bits, from any start
and with any settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.gradients import Exact, Oracle
from optviz.objectives import Objective
from optviz.objectives.smooth import Smooth
from optviz.optimizers import Optimizer, Point
from optviz.tape import Tape, Traced, Tracer, Untraceable, program
from optviz.walks import _settings_as_inputs as inputs
from optviz.walks._settings_as_inputs import numbers
from optviz.walks._states import inputs_like, leaves, leaves_like, row, rows
from optviz.walks._traced_objective import TracedObjective

__all__ = ["FIRST", "WalkTapes", "constants", "hessian", "numbers", "recurrences", "tapes"]

_MOST_DIM = 8
_MOST_RATES = 5000  # operations of all rates of a schedule
FIRST = 2  # the index of the first setting among the inputs of a step


@dataclass(frozen=True)
class WalkTapes:
    """The tapes of a walk.

    The state of a walk is x (dim), f, g (dim) where the rule looks, and the numbers that the rule
    keeps. `begin` has as inputs the `settings` and x, as outputs the state. `step` has as inputs
    the number t of the step, its rate where the schedule is tabulated, the settings and the state;
    as outputs the state after the step, and its effective rate (dim).
    `table` has as inputs the settings, as outputs the rate of each step, where the schedule is
    tabulated.
    """

    dim: int
    settings: tuple[tuple[str, float], ...]
    begin: Tape
    step: Tape
    table: Tape | None = None

    def rates(self, values: Sequence[float]) -> tuple[float, ...]:
        """The rate of each step with these settings where the schedule is tabulated, else ()."""
        if self.table is None:
            return ()
        ops = [self.table.ops[place] for place in self.table.outputs]
        if all(op.name == "constant" for op in ops):  # very many are slow to compile
            return tuple(op.value for op in ops)
        return tuple(program(self.table, single=True)(list(values)))

    @property
    def size(self) -> int:
        """How many numbers the state has."""
        return len(self.begin.outputs)


def tapes(
    objective: Objective,
    optimizer: Optimizer,
    oracle: Oracle,
    steps: int,
    settings: Sequence[str] | None = None,
) -> WalkTapes:
    """The tapes of a walk, with these settings of its optimizer as inputs; None means all.

    Settings that decide more than numbers stay as they are. Raises `Untraceable` for a walk that
    has none: one with drawn gradients, with many coordinates, or with a rule that searches.
    """
    if not isinstance(oracle.source, Exact):
        raise Untraceable(f"{oracle.source} gradients are no function of x")
    if objective.quadratic is None and not isinstance(objective, Smooth):
        raise Untraceable("its objective is no formula")
    if objective.dim > _MOST_DIM:
        raise Untraceable(f"it has {objective.dim} coordinates")
    names = [name for name in numbers(optimizer) if settings is None or name in settings]
    for chosen in inputs.choices(optimizer, names):
        try:
            return _Recording(objective, optimizer, chosen, steps).tapes()
        except Untraceable as error:
            reason = error
    raise reason


def constants(optimizer: Optimizer, names: Sequence[str]) -> Tape:
    """The constant C of the ceiling C/λ, and the factor of inertia, as a tape of these settings.

    nan where there is none. Raises `Untraceable`.
    """

    def ask(now: Optimizer) -> list[Any]:
        ceiling = now.ceiling()
        return [ceiling and ceiling[0], None if now.moves_momentum else now.rule.asymptotic()]

    return inputs.of_settings(optimizer, names, ask)


def recurrences(optimizer: Optimizer, names: Sequence[str], curvatures: Sequence[float]) -> Tape:
    """a and b of eₜ₊₁ = a eₜ − b eₜ₋₁ for each curvature, as a tape of these settings.

    The rate is constant. nan where there is no recurrence. Raises `Untraceable`.
    """

    def ask(now: Optimizer) -> list[Any]:
        eta = getattr(now.schedule, now.schedule.base())
        return [
            part for one in curvatures for part in now.rule.recurrence(eta, one) or (None, None)
        ]

    return inputs.of_settings(optimizer, names, ask)


def hessian(objective: Objective) -> Tape:
    """∇²f, row by row, as a tape of x. Raises `Untraceable`."""
    if objective.quadratic is None and not isinstance(objective, Smooth):
        raise Untraceable("its objective is no formula")
    tracer = Tracer()
    x = rows(tracer.inputs(0, objective.dim))

    def run() -> list[int]:
        H = tracer.traced(TracedObjective(tracer, objective).hessian(x))
        return row(tracer, H.broadcast_to((len(x), objective.dim, objective.dim)))

    return tracer.tape(inputs.traced(tracer, run))


class _Recording:
    """Both tapes of a walk, with some settings as inputs."""

    def __init__(
        self, objective: Objective, optimizer: Optimizer, names: Sequence[str], steps: int
    ) -> None:
        self.objective, self.optimizer, self.steps = objective, optimizer, steps
        values = numbers(optimizer)
        self.settings = tuple((name, values[name]) for name in names)

    def tapes(self) -> WalkTapes:
        """Raises `Untraceable`."""
        begin, shapes = self._begin()
        step, table = self._step(shapes)
        return WalkTapes(self.objective.dim, self.settings, begin, step, table)

    def _begin(self) -> tuple[Tape, Any]:
        tracer, dim = Tracer(), self.objective.dim
        optimizer = self._with_inputs(tracer, 0)
        x = rows(tracer.inputs(len(self.settings), dim))
        shapes: list[Any] = []

        def run() -> list[int]:
            state = optimizer.rule.init(x)
            shapes[:] = [state]
            return row(tracer, x, *self._evaluated(tracer, optimizer, x, state), *leaves(state))

        return tracer.tape(inputs.traced(tracer, run)), shapes[0]

    def _step(self, like: Any) -> tuple[Tape, Tape | None]:
        tracer, dim = Tracer(), self.objective.dim
        optimizer = self._with_inputs(tracer, FIRST)
        t, first = tracer.inputs(0), FIRST + len(self.settings)
        x, g = (rows(tracer.inputs(first + i, dim)) for i in (0, dim + 1))
        f = rows(tracer.inputs(first + dim))
        state = inputs_like(tracer, like, first + 2 * dim + 1)
        traced_rate = self._traced_rate(optimizer, t)
        eta = tracer.inputs(1) if traced_rate is None else traced_rate
        objective = TracedObjective(tracer, self.objective)
        point = Point(t, eta, x, f, g, objective, self.objective.minimum)  # type: ignore[arg-type]

        def run() -> list[int]:
            after, rate, _, new = optimizer.step(point, state)
            f, g = self._evaluated(tracer, optimizer, after, new)
            rate = tracer.traced(rate).broadcast_to((len(x), dim))
            return row(tracer, after, f, g, *leaves_like(tracer, new, like), rate)

        tape = tracer.tape(inputs.traced(tracer, run))
        return tape, self._table() if traced_rate is None else None

    def _with_inputs(self, tracer: Tracer, first: int) -> Any:
        return inputs.with_inputs(self.optimizer, [n for n, _ in self.settings], tracer, first)

    def _traced_rate(self, optimizer: Optimizer, t: Traced) -> Any:
        """The rate of step t, None for a schedule that is no program of elementwise operations."""
        try:
            with np.errstate(all="ignore"):
                return optimizer.schedule(t)  # type: ignore[arg-type]
        except Exception:
            return None

    def _table(self) -> Tape:
        """The rate of every step as a tape of the settings. Raises `Untraceable`."""
        steps = range(1, self.steps + 1)
        names = [name for name, _ in self.settings]
        found = inputs.of_settings(
            self.optimizer, names, lambda now: [now.schedule(t) for t in steps]
        )
        if sum(op.name != "constant" for op in found.ops) > _MOST_RATES:
            raise Untraceable("its rates are too many operations")
        return found

    def _evaluated(
        self, tracer: Tracer, optimizer: Optimizer, x: Traced, state: Any
    ) -> tuple[Traced, Traced]:
        """f at x, and ∇f where the rule looks."""
        objective = TracedObjective(tracer, self.objective)
        place = optimizer.rule.looks(x, state)  # type: ignore[arg-type]
        return objective.value(x), objective.grad(tracer.traced(place))
