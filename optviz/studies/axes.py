"""What the axes of a sweep change in each row: settings of the optimizer, objective or start."""

from dataclasses import replace
from typing import Any

import numpy as np

from optviz.arrays import Array, Ints, cos_sin
from optviz.errors import BadValue, Unfit, UnknownName
from optviz.objectives import Objective
from optviz.objectives.transforms import rotated, stretched
from optviz.optimizers import Optimizer
from optviz.studies.grid import Axis
from optviz.text.settings import match_case

NOT_SETTINGS = ("angle", "kappa", "start")  # axes that change the objective or the start


def translated(optimizer: Optimizer, axis: Axis) -> Axis:
    """The axis under our name of the setting that its library's name stands for.

    Raises `BadValue` for an argument of the library that is no setting here.
    """
    if axis.name in NOT_SETTINGS:
        return axis
    vocabulary = optimizer.vocabulary
    word = match_case(axis.name, vocabulary.words)
    meaning, argument = vocabulary.spelling(word), vocabulary.argument(word)
    if meaning is None and (other := optimizer.rule.becomes.get(word)):
        message = f"but it turns {vocabulary.rule.word()} into another rule; sweep one of {other}"
        raise BadValue("over", axis.name, message)
    if meaning is None and argument is not None:
        raise BadValue("over", axis.name, f"which is no setting here: {argument.reason}")
    return replace(axis, name=meaning) if isinstance(meaning, str) else axis


def check_axes(optimizer: Optimizer, axes: tuple[Axis, ...]) -> None:
    """Raises `BadValue`, `UnknownName` or `Unfit` for axes or values that cannot be swept."""
    if not 1 <= len(axes) <= 2 or len({axis.name for axis in axes}) < len(axes):
        raise BadValue("over", f"{len(axes)} axes", "one or two different ones are wanted")
    settings = {name: m for name, m in optimizer.rule.settings().items() if m.within}
    names = ("eta", *settings, *NOT_SETTINGS)
    for axis in axes:
        if axis.name not in names:
            raise UnknownName(f"axis of {optimizer.rule.word()}", axis.name, names)
        if optimizer.moves_momentum and axis.name == optimizer.rule.momentum:
            schedule = optimizer.schedule.word()
            raise Unfit(f"{schedule} moves {axis.name}; with cycle_momentum=false it can be swept")
        meaning = settings.get(axis.name) or _base_rate(optimizer)[1]
        if axis.name not in NOT_SETTINGS:
            for value in axis.values.tolist():
                meaning.check(axis.name, value)
        elif axis.name == "kappa" and axis.values[0] < 1:
            raise BadValue("kappa", axis.values[0], "1 or more is wanted")


def _base_rate(optimizer: Optimizer) -> tuple[str, Any]:
    """The name and the setting of the schedule's base rate."""
    name = optimizer.schedule.base()
    return name, optimizer.schedule.settings()[name]


def with_setting(optimizer: Optimizer, name: str, value: Any) -> Optimizer:
    """The optimizer with another value, or column of values, of a setting; `eta` is the rate."""
    if name == "eta":
        schedule = replace(optimizer.schedule, **{_base_rate(optimizer)[0]: value})
        return replace(optimizer, schedule=schedule)
    return replace(optimizer, rule=replace(optimizer.rule, **{name: value}))


def row_starts(objective: Objective, start: Array, row: dict[str, Array]) -> Array:
    """Where each row starts: (batch, dim); `row` are the values of the axes, (batch,) each."""
    points = np.tile(start, (len(next(iter(row.values()))), 1))
    if "start" in row:
        centre = objective.centre
        if objective.dim != 2 or centre is None:
            raise Unfit("a sweep over the start's direction wants a 2-D objective with a minimum")
        distance = float(np.hypot(*(start - centre)))
        circle = np.array([cos_sin(degrees) for degrees in row["start"].tolist()])
        points = centre + distance * circle
    if "angle" in row:  # the start turns with the landscape, the coordinate axes stay
        if objective.dim != 2:
            raise Unfit(f"only a 2-D objective can be turned; this one is {objective.dim}-D")
        cos, sin = np.array([cos_sin(degrees) for degrees in row["angle"].tolist()]).T
        x, y = points.T
        points = np.column_stack([cos * x - sin * y, sin * x + cos * y])
    return np.asarray(points)


def row_objectives(objective: Objective, row: dict[str, Array]) -> tuple[list[Objective], Ints]:
    """The different objectives of the rows, and which each row has: (batch,)."""
    blank = np.zeros(len(next(iter(row.values()))))
    if not {"kappa", "angle"} & row.keys():
        return [objective], np.zeros(len(blank), dtype=np.int64)
    what = "a condition number" if "kappa" in row else "an angle to its axes"
    whole = objective.quadratic_for(f"{what} to sweep over")
    if "kappa" in row and whole.definite != "positive":
        raise Unfit("a sweep over kappa wants an objective with a single minimum")
    pairs = np.column_stack([row.get("kappa", blank), row.get("angle", blank)])
    distinct, owner = np.unique(pairs, axis=0, return_inverse=True)
    members: list[Objective] = []
    for kappa, angle in distinct.tolist():
        q = stretched(whole, kappa) if "kappa" in row else whole
        members.append(rotated(q, angle) if "angle" in row else q)
    return members, owner.ravel()
