"""The points that line searches tried and went back from, as crosses beside the paths."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._plane import Plane
from optviz.optimizers import Optimizer, Point, Rule
from optviz.scene import Tried, finite
from optviz.walks.trajectory import Trajectory


def check(optimizers: list[Optimizer | None]) -> None:
    """Raises `Unfit` where no optimizer tries points."""
    if not any(one and type(one.rule).trials is not Rule.trials for one in optimizers):
        raise Unfit("only a line search tries points, such as armijo; leave --tried out")


@np.errstate(all="ignore")
def trials(run: Trajectory, cut: Plane, role: int) -> list[Tried]:
    """The points tried in all steps of a run, in its plane; none for a rule that tries none.

    Raises `Unfit` for a run that kept some steps only.
    """
    optimizer, f = run.optimizer, run.objective
    if optimizer is None or f is None or type(optimizer.rule).trials is Rule.trials:
        return []
    if run.stride > 1:
        raise Unfit(f"the run has one of {run.stride} steps, --tried needs all; leave it out")
    state = optimizer.rule.init(run.x[0])
    every: list[Array] = []
    last: list[Array] = []
    for t in range(1, len(run.x)):
        point = Point(t, optimizer.schedule(t), run.x[t - 1], run.f[t - 1], run.grad[t - 1], f)
        if clipped := optimizer.clipped(point.grad):
            point = point._replace(grad=clipped.grad)
        rule, state = optimizer.at(t, state)
        found = rule.trials(point, state)
        every, last = every + found, last + found[-1:]
        _, state = rule.update(point, state)
    if not every:
        return []
    points, near = (cut.project(np.concatenate(part)) for part in (every, last))
    return [Tried(finite(points), finite(near), role)]
