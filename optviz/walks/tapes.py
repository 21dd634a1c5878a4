"""A walk as two tapes, of its beginning and of a step, by the code of its rule and its objective.

A back end, such as the page in JavaScript, then runs the walk with the same bits, from any start
and with any settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.gradients import Exact, Oracle
from optviz.objectives import Objective
from optviz.objectives.smooth import Smooth
from optviz.optimizers import Optimizer, Point
from optviz.tape import Tape, Traced, Tracer, Untraceable, branched

_ROWS = 2  # equal rows, so that the rules' general code is traced and not that of one row
_MOST_DIM = 8
FIRST = 2  # the index of the first setting among the inputs of a step


@dataclass(frozen=True)
class WalkTapes:
    """The tapes of a walk.

    The state of a walk is x (dim), f, g (dim) where the rule looks, and the numbers that the rule
    keeps. `begin` has as inputs the `settings` and x, as outputs the state. `step` has as inputs
    the number t of the step, its rate where the schedule is tabulated, the settings and the state;
    as outputs the state after the step, and its effective rate (dim).
    `rates` has a rate for each step where the schedule is tabulated, else it is empty.
    """

    dim: int
    settings: tuple[tuple[str, float], ...]
    begin: Tape
    step: Tape
    rates: tuple[float, ...] = ()

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
    for chosen in (names, [n for n in names if n == optimizer.schedule.base()], []):
        try:
            return _Recording(objective, optimizer, chosen, steps).tapes()
        except Untraceable as error:
            reason = error
    raise reason


def numbers(optimizer: Optimizer) -> dict[str, float]:
    """The settings that are numbers, those of the schedule first."""
    parts = (optimizer.schedule, optimizer.rule)
    found = {name: getattr(part, name) for part in parts for name in part.settings()}
    return {name: value for name, value in found.items() if isinstance(value, float)}


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
        step, rates = self._step(shapes)
        return WalkTapes(self.objective.dim, self.settings, begin, step, rates)

    def _begin(self) -> tuple[Tape, Any]:
        tracer, dim = Tracer(), self.objective.dim
        optimizer = self._with_inputs(tracer, 0)
        x = _rows(tracer.inputs(len(self.settings), dim))
        shapes: list[Any] = []

        def run() -> list[int]:
            state = optimizer.rule.init(x)
            shapes[:] = [state]
            return _row(tracer, x, *self._evaluated(tracer, optimizer, x, state), *_leaves(state))

        return tracer.tape(_traced(tracer, run)), shapes[0]

    def _step(self, like: Any) -> tuple[Tape, tuple[float, ...]]:
        tracer, dim = Tracer(), self.objective.dim
        optimizer = self._with_inputs(tracer, FIRST)
        t, first = tracer.inputs(0), FIRST + len(self.settings)
        x, g = (_rows(tracer.inputs(first + i, dim)) for i in (0, dim + 1))
        f = _rows(tracer.inputs(first + dim))
        state = _inputs_like(tracer, like, first + 2 * dim + 1)
        traced_rate = self._traced_rate(optimizer, t)
        eta = tracer.inputs(1) if traced_rate is None else traced_rate
        objective = TracedObjective(tracer, self.objective)
        point = Point(t, eta, x, f, g, objective, self.objective.minimum)  # type: ignore[arg-type]

        def run() -> list[int]:
            after, rate, _, new = optimizer.step(point, state)
            f, g = self._evaluated(tracer, optimizer, after, new)
            rate = tracer.traced(rate).broadcast_to((_ROWS, dim))
            return _row(tracer, after, f, g, *_leaves_like(tracer, new, like), rate)

        tape = tracer.tape(_traced(tracer, run))
        return tape, self._tabulated() if traced_rate is None else ()

    def _with_inputs(self, tracer: Tracer, first: int) -> Any:
        """The optimizer with inputs in place of its settings, unchecked."""
        optimizer = copy(self.optimizer)
        rule, schedule = copy(optimizer.rule), copy(optimizer.schedule)
        for i, (name, _) in enumerate(self.settings):
            part = schedule if name in schedule.settings() else rule
            object.__setattr__(part, name, tracer.inputs(first + i))
        object.__setattr__(optimizer, "rule", rule)
        object.__setattr__(optimizer, "schedule", schedule)
        return optimizer

    def _traced_rate(self, optimizer: Optimizer, t: Traced) -> Any:
        """The rate of step t, None for a schedule that is no program of elementwise operations."""
        try:
            with np.errstate(all="ignore"):
                return optimizer.schedule(t)  # type: ignore[arg-type]
        except Exception:
            if optimizer.schedule.base() in dict(self.settings):
                raise Untraceable("its schedule has to be tabulated") from None
            return None

    def _tabulated(self) -> tuple[float, ...]:
        return tuple(float(self.optimizer.schedule(t)) for t in range(1, self.steps + 1))

    def _evaluated(
        self, tracer: Tracer, optimizer: Optimizer, x: Traced, state: Any
    ) -> tuple[Traced, Traced]:
        """f at x, and ∇f where the rule looks."""
        objective = TracedObjective(tracer, self.objective)
        place = optimizer.rule.looks(x, state)  # type: ignore[arg-type]
        return objective.value(x), objective.grad(tracer.traced(place))


class TracedObjective:
    """What a rule asks of an objective, on a tape."""

    def __init__(self, tracer: Tracer, objective: Objective) -> None:
        self.tracer, self.objective = tracer, objective

    @property
    def quadratic(self) -> Any:
        """The objective where it is a quadratic, else None."""
        return self.objective.quadratic

    def value(self, x: Traced) -> Any:
        """f at each row."""
        return self.value_and_grad(x)[0]

    def grad(self, x: Traced) -> Any:
        """∇f at each row."""
        return self.value_and_grad(x)[1]

    def value_and_grad(self, x: Traced) -> tuple[Any, Any]:
        """f and ∇f at each row."""
        if not isinstance(self.objective, Smooth):
            return self.objective.value_and_grad(x)  # type: ignore[arg-type]
        found = self._replayed(self.objective.with_gradient, x)
        return found[:, 0], found[:, 1:]

    def hessian(self, x: Traced) -> Any:
        """∇²f at each row."""
        if not isinstance(self.objective, Smooth):
            return self.objective.hessian(x)  # type: ignore[arg-type]
        n = self.objective.dim
        rows, columns = np.tril_indices(n)
        place = np.zeros((n, n), dtype=np.int64)
        place[rows, columns] = place[columns, rows] = range(len(rows))
        return self._replayed(self.objective.second, x)[:, place]

    def along(self, x: Traced, grad: Traced, d: Traced) -> Any:
        """The least along a line, where it has a closed form. Raises `Untraceable`."""
        if self.objective.quadratic is None:
            raise Untraceable("it searches along lines")
        return self.objective.along(x, grad, d)  # type: ignore[arg-type]

    def _replayed(self, tape: Tape, x: Traced) -> Traced:
        found = [tape.replayed(self.tracer, row) for row in x.places.tolist()]
        return Traced(self.tracer, np.array(found, dtype=np.int64))


def _traced(tracer: Tracer, run: Any) -> list[int]:
    """The outputs, whatever a rule raises when it meets what is no array. Raises `Untraceable`."""
    try:
        with np.errstate(all="ignore"):
            return branched(tracer, run)
    except Untraceable:
        raise
    except Exception as error:
        raise Untraceable(str(error)) from error


def _rows(one: Traced) -> Traced:
    """A batch of equal rows."""
    return Traced(one.tracer, np.stack([one.places] * _ROWS))


def _row(tracer: Tracer, *arrays: Any) -> list[int]:
    """The places of the first rows of arrays (rows, …), one after the other."""
    return [place for array in arrays for place in tracer.traced(array).places[0].ravel().tolist()]


def _leaves(state: Any) -> Iterator[Any]:
    """The arrays of a state, which may have states within."""
    if isinstance(state, tuple):
        for part in state:
            yield from _leaves(part)
    else:
        yield state


def _leaves_like(tracer: Tracer, state: Any, like: Any) -> Iterator[Traced]:
    """The arrays of a state, in the shapes of another."""
    for new, old in zip(_leaves(state), _leaves(like), strict=True):
        yield tracer.traced(new).broadcast_to(np.shape(old))


def _inputs_like(tracer: Tracer, state: Any, first: int) -> Any:
    """The state with inputs in place of its arrays, from the index `first` on."""
    index = first

    def inputs(part: Any) -> Any:
        nonlocal index
        if isinstance(part, tuple):
            return type(part)._make(map(inputs, part))  # type: ignore[attr-defined]
        shape = np.shape(part)[1:]
        index += (count := int(np.prod(shape, dtype=int)))
        return _rows(tracer.inputs(index - count, *shape))

    return inputs(state)


def leaves(state: Any) -> list[Array]:
    """The arrays (batch, …) of a state, which may have states within, in a fixed order."""
    return list(_leaves(state))


def state_like(state: Any, numbers: Sequence[float]) -> Any:
    """A state of one row with these numbers, in the shapes of another."""
    left = iter(numbers)

    def filled(part: Any) -> Any:
        if isinstance(part, tuple):
            return type(part)._make(map(filled, part))  # type: ignore[attr-defined]
        return np.array([next(left) for _ in range(part.size)]).reshape(part.shape)

    return filled(state)
