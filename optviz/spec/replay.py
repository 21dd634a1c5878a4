"""The effective learning rates of optimizers on logged gradients, without a path."""

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from optviz import gradients, records, spec
from optviz.errors import BadValue, Unfit
from optviz.gradients import Log
from optviz.optimizers import Optimizer
from optviz.spec import RunSpec
from optviz.walks import completion
from optviz.walks.trajectory import Trajectory

if TYPE_CHECKING:
    from optviz.records import Logged

_UNUSED = ("objective", "rotate", "start", "seed", "seeds", "expected")  # without walks
_NEEDS = {"x": "the positions", "f": "the values of f", "Q": "the curvature"}


def is_meant(run: RunSpec) -> bool:
    """Whether the gradients of the spec are those of a log."""
    return gradients.log.is_meant(run.gradient)


@np.errstate(all="ignore")
def runs(run: RunSpec) -> list[Trajectory]:
    """A trajectory for each optimizer and each run of the log; x and f are nan.

    `steps` is how many gradients are used. Raises `Unfit` for options and optimizers that need more
    than gradients, `BadFile` or `WorldError` for the file.
    """
    defaults = RunSpec()
    for f in fields(run):
        if f.name in _UNUSED and getattr(run, f.name) != getattr(defaults, f.name):
            raise Unfit(f"the gradients are logged, so {f.name} has no say; leave it out")
    if run.steps is not None and run.steps < 0:
        raise BadValue("steps", run.steps, "0 or more is wanted")
    source = gradients.log.read(run.gradient)
    optimizers = spec.optimizers(run)
    logged = [one._replace(grad=one.grad[: run.steps]) for one in records.gradients(source)]
    return [_replayed(optimizer, one, source) for optimizer in optimizers for one in logged]


def _replayed(optimizer: Optimizer, logged: "Logged", source: Log) -> Trajectory:
    grad = logged.grad[:, None]
    rate = completion.effective_rates(optimizer, grad)
    if len(rate) and np.isnan(rate[0]).all():
        raise Unfit(_missing(optimizer))
    steps, _, dim = grad.shape
    x, f = np.full((steps + 1, 1, dim), np.nan), np.full((steps + 1, 1), np.nan)
    return Trajectory(
        None,
        optimizer,
        x,
        f,
        grad,
        rate,
        ("running",),
        np.array([steps], dtype=np.int64),
        gradient=f"log({source.name})",
        coordinates=logged.names,
    )


def _missing(optimizer: Optimizer) -> str:
    """Why the rates of this optimizer cannot be computed from gradients alone."""
    rule = optimizer.rule
    need = _NEEDS.get(rule.rates_need, "the positions")
    pulls = (
        [name for name in rule.shrinkage if getattr(rule, name, 0)] if not rule.rates_need else []
    )
    why = f", for {' and '.join(pulls)} pulls x" if pulls else ""
    return f"the rates of {optimizer} need {need} too{why}; a log has gradients alone"
