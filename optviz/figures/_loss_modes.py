"""The panels of `loss --measure modes`: f − f* as the sum of its eigenmodes, stacked.

After Goh, "Why Momentum Really Works", Distill 2017.
"""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._optimizer_names import full_name, run_titles
from optviz.figures._trajectory_kind import roles
from optviz.objectives import Objective, Quadratic
from optviz.phrases import say
from optviz.scene import Look, Mark, Panel, Share
from optviz.text import letters, numbers
from optviz.walks.trajectory import Trajectory

COLUMNS = 4  # panels in a row
_MANY = 12  # runs beyond which no panel is large enough to be read
_RISE = 2.0  # times the start: what rises above leaves the panel


class Layers(NamedTuple):
    """The curvatures (modes,), ascending, and the part of each in f − f*: (steps+1, modes)."""

    curvatures: Array
    heights: Array


def panels(runs: list[Trajectory], look: Look) -> tuple[tuple[Panel, ...], str]:
    """A panel of layers for each run, and their description. Raises `Unfit`."""
    single = not any(run.spread or run.law is not None for run in runs)
    check(runs[0].objective, len(runs), single)
    stacks = [layers(run) for run in runs]
    ylim = look.ylim or (0.0, _top([stack.heights for stack in stacks]))
    many = len(runs) > 1
    drawn = []
    for run, stack, title, role in zip(runs, stacks, run_titles(runs), roles(runs), strict=True):
        marks, extent = _marks(stack, run.stride, named=run is runs[-1])
        panel = Panel(
            marks,
            look.xlim or extent,
            ylim,
            say("axis step"),
            say("axis gap"),
            title,
            steps=True,
            role=role if many else -1,
        )
        drawn.append(panel)
    sizes = ", ".join(numbers.number(value) for value in stacks[0].curvatures.tolist())
    phrases = map(_phrase, runs, stacks)
    return tuple(drawn), say("modes alt", values=sizes, runs="; ".join(phrases))


def _top(stacks: list[Array]) -> float:
    """The height of the panels: that of the starts, and of what does not rise far above them."""
    totals = [stack.sum(axis=1) for stack in stacks]
    start = max(float(total[0]) for total in totals)
    highest = max(float(np.nanmax(total)) for total in totals)
    return 1.04 * min(highest, _RISE * start)


def _phrase(run: Trajectory, stack: Layers) -> str:
    """What part each mode has at the start and at the end of a run."""
    parts = stack.heights / stack.heights.sum(axis=1, keepdims=True)
    first, last = (", ".join(_percent(row)) for row in parts[[0, -1]])
    end = (len(parts) - 1) * run.stride  # it ends where the minimum is reached
    return say("modes of", name=full_name(run), first=first, last=last, step=end)


def check(f: Objective | None, runs: int, single: bool) -> Quadratic:
    """The quadratic whose modes they are; `Unfit` for too many runs, and for what has no modes."""
    if runs > _MANY:
        raise Unfit(f"{runs} runs are too many for a panel each; {_MANY} can be drawn")
    if not single:
        raise Unfit("the shares of the eigenmodes are of one run; give one seed, drawn")
    if f is None:
        raise Unfit("the shares of the eigenmodes need the objective: give it with -f")
    q = f.quadratic_for("eigenmodes")
    if q.minimiser is None:
        raise Unfit(
            "this objective has no minimum for the modes to share in; --measure gradient shows "
            "the gradient's norm"
        )
    return q


def layers(run: Trajectory) -> Layers:
    """The distinct eigenvalues above 0, and the part ½λuᵢ² of each in f − f*.

    Up to where the run reaches the minimum or is called off. Raises `Unfit` without a minimum.
    """
    q = check(run.objective, 1, single=True)
    assert q.minimiser is not None
    away = (run.x[:, 0] - q.minimiser) @ q.eigenvectors
    with np.errstate(all="ignore"):
        heights = q.eigenvalues * away**2 / 2
        total = heights.sum(axis=1)
    bad = ~np.isfinite(total) | (total <= 0)
    heights = heights[: int(bad.argmax())] if bad.any() else heights
    if not len(heights):
        raise Unfit("the run starts at the minimum: there is nothing to share")
    sums = np.column_stack([heights[:, members].sum(axis=1) for members in q.modes])
    return Layers(q.curvatures, sums)


def _marks(
    stack: Layers, stride: int, *, named: bool
) -> tuple[tuple[Mark, ...], tuple[float, float]]:
    steps, heights = stride * np.arange(float(len(stack.heights))), stack.heights
    if len(heights) == 1:  # a single moment is as wide as a step
        steps, heights = np.array([-0.5, 0.5]), np.repeat(heights, 2, axis=0)
    tops = np.cumsum(heights, axis=1)
    marks = []
    for i, value in enumerate(stack.curvatures.tolist()):
        number = letters.subscript(str(i + 1))
        label = say("mode", number=number, value=numbers.number(value)) if named else ""
        place = i / max(len(stack.curvatures) - 1, 1)
        low = np.asarray(tops[:, i] - heights[:, i])
        marks.append(Share(steps, low, tops[:, i], place, label))
    return tuple(marks), (float(steps[0]), float(steps[-1]))


def _percent(row: Array) -> list[str]:
    return [say("percent", value=f"{100 * value:.3g}") for value in row.tolist()]
