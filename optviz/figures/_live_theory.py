"""The theory of `loss` in a page: the factor a step of rules that are linear in the gradient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from optviz.figures._live_code import code
from optviz.figures._loss_guides import POWER
from optviz.scene import Guide, Knob, LiveLine
from optviz.theory import stability
from optviz.walks.tapes import recurrences

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

POWERS = {**POWER, "f": 2}  # of the factor, for each quantity; f where f* is 0
_SAME = 1e-9  # relative


def theory_line(mark: Guide, runs: dict[int, Trajectory], quantity: str) -> LiveLine | None:
    """The fall ρᵗ of a single run of its optimizer that a line is, by its points."""
    t, heights = mark.points.T
    owners = [run.optimizer for run in runs.values()]
    for k, run in runs.items():
        if run.optimizer is None or run.objective is None or owners.count(run.optimizer) > 1:
            continue
        rho = stability.factor(run.optimizer, run.objective)
        if not rho or not np.isfinite(heights).all() or not heights[0]:
            continue
        with np.errstate(all="ignore"):
            exact = heights[0] * rho ** (POWERS[quantity] * (t - t[0]))
        if np.allclose(heights, exact, rtol=_SAME, atol=0.0):
            return LiveLine(0, 0, (k,), "theory", quantity=quantity, power=POWERS[quantity])
    return None


def theory_of(run: Trajectory, knobs: Sequence[Knob]) -> str:
    """The function of the recurrences of a run's directions, "" where there is none."""
    q = run.objective.quadratic if run.objective else None
    if run.optimizer is None or q is None or run.optimizer.rule.clips:
        return ""
    if stability.constant(run.optimizer) is None:
        return ""
    curved = sorted(set(q.eigenvalues[q.eigenvalues != 0].tolist()))
    return code(recurrences, run.optimizer, [knob.name for knob in knobs], curved)
