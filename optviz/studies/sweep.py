"""One optimizer at every point of a grid: steps to a tolerance, final f, status, measured rate."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools, Ints, cos_sin
from optviz.errors import BadValue, Unfit, UnknownName, WorldError, bug
from optviz.gradients import EXACT, Oracle
from optviz.objectives.family import Family, stretched
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer
from optviz.studies.grid import Axis
from optviz.text.settings import match_case
from optviz.walks import engine, vectorised
from optviz.walks.rows import picked
from optviz.walks.status import STATUSES
from optviz.workers import Lost, Make, done, here

QUANTITIES = {
    "steps": "steps until f − f* is at most the tolerance times its start",
    "f": "f − f* after the last step",
    "rate": "what a step leaves of the distance to x*, measured",
    "status": "how the run ends",
}
_UNTIL = {"steps": "tolerance", "f": "end", "rate": "rest"}
_OUTSIDE = ("angle", "kappa", "start")  # axes that are no setting of an optimizer
_AT_ONCE = 4_000_000  # numbers of a recorded walk held at a time
_PIECES = 4  # a worker, that none waits long for the last
Watch = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Sweep:
    """What came out: values (n1,) or (n2, n1), the first axis across, the second upwards.

    nan where the quantity is not there: the tolerance not reached, or the run `lost` (same shape),
    grown beyond all bounds. Of `status` the values are indices into `STATUSES`.
    """

    objective: Quadratic
    optimizer: Optimizer
    start: Array
    axes: tuple[Axis, ...]
    of: str
    steps: int
    tolerance: float
    values: Array
    lost: Bools
    oracle: Oracle = EXACT

    def held(self) -> str:
        """The optimizer with the settings that were not swept: `adam:eta=0.4,beta2=0.999`."""
        return self.optimizer.text(without={axis.name for axis in self.axes})

    def at(self, *coordinates: float) -> "tuple[Quadratic, Optimizer, Array]":
        """The objective, the optimizer and the start of one point of the grid."""
        row = {a.name: np.array([v]) for a, v in zip(self.axes, coordinates, strict=True)}
        optimizer = self.optimizer
        for name, column in row.items():
            if name not in _OUTSIDE:
                optimizer = _with(optimizer, name, float(column[0]))
        members, _ = _objectives(self.objective, row)
        return members[0], optimizer, _starts(self.objective, self.start, row)[0]


@np.errstate(all="ignore")
def sweep(
    objective: Quadratic, optimizer: Optimizer, start: Array, axes: tuple[Axis, ...], *,
    of: str = "steps", steps: int = 1000, tolerance: float = 1e-6, watch: Watch | None = None,
    oracle: Oracle = EXACT, jobs: int = 1, crew: Make = here,
) -> Sweep:  # fmt: skip
    """The quantity `of` at every point of one or two axes, from `start` (dim,).

    An axis is a setting of the optimizer (`eta` for the rate) in its dialect's words, `angle`
    (objective and start turned together by so many degrees against the axes), `kappa` (the
    condition number, λmax kept) or `start` (its direction in degrees from the minimiser, the
    distance kept). The rows of the grid draw the same from the oracle and are dealt to `jobs`
    workers of the `crew`; the values do not depend on how many. Raises `BadValue`, `Unfit`,
    `UnknownName`.
    """
    axes = tuple(_named(optimizer, axis) for axis in axes)
    whole = _whole(
        objective, optimizer, start, axes, of=of, steps=steps, tolerance=tolerance, oracle=oracle
    )
    values, lost = _measured(whole, watch) if jobs == 1 else _dealt(whole, jobs, crew, watch)
    shape = tuple(len(axis) for axis in reversed(axes))
    return Sweep(objective, optimizer, start, axes, of, steps, tolerance,
                 values.reshape(shape), lost.reshape(shape), oracle)  # fmt: skip


@np.errstate(all="ignore")
def check(
    objective: Quadratic,
    optimizer: Optimizer,
    start: Array,
    axes: tuple[Axis, ...],
    *,
    of: str = "steps",
    tolerance: float = 1e-6,
    oracle: Oracle = EXACT,
) -> None:
    """Raises what `sweep` would raise, before the first step."""
    axes = tuple(_named(optimizer, axis) for axis in axes)
    _whole(objective, optimizer, start, axes, of=of, steps=0, tolerance=tolerance, oracle=oracle)


def _whole(
    objective: Quadratic,
    optimizer: Optimizer,
    start: Array,
    axes: tuple[Axis, ...],
    *,
    of: str,
    steps: int,
    tolerance: float,
    oracle: Oracle,
) -> "_Block":
    """All rows of a sweep, to be measured."""
    _checked(optimizer, axes, of, tolerance)
    oracle.source.fit(objective)
    if of == "rate" and oracle.source.random:
        raise Unfit("a rate cannot be measured under noise; --of steps or f can")
    if len(oracle.draws.seed) > 1:
        raise Unfit("a sweep has one seed, the same for every point")
    mesh = np.meshgrid(*(axis.values for axis in axes))
    row = {axis.name: values.ravel() for axis, values in zip(axes, mesh, strict=True)}
    starts = _starts(objective, start, row)
    many = optimizer
    for axis in axes:
        if axis.name not in _OUTSIDE:
            many = _with(many, axis.name, row[axis.name][:, None])
    members, owner = _objectives(objective, row)
    for member in members:
        oracle.source.fit(member)
    return _Block(members, owner, many, starts, of, steps, tolerance, oracle)


@dataclass(frozen=True, eq=False)
class _Block:
    """Rows to be measured: each stands on members[owner]; settings may be (batch, 1) columns."""

    members: list[Quadratic]
    owner: Ints
    optimizer: Optimizer
    starts: Array
    of: str
    steps: int
    tolerance: float
    oracle: Oracle

    def rows(self, which: Ints) -> "_Block":
        many = len(self.starts)
        optimizer, starts = (picked(a, which, many) for a in (self.optimizer, self.starts))
        return replace(self, owner=self.owner[which], optimizer=optimizer, starts=starts)


def _measured(block: _Block, watch: Watch | None = None) -> tuple[Array, Bools]:
    """The quantity of each row, and whether the row was lost."""
    if block.of == "status":
        values = _statuses(block, watch)
        return values, values == STATUSES.index("diverged")
    members = block.members
    field = members[0] if len(members) == 1 else Family.of(members, block.owner)
    ends = vectorised.race(
        field,
        block.optimizer,
        block.starts,
        block.steps,
        tolerance=block.tolerance,
        until=_UNTIL[block.of],
        oracle=block.oracle,
        watch=watch,
    )
    values = {"steps": ends.steps, "f": ends.gap, "rate": ends.factor}[block.of]
    if block.of == "f":
        values = np.where(ends.lost, np.nan, values)
    return values, ends.lost


def _dealt(whole: _Block, jobs: int, crew: Make, watch: Watch | None) -> tuple[Array, Bools]:
    """What `_measured` makes of the whole, piece by piece. Raises `WorldError` if one is lost."""
    many = len(whole.starts)
    pieces = [r for r in np.array_split(np.arange(many), jobs * _PIECES) if len(r)]
    values, lost, seen = np.empty(many), np.empty(many, dtype=bool), 0
    for number, result in done(_piece, (whole.rows(rows) for rows in pieces), crew):
        rows = pieces[number]
        if isinstance(result, Lost):
            raise WorldError("measure", f"rows {rows[0]} to {rows[-1]}", str(result))
        values[rows], lost[rows] = result
        seen += len(rows)
        if watch:
            watch(seen, many)
    return values, lost


@np.errstate(all="ignore")
def _piece(block: _Block) -> tuple[Array, Bools]:
    with bug.reported():
        return _measured(block)


def _named(optimizer: Optimizer, axis: Axis) -> Axis:
    """The axis by our name of the setting. Raises `BadValue` where its library means no setting."""
    if axis.name in _OUTSIDE:
        return axis
    vocabulary = optimizer.vocabulary
    word = match_case(axis.name, vocabulary.words)
    meaning, argument = vocabulary.meaning(word), vocabulary.argument(word)
    if meaning is None and (other := optimizer.rule.turns.get(word)):
        said = f"but it makes another rule of {vocabulary.rule.word()}; sweep over one of {other}"
        raise BadValue("over", axis.name, said)
    if meaning is None and argument is not None:
        raise BadValue("over", axis.name, f"which is no setting here: {argument.reason}")
    return replace(axis, name=meaning) if isinstance(meaning, str) else axis


def _checked(optimizer: Optimizer, axes: tuple[Axis, ...], of: str, tolerance: float) -> None:
    if of not in QUANTITIES:
        raise UnknownName("quantity", of, QUANTITIES)
    if not 0 < tolerance < 1:
        raise BadValue("tol", tolerance, "a number between 0 and 1 is wanted")
    if not 1 <= len(axes) <= 2 or len({axis.name for axis in axes}) < len(axes):
        raise BadValue("over", f"{len(axes)} axes", "one or two different ones are wanted")
    for axis in axes:
        known = {name: m for name, m in optimizer.rule.settings().items() if m.within}
        if axis.name not in ("eta", *known, *_OUTSIDE):
            word = optimizer.rule.word()
            raise UnknownName(f"axis of {word}", axis.name, ("eta", *known, *_OUTSIDE))
        if optimizer.moves_momentum and axis.name == optimizer.rule.momentum:
            schedule = optimizer.schedule.word()
            raise Unfit(f"{schedule} moves {axis.name}; with cycle_momentum=false it can be swept")
        meaning = known.get(axis.name) or _rate(optimizer)[1]
        if axis.name not in _OUTSIDE:
            for value in axis.values.tolist():
                meaning.check(axis.name, value)
        elif axis.name == "kappa" and axis.values[0] < 1:
            raise BadValue("kappa", axis.values[0], "1 or more is wanted")


def _rate(optimizer: Optimizer) -> tuple[str, Any]:
    """The field of the schedule that holds its base rate, and what it means."""
    first = optimizer.schedule.base()
    return first, optimizer.schedule.settings()[first]


def _with(optimizer: Optimizer, name: str, value: Any) -> Optimizer:
    if name == "eta":
        return replace(
            optimizer, schedule=replace(optimizer.schedule, **{_rate(optimizer)[0]: value})
        )
    return replace(optimizer, rule=replace(optimizer.rule, **{name: value}))


def _starts(objective: Quadratic, start: Array, row: dict[str, Array]) -> Array:
    found = np.tile(start, (len(next(iter(row.values()))), 1))
    if "start" in row:
        if objective.dim != 2 or objective.stationary is None:
            raise Unfit("a sweep over the start's direction wants a 2-D objective with a minimum")
        distance = float(np.hypot(*(start - objective.stationary)))
        circle = np.array([cos_sin(degrees) for degrees in row["start"].tolist()])
        found = objective.stationary + distance * circle
    if "angle" in row:  # the start turns with the landscape: only the axes are where they were
        if objective.dim != 2:
            raise Unfit(f"only a 2-D objective can be turned; this one is {objective.dim}-D")
        cos, sin = np.array([cos_sin(degrees) for degrees in row["angle"].tolist()]).T
        x, y = found.T
        found = np.column_stack([cos * x - sin * y, sin * x + cos * y])
    return np.asarray(found)


def _objectives(objective: Quadratic, row: dict[str, Array]) -> tuple[list[Quadratic], Ints]:
    """The different objectives of the rows, and which each row has: (batch,)."""
    blank = np.zeros(len(next(iter(row.values()))))
    if "kappa" in row and objective.definite != "positive":
        raise Unfit("a sweep over kappa wants an objective with a single minimum")
    pairs = np.column_stack([row.get("kappa", blank), row.get("angle", blank)])
    found, owner = np.unique(pairs, axis=0, return_inverse=True)
    members = []
    for kappa, angle in found.tolist():
        q = stretched(objective, kappa) if "kappa" in row else objective
        members.append(q.rotated(angle) if "angle" in row else q)
    return members, owner.ravel()


def _statuses(block: _Block, watch: Watch | None) -> Array:
    """Index of each row's status, judged as a single run is."""
    many, seen = len(block.starts), 0
    found = np.full(many, np.nan)
    most = max(_AT_ONCE // ((block.steps + 1) * block.starts.shape[1]), 1)
    for index, q in enumerate(block.members):
        rows = np.flatnonzero(block.owner == index)
        for part in np.array_split(rows, -(-len(rows) // most)) if len(rows) else ():
            piece = block.rows(part)
            run = engine.run(q, piece.optimizer, piece.starts, block.steps, block.oracle)
            found[part] = [STATUSES.index(status) for status in run.status]
            seen += len(part)
            if watch:
                watch(seen, many)
    return found
