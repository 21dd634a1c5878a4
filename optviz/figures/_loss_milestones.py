"""The panels of `loss --measure milestones`: f by eigenmode, and until when each mode lasts.

After Goh, "Why Momentum Really Works", Distill 2017.
"""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.figures import _loss_modes
from optviz.figures._loss_modes import Layers, layers
from optviz.figures._optimizer_names import full_name
from optviz.phrases import say
from optviz.scene import Look, Mark, Panel, Share
from optviz.text.numbers import number
from optviz.walks.trajectory import Trajectory

SHARES = (0.1, 0.01, 0.001)  # of what a mode has at the start
_HEIGHT = 0.7  # of the lower panel, to that of the upper
_THICK = 0.36  # of a row, to each side of its middle
_NAMED = 10  # modes of which each has its eigenvalue
_TICKS = 5  # eigenvalues told of more


def panels(runs: list[Trajectory], look: Look) -> tuple[tuple[Panel, ...], str]:
    """The stack of each run in the first row, its bars in the second. Raises `Unfit`."""
    above, alt = _loss_modes.panels(runs, look)
    stacks = [layers(run) for run in runs]
    below = [
        _bars(stack, run, panel, named=run is runs[-1])
        for stack, run, panel in zip(stacks, runs, above, strict=True)
    ]
    told = "; ".join(map(_told, runs, stacks))
    return (*above, *below), f"{alt}. {say('milestones alt', text=told)}"


def milestones(stack: Layers) -> Array:
    """The first step from which each mode stays below each share: (modes, shares).

    Counted in the points of the run; nan where it is not below at the end, 0 for a mode that the
    start has nothing of.
    """
    start = stack.heights[0]
    found = np.full((len(start), len(SHARES)), np.nan)
    for column, share in enumerate(SHARES):
        above = stack.heights > share * start
        last = len(above) - above[::-1].argmax(axis=0)  # after the last point above
        ended = above.any(axis=0) & (last < len(above))
        found[ended, column] = last[ended]
    found[~stack.heights.any(axis=0)] = 0.0
    return found


def _bars(stack: Layers, run: Trajectory, upper: Panel, *, named: bool) -> Panel:
    """A row a mode, the least eigenvalue lowest; strong until 10 %, pale until 0.1 %."""
    count, end = len(stack.curvatures), (len(stack.heights) - 1) * run.stride
    steps = np.column_stack([np.zeros(count), milestones(stack) * run.stride])
    steps = np.where(np.isnan(steps), float(end), steps)
    marks: list[Mark] = []
    for place, share in enumerate(SHARES):
        label = say("milestone", share=say("percent", value=number(100 * share))) if named else ""
        for row in range(count):
            ends = np.array([steps[row, place], max(steps[row, place + 1], steps[row, place])])
            low, high = np.full(2, row - _THICK), np.full(2, row + _THICK)
            marks.append(Share(ends, low, high, place / (len(SHARES) - 1), "" if row else label))
    return replace(
        upper,
        marks=tuple(marks),
        ylim=(-0.6, count - 0.4),
        ylabel=say("axis eigenvalue"),
        title="",
        height=_HEIGHT,
        yticks=_ticks(stack),
    )


def _ticks(stack: Layers) -> tuple[tuple[float, str], ...]:
    """The eigenvalues at their rows, of many some."""
    count = len(stack.curvatures)
    rows = np.arange(count)
    if count > _NAMED:
        rows = np.unique(np.round(np.linspace(0, count - 1, _TICKS)).astype(int))
    return tuple((float(row), number(float(stack.curvatures[row]))) for row in rows)


def _told(run: Trajectory, stack: Layers) -> str:
    """When each of few modes has fallen to a hundredth, and of many the last."""
    when = milestones(stack)[:, 1] * run.stride
    values = stack.curvatures
    if len(values) > _NAMED:
        slowest = int(np.where(np.isnan(when), np.inf, when).argmax())
        values, when = values[slowest : slowest + 1], when[slowest : slowest + 1]
    parts = [
        say(
            "milestone never" if np.isnan(step) else "milestone at",
            step=_step(step),
            value=number(float(value)),
        )
        for value, step in zip(values, when, strict=True)
    ]
    return say("milestones of", name=full_name(run), text=", ".join(parts))


def _step(step: float) -> int:
    return 0 if np.isnan(step) else int(step)
