"""The live part of a scene: which walk each mark shows, and the walks as code."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from optviz.arrays import Array, norm
from optviz.errors import Unfit, UnknownName
from optviz.figures._knobs import knobs_of
from optviz.figures._optimizer_names import legend_names
from optviz.figures._sweeps import rows, swept
from optviz.figures._trajectory_kind import roles, rows_of
from optviz.gradients import EXACT
from optviz.scene import Curve, Live, LiveMark, LiveWalk, Path, Scene
from optviz.tape import Untraceable, javascript, program
from optviz.walks.tapes import WalkTapes, numbers, tapes

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

_SAME, _MOST = 1e-9, 0.8  # relative; of the points, as an axis may cut some off
_CHECKED = 50  # steps


def live(scene: Scene, runs: list[Trajectory], knobs: tuple[str, ...] = ()) -> Live | None:
    """The live part of the scene of these runs, None where no mark shows a walk as it is.

    `knobs` are the settings that have sliders, by default the rate and what lies in [0, 1).
    Raises `UnknownName` for one that no optimizer has, `Unfit` where none of them can be moved.
    """
    runs = rows_of(runs)
    if not runs or runs[0].objective is None:
        return None
    owners = roles(runs)
    marks = tuple(_marks(scene, runs, owners))
    if not marks:
        return None
    _check(runs, knobs)
    objective = runs[0].objective
    named = zip(runs, owners, legend_names(runs), strict=True)
    best = objective.minimiser
    walks = swept([_walk(run, role, name, knobs) for run, role, name in named], runs, knobs)
    for knob in knobs:
        if not any(each.name == knob for walk in walks for each in walk.knobs):
            raise Unfit(f"{knob} cannot be moved here: its walks are drawn as they were recorded")
    return Live(
        tuple(walks),
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
        moved = knobs_of(optimizer, knobs)
        try:
            found = tapes(run.objective, optimizer, EXACT, steps, [knob.name for knob in moved])
        except Untraceable:
            pass
        else:
            if not _gives(found, run):
                return LiveWalk(name, text, role, start, steps, rows=rows(run))
            names = [name for name, _ in found.settings]
            moved = tuple(knob for knob in moved if knob.name in names)
            begin, step = javascript(found.begin, ""), javascript(found.step, "")
            code = begin, step, found.size, found.rates
            return LiveWalk(name, text, role, start, steps, moved, *code)
    return LiveWalk(name, text, role, start, steps, rows=rows(run))


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
