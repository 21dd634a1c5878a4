"""Marks about the ceilings of `rates`: lines with their names, crossings, tinted areas."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures._plane import name_latex
from optviz.figures._rates_ceilings import Threshold, factor, first_crossings, quadratic
from optviz.figures._trajectory_kind import roles
from optviz.phrases import listed, say
from optviz.scene import Ceiling, Crossing, Excess, Mark
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_CROSSED = 4  # runs beyond which the words at their crossings would hide the curves
_ROUNDING = 1e-12  # of a distance, where a rate is next to its ceiling


def ceilings(
    lines: Sequence[Threshold], names: Sequence[str], view: tuple[float, float], *, short: bool
) -> list[Ceiling]:
    """The lines with their names; one out of view is named at the edge that it lies behind.

    `names` are those of the coordinates. A name says whose ceiling it is where the line, or its λ,
    does not. `short` names give the height alone; then lines out of view share one, and have none
    beside a line in view.
    """
    inside = [line for line in lines if view[0] <= line.y <= view[1]]
    if short:
        own = len({line.dash for line in lines}) > 1 or len(inside) > 1
        drawn = [Ceiling(c.y, _short(c, names if own else ()), c.dash) for c in inside]
        return drawn or [_beyond(group, view) for group in _outside(lines, view)]
    usual = all(name == f"x{i}" for i, name in enumerate(names, start=1))
    named = len(names) > 1 and (len(inside) < len(lines) or not usual)
    return [
        Ceiling(line.y, _full(line, names if named else ()) + _arrow(line.y, view), line.dash)
        for line in lines
    ]


def _outside(lines: Sequence[Threshold], view: tuple[float, float]) -> list[list[Threshold]]:
    """The lines above the view and those below, nearest first."""
    above = sorted((line for line in lines if line.y > view[1]), key=lambda line: line.y)
    below = sorted((line for line in lines if line.y < view[0]), key=lambda line: -line.y)
    return [group for group in (above, below) if group]


def _beyond(group: list[Threshold], view: tuple[float, float]) -> Ceiling:
    """`ceilings 19 and 380 ↑`, at the nearest."""
    heights = list(dict.fromkeys(numbers.number(line.y) for line in group))
    text = say("ceilings", count=len(heights), values=listed(heights))
    return Ceiling(group[0].y, text + _arrow(group[0].y, view), group[0].dash)


def _arrow(y: float, view: tuple[float, float]) -> str:
    return " ↑" if y > view[1] else " ↓" if y < view[0] else ""


def _full(line: Threshold, names: Sequence[str]) -> str:
    """`ceiling of x₂, 2/λ₂ = 0.5`; of two rules, whose it is."""
    owned = ", ".join(name_latex(names[i]) for i in line.coordinates) if names else ""
    key = "ceiling of coordinate" if owned else "ceiling"
    text = say(key, formula=line.formula, value=numbers.number(line.y), name=owned)
    owners = ", ".join(line.owners)
    return say("of optimizer", name=owners, text=text) if owners else text


def _short(line: Threshold, names: Sequence[str]) -> str:
    owned = ", ".join(name_latex(names[i]) for i in line.coordinates) if names else ""
    if owned:
        return say("ceiling of coordinate, short", name=owned, value=numbers.number(line.y))
    return say("ceilings", count=1, values=numbers.number(line.y))


def crossings(
    runs: list[Trajectory], lines: Sequence[Threshold], quantity: str, view: tuple[float, float]
) -> list[Mark]:
    """Where a coordinate's rate first rises through a ceiling whose line is in view."""
    if len(runs) > _CROSSED:
        return []
    drawn = [line for line in lines if view[0] <= line.y <= view[1]]
    marks: list[Mark] = []
    for run, role in zip(runs, roles(runs), strict=True):
        steps = first_crossings(run, drawn, quantity)
        for line in drawn:
            for i in line.coordinates:
                if i in steps and (factor(run, quantity) or (np.nan,))[0] == line.factor:
                    marks.append(_crossing(steps[i], line.y, role))
    return list(dict.fromkeys(marks))


def _crossing(step: int, y: float, role: int) -> Crossing:
    return Crossing(float(step), y, say("at step", step=step), role)


def excesses(
    runs: list[Trajectory], lines: Sequence[Threshold], view: tuple[float, float], *, short: bool
) -> list[Excess]:
    """The areas in which a rate is above its ceiling, where every such step made x grow.

    That is so for rules without momentum on a diagonal Q; it is checked on the run. Of a single run
    only: the tints of several would mix.
    """
    q = quadratic(runs)
    if len(runs) != 1 or runs[0].stride > 1 or q is None or q.minimiser is None:
        return []
    run, marks, grown = runs[0], [], []
    away = np.abs(run.x[:, 0] - q.minimiser)
    steps = np.arange(1.0, len(run.x))
    for line in lines if _plain(run) else ():
        for i in line.coordinates:
            rate = run.rate[:, 0, i]
            above = rate > line.y
            if above.any() and view[0] <= line.y <= view[1] and _grows(away[:, i], above):
                marks.append(Excess(np.column_stack([steps, rate]), line.y, 0))
                grown.append(run.names[i])
    if marks and not short:
        first = marks[0]
        marks[0] = Excess(first.points, first.y, first.role, _sentence(grown))
    return marks


def _plain(run: Trajectory) -> bool:
    """Whether a step multiplies x − x* by 1 − ηλ: no momentum, no noise, one path."""
    single = run.spread is None and run.law is None and run.gradient == "exact"
    if not single or run.optimizer is None:
        return False
    return (run.optimizer.ceiling() or (0.0,))[0] == 2.0 and run.optimizer.rule.asymptotic() == 1.0


def _grows(away: Array, above: Bools) -> bool:
    """Whether a coordinate that is not at rest moves away in each of these steps."""
    moved = above & (away[:-1] > 0) & np.isfinite(away[1:])
    grown = away[1:] >= away[:-1] * (1 - _ROUNDING)
    return bool(moved.any() and grown[moved].all())


def _sentence(names: list[str]) -> str:
    usual = all(name.startswith("x") and name[1:].isdigit() for name in names)
    if len(names) > 1 and not usual:
        return say("grows above ceiling, any")
    return say("grows above ceiling", name=name_latex(names[0]) if len(names) == 1 else "$x_i$")
