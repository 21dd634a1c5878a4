"""The live part of a scene: which walk each mark shows, and the walks as code."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from optviz.arrays import Array, norm
from optviz.errors import Unfit, UnknownName
from optviz.figures._optimizer_names import run_names
from optviz.figures._trajectory_kind import roles, rows_of
from optviz.gradients import EXACT
from optviz.scene import Curve, Knob, Live, LiveMark, LiveWalk, Path, Scene
from optviz.tape import Untraceable, javascript, program
from optviz.walks.tapes import WalkTapes, numbers, tapes

if TYPE_CHECKING:
    from optviz.optimizers import Optimizer
    from optviz.walks.trajectory import Trajectory

_SAME, _MOST = 1e-9, 0.8  # relative; of the points, as an axis may cut some off
_CHECKED = 50  # steps
_MOST_ROWS = 2000  # steps of a walk that is written as rows


def live(scene: Scene, runs: list[Trajectory], knobs: tuple[str, ...] = ()) -> Live | None:
    """The live part of the scene of these runs, None where no mark shows a walk as it is.

    `knobs` are the settings that have sliders, by default the rate and what lies in [0, 1).
    Raises `UnknownName` for one that no optimizer has, `Unfit` where none of them can be moved.
    """
    rows = rows_of(runs)
    if not rows or rows[0].objective is None:
        return None
    owners = roles(rows)
    marks = tuple(_marks(scene, rows, owners))
    if not marks:
        return None
    _check(rows, knobs)
    objective = rows[0].objective
    named = zip(rows, owners, run_names(rows), strict=True)
    best = objective.minimiser
    walks = tuple(_walk(run, role, name, knobs) for run, role, name in named)
    for knob in knobs:
        if not any(each.name == knob for walk in walks for each in walk.knobs):
            raise Unfit(f"{knob} cannot be moved here: its walks are drawn as they were recorded")
    return Live(
        walks,
        marks,
        objective.names,
        objective.minimum,
        () if best is None else tuple(best.tolist()),
    )


def _check(runs: list[Trajectory], knobs: tuple[str, ...]) -> None:
    """Raises `UnknownName` for a setting that no optimizer has as a number."""
    known = [name for run in runs if run.optimizer for name in numbers(run.optimizer)]
    for knob in knobs:
        if knob not in known:
            raise UnknownName("slider", knob, tuple(dict.fromkeys(known)))


def _marks(scene: Scene, runs: list[Trajectory], owners: list[int]) -> Iterator[LiveMark]:
    for i, panel in enumerate(scene.panels):
        for j, mark in enumerate(panel.marks):
            if not isinstance(mark, Path | Curve):
                continue
            for k, run in enumerate(runs):
                if owners[k] == mark.role and (quantity := _quantity(mark, run)):
                    yield LiveMark(i, j, k, *quantity)
                    break


def _quantity(mark: Path | Curve, run: Trajectory) -> tuple[str, int] | None:
    """What the mark shows of the run, and of which coordinate; None if it is nothing known."""
    x, f = run.x[:, 0], run.f[:, 0]
    if isinstance(mark, Path):
        plane = x if run.dim == 2 else np.column_stack([x[:, 0], f])
        same = run.dim < 3 and np.array_equal(mark.points, plane, equal_nan=True)
        return ("path" if run.dim == 2 else "profile", 0) if same else None
    if mark.times is not None and not np.array_equal(mark.times, mark.points[:, 0], equal_nan=True):
        return None
    step, height = mark.points.T
    whole = (step == np.floor(step)) & np.isfinite(height)  # not where it leaves the axis
    for quantity, index, first, values in _series(run):
        at = step[whole].astype(int) - first
        if not len(at) or at.min() < 0 or at.max() >= len(values):
            continue
        exact = values[at]
        with np.errstate(all="ignore"):
            same = np.abs(height[whole] - exact) <= _SAME * np.abs(exact)
        if same.mean() >= _MOST:
            return quantity, index
    return None


def _series(run: Trajectory) -> Iterator[tuple[str, int, int, Array]]:
    """Each quantity, its coordinate, its first step and its values."""
    objective, x = run.objective, run.x[:, 0]
    for i in range(run.dim):
        yield "rate", i, 1, run.rate[:, 0, i]
    assert objective is not None
    yield "f", 0, 0, run.f[:, 0]
    with np.errstate(all="ignore"):
        if objective.has_minimum:
            yield "gap", 0, 0, objective.gap(x)
        if objective.minimiser is not None:
            yield "distance", 0, 0, norm(x - objective.minimiser)
        yield "gradient", 0, 0, norm(objective.grad(x))


def _walk(run: Trajectory, role: int, name: str, knobs: tuple[str, ...]) -> LiveWalk:
    optimizer, start = run.optimizer, tuple(run.x[0, 0].tolist())
    text, steps = str(optimizer or run.label), len(run.x) - 1
    plain = run.gradient == "exact" and run.spread is None and run.law is None and run.stride == 1
    if optimizer is not None and run.objective is not None and plain:
        moved = _knobs(optimizer, knobs)
        try:
            found = tapes(run.objective, optimizer, EXACT, steps, [knob.name for knob in moved])
        except Untraceable:
            pass
        else:
            if not _gives(found, run):
                return LiveWalk(name, text, role, start, steps, rows=_rows(run))
            names = [name for name, _ in found.settings]
            moved = tuple(knob for knob in moved if knob.name in names)
            begin, step = javascript(found.begin, ""), javascript(found.step, "")
            code = begin, step, found.size, found.rates
            return LiveWalk(name, text, role, start, steps, moved, *code)
    return LiveWalk(name, text, role, start, steps, rows=_rows(run))


def _gives(walk: WalkTapes, run: Trajectory) -> bool:
    """Whether the tapes give the first steps of the run: a rule from outside may do more."""
    begin, step = program(walk.begin, single=True), program(walk.step, single=True)
    values = [value for _, value in walk.settings]
    state = list(begin([*values, *run.x[0, 0].tolist()]))
    for t, x in enumerate(run.x[1 : _CHECKED + 1, 0].tolist(), start=1):
        rate = walk.rates[t - 1] if walk.rates else nan
        state = list(step([float(t), rate, *values, *state]))[: walk.size]
        if not np.isfinite([*x, *state[: 2 * walk.dim + 1]]).all():
            return True
        if state[: walk.dim] != x:
            return False
    return True


def _knobs(optimizer: Optimizer, wanted: tuple[str, ...]) -> tuple[Knob, ...]:
    """The sliders of an optimizer, in the order of its settings."""
    found = []
    for name, value in numbers(optimizer).items():
        of_rule = name in optimizer.rule.settings()
        part = optimizer.rule if of_rule else optimizer.schedule
        setting = part.settings()[name]
        share = of_rule and not setting.variant and setting.within == "[0, 1)"
        rate = not of_rule and optimizer.schedule.word() == "constant"
        if name in wanted if wanted else share or rate:
            found.append(_knob(name, setting.symbol or name, value, setting.within))
    return tuple(found)


def _knob(name: str, symbol: str, value: float, within: str) -> Knob:
    if within.endswith(("1)", "1]")):
        return Knob(name, symbol, value, 0.0, 1.0 if within.endswith("]") else 0.9999, log=False)
    size = value or 1.0
    return Knob(name, symbol, value, size / 100, size * 100, log=True)


def _rows(run: Trajectory) -> Array:
    """f, x, and the gradient and the rate of the step after: (steps+1, 1+3·dim)."""
    last = np.full((1, run.dim), np.nan)
    parts = [run.f[:, :1], run.x[:, 0]]
    parts += [np.vstack([part[:, 0], last])[: len(run.x)] for part in (run.grad, run.rate)]
    return np.hstack(parts)[: _MOST_ROWS + 1]
