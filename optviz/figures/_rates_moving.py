"""Ceilings of `rates` that move: of a function that is no quadratic they change along the path.

Where the Hessian is diagonal at every x each coordinate has its own, C/Hᵢᵢ(xₜ). Elsewhere C/λmax(H)
is a guide alone: below it no direction of the linearised step grows, but a single coordinate's rate
above it is not yet instability (`rates --of sharpness` shows what is).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.figures._plane import name_latex
from optviz.figures._rates_ceilings import factor, over
from optviz.figures._rates_curves import groups
from optviz.figures._trajectory_kind import roles
from optviz.phrases import say
from optviz.scene import Crossing, Guide
from optviz.text import numbers
from optviz.theory.sharpness import largest
from optviz.walks.trajectory import Trajectory

_FEW = 4  # runs, and coordinates of a run, beyond which lines could not be told apart


class Moving(NamedTuple):
    """The height C/λ at each step of `run`, (steps,): entry t−1 is where step t begins.

    inf where the curvature is not above 0: then nothing limits the rate. `coordinates` are those
    whose own ceiling it is, () for that of λmax, and `formula` is it in LaTeX.
    """

    run: int
    y: Array
    formula: str
    coordinates: tuple[int, ...] = ()
    dash: int | None = None


def moving(runs: Sequence[Trajectory], quantity: str) -> list[Moving]:
    """The ceilings of few runs; none of a quadratic, whose ceilings stand still."""
    if len(runs) > _FEW:
        return []
    return [line for number, run in enumerate(runs) for line in _of_run(number, run, quantity)]


def _of_run(number: int, run: Trajectory, quantity: str) -> list[Moving]:
    constant, f = factor(run, quantity), run.objective
    if constant is None or f is None or f.quadratic or run.stride > 1 or run.spread is not None:
        return []
    C, letters = constant
    with np.errstate(all="ignore"):
        H = f.hessian(run.x[:-1, 0])
        if not f.separable:
            formula = over(letters, r"\lambda_\mathrm{max}(H)")
            return [Moving(number, _over(C, largest(H)), formula)]
        own = np.diagonal(H, axis1=1, axis2=2)
        heights = _over(C, own)
    if f.dim > _FEW:
        formula = over(letters, r"\max_i H_{ii}")
        return [Moving(number, np.nanmin(heights, axis=1), formula)]
    dashes = {i: members[0] for members, _ in groups(run.rate[:, 0]) for i in members}
    index = [""] if f.dim == 1 else [f"_{{{i + 1}{i + 1}}}" for i in range(f.dim)]
    formulas = [over(letters, f"H{one}" if one else "f''") for one in index]
    columns = zip(heights.T, formulas, strict=True)
    return [Moving(number, y, text, (i,), dashes[i]) for i, (y, text) in enumerate(columns)]


def _over(C: float, curvature: Array) -> Array:
    """C/λ, inf where λ is not above 0, nan where it is unknown."""
    return np.where(curvature > 0, C / curvature, np.where(np.isnan(curvature), np.nan, np.inf))


def guides(lines: Sequence[Moving], runs: Sequence[Trajectory]) -> list[Guide]:
    """The ceilings as lines; those of several runs in their colours."""
    role = roles(list(runs)) if len(runs) > 1 else [-1]
    return [_guide(line, runs[line.run], role[line.run]) for line in lines if heights(line).size]


def _guide(line: Moving, run: Trajectory, role: int) -> Guide:
    y = np.where(np.isfinite(line.y), line.y, np.nan)
    points = np.column_stack([np.arange(1.0, len(y) + 1), y])
    names = ", ".join(name_latex(run.names[i]) for i in line.coordinates if run.dim > 1)
    if role >= 0:  # beside the names of several optimizers
        label = line.formula
    else:
        key = "moving ceiling of" if names else "moving ceiling" if line.coordinates else "guide"
        label = say(key, formula=line.formula, name=names)
    return Guide(points, label, role, line.dash)


def heights(line: Moving) -> Array:
    """The finite heights."""
    return line.y[np.isfinite(line.y)]


def first_crossings(lines: Sequence[Moving], runs: Sequence[Trajectory]) -> dict[int, int]:
    """The step at which each coordinate of the first run first rises through its own ceiling."""
    found: dict[int, int] = {}
    for line in lines:
        for i in line.coordinates if line.run == 0 else ():
            step = _first(line, runs[0].rate[:, 0, i])
            found |= {} if step is None else {i: step}
    return found


def _first(line: Moving, rate: Array) -> int | None:
    rises = (rate[1:] > line.y[1:]) & (rate[:-1] <= line.y[:-1])
    return int(rises.argmax()) + 2 if rises.any() else None


def crossings(lines: Sequence[Moving], runs: Sequence[Trajectory]) -> list[Crossing]:
    """Where a coordinate's rate first rises through its own ceiling."""
    marks, role = [], roles(list(runs))
    for line in lines:
        for i in line.coordinates:
            rate = runs[line.run].rate[:, 0, i]
            if (step := _first(line, rate)) is not None:
                y, label = float(rate[step - 1]), say("at step", step=step)
                marks.append(Crossing(float(step), y, label, role[line.run]))
    return list(dict.fromkeys(marks))


def stays_below(lines: Sequence[Moving], run: Trajectory) -> bool:
    """Whether each rate of a single run is below its ceiling, or all below that of λmax."""
    every = range(run.dim)
    return bool(lines) and all(
        (run.rate[:, 0, i] < line.y)[np.isfinite(run.rate[:, 0, i])].all()
        for line in lines
        for i in line.coordinates or every
    )


def remark(lines: Sequence[Moving]) -> str:
    """What the guides mean where no coordinate has a ceiling of its own; else ""."""
    bare = any(not line.coordinates and heights(line).size for line in lines)
    return say("meaning of guide") if bare else ""


def described(lines: Sequence[Moving], run: Trajectory, number: int) -> list[str]:
    """What the ceilings of a run are, and where they are crossed."""
    parts = []
    for line in lines:
        if line.run != number or not heights(line).size:
            continue
        first, last = (numbers.number(float(heights(line)[i])) for i in (0, -1))
        names = ", ".join(run.names[i] for i in line.coordinates)
        key = "ceiling span" if names else "guide span"
        parts.append(say(key, name=names, first=first, last=last))
        for i in line.coordinates:
            if (step := _first(line, run.rate[:, 0, i])) is not None:
                value = numbers.number(float(line.y[step - 1]))
                parts.append(say("crossing", name=run.names[i], value=value, step=step))
    return parts
