"""The live part of a scene: which walk each mark shows, and the walks as code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from optviz.arrays import Array, norm
from optviz.errors import Unfit, UnknownName
from optviz.figures._knobs import knobs_of, pattern_of
from optviz.figures._live_code import code
from optviz.figures._live_lines import lines
from optviz.figures._live_names import name_and_title, with_labels
from optviz.figures._live_theory import theory_of
from optviz.figures._optimizer_names import legend_names
from optviz.figures._rates_curves import groups, with_quantity
from optviz.figures._sharpness_data import measured
from optviz.figures._sweeps import rows, swept
from optviz.figures._trajectory_kind import roles, rows_of
from optviz.gradients import EXACT
from optviz.scene import Curve, Live, LiveLine, LiveMark, LiveWalk, Look, Path, Scene
from optviz.tape import Untraceable, javascript, program
from optviz.walks.tapes import WalkTapes, constants, hessian, numbers, tapes

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

_RATES = ("realised", "asymptotic")
_CURVED = ("sharpness", "ratio", "own", "steepest", "diagonal")  # what needs the Hessian
_WITH_C = ("ratio", "asymptotic")
_PLAIN = ("one", "root")  # lines that need no C
_SAME, _MOST = 1e-9, 0.8  # relative; of the points, as an axis may cut some off
_CHECKED = 50  # steps


def live(
    scene: Scene, runs: list[Trajectory], look: Look, knobs: tuple[str, ...] = ()
) -> Live | None:
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
    found = tuple(lines(scene, runs, marks))
    best = objective.minimiser
    walks = [_walk(run, role, knobs) for run, role in zip(runs, owners, strict=True)]
    named = with_labels(runs, look)
    every = zip(swept(walks, runs, knobs), named, legend_names(named), strict=True)
    walks = [_with_settings(walk, run, name) for walk, run, name in every]
    for knob in knobs:
        if not any(each.name == knob for walk in walks for each in walk.knobs):
            raise Unfit(f"{knob} cannot be moved here: its walks are drawn as they were recorded")
    with_theory = {walk for line in found if line.kind == "theory" for walk in line.walks}
    walks = [
        replace(walk, theory=theory_of(runs[k], walk.knobs)) if k in with_theory else walk
        for k, walk in enumerate(walks)
    ]
    found = tuple(line for line in found if all(_has(walks[k], line) for k in line.walks))
    plain = all(line.kind in (*_PLAIN, "theory") for line in found)
    if plain and not any(mark.quantity in _WITH_C for mark in marks):
        walks = [replace(walk, constants="") for walk in walks]
    curved = any(m.quantity in _CURVED for m in marks) or any(x.kind in _CURVED for x in found)
    return Live(
        tuple(walks),
        marks,
        objective.names,
        found,
        code(hessian, objective) if curved else "",
        objective.minimum,
        () if best is None else tuple(best.tolist()),
    )


def _has(walk: LiveWalk, line: LiveLine) -> bool:
    """Whether a walk has what a line of it is made of."""
    return bool(line.kind in _PLAIN or (walk.theory if line.kind == "theory" else walk.constants))


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
                    name, first = quantity
                    yield LiveMark(i, j, k, name, _alike(run, name, first))
                    break


def _alike(run: Trajectory, quantity: str, first: int) -> tuple[int, ...]:
    """The coordinates whose curve is that of the first one."""
    if quantity not in ("rate", *_RATES):
        return (first,)
    rate = run.rate if quantity == "rate" else with_quantity(run, quantity).rate
    found = groups(rate[:, 0])
    return next(tuple(members) for members, _ in found if first in members)


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
    for quantity, index, first, values in _declared(run, mark) if mark.quantity else _series(run):
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


def _declared(run: Trajectory, mark: Curve) -> Iterator[tuple[str, int, int, Array]]:
    """The series of a quantity that a mark tells of itself."""
    if mark.quantity in _RATES:
        rates = with_quantity(run, mark.quantity).rate[:, 0]
        yield from ((mark.quantity, i, 1, rates[:, i]) for i in range(run.dim))
    elif mark.quantity in _CURVED:
        one = measured(run)
        share = one.ceiling if mark.quantity == "ratio" and one.ceiling else 1.0
        yield mark.quantity, 0, 1, one.values / share


def _walk(run: Trajectory, role: int, knobs: tuple[str, ...]) -> LiveWalk:
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
                return LiveWalk(text, role, start, steps, rows=rows(run))
            names = [name for name, _ in found.settings]
            moved = tuple(knob for knob in moved if knob.name in names)
            begin, step = javascript(found.begin, ""), javascript(found.step, "")
            rates = javascript(found.table, "") if found.table else ""
            parts = begin, step, found.size, rates
            return LiveWalk(text, role, start, steps, moved, *parts)
    return LiveWalk(text, role, start, steps, rows=rows(run))


def _with_settings(walk: LiveWalk, run: Trajectory, name: str) -> LiveWalk:
    """The walk with what its settings decide besides its steps."""
    parts, title = name_and_title(run, name, walk.knobs)
    walk = replace(walk, name=parts, title=title)
    if run.optimizer is None:
        return walk
    return replace(
        walk,
        pattern=pattern_of(run.optimizer, walk.knobs),
        constants=code(constants, run.optimizer, [knob.name for knob in walk.knobs]),
    )


def _gives(walk: WalkTapes, run: Trajectory) -> bool:
    """Whether the tapes give the first steps of the run: a rule from outside may do more."""
    begin, step = program(walk.begin, single=True), program(walk.step, single=True)
    values = [value for _, value in walk.settings]
    rates = walk.rates(values)
    state = list(begin([*values, *run.x[0, 0].tolist()]))
    for t, x in enumerate(run.x[1 : _CHECKED + 1, 0].tolist(), start=1):
        rate = rates[t - 1] if rates else nan
        state = list(step([float(t), rate, *values, *state]))[: walk.size]
        if not np.isfinite([*x, *state[: 2 * walk.dim + 1]]).all():
            return True
        if state[: walk.dim] != x:
            return False
    return True
