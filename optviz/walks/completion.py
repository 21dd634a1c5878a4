"""Fills in what trajectories from files lack: f, gradients, effective rates and status."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Point
from optviz.walks import status
from optviz.walks.trajectory import Trajectory


def effective_rates(optimizer: Optimizer, grad: Array) -> Array:
    """The effective rates the optimizer would have applied to these gradients: (steps, batch, dim).

    x and f are not known, so they are nan for rules that read them.
    """
    unknown = np.full(grad.shape[1:], np.nan)
    state, rates = optimizer.rule.init(np.zeros_like(unknown)), np.full_like(grad, np.nan)
    with np.errstate(all="ignore"):
        for t, g in enumerate(grad, start=1):
            point = Point(t, optimizer.schedule(t), unknown, unknown[:, 0], g)
            _, rates[t - 1], _, state = optimizer.step(point, state)
    return rates


def complete(
    runs: list[Trajectory], objective: Objective | None, optimizers: list[Optimizer]
) -> list[Trajectory]:
    """The runs, with what they lack computed from what is known.

    The objective goes to runs without one, the optimizers (one for all, or one each) to runs
    without one. Then missing f, gradients, rates and status are computed. Raises `Unfit` where
    dimensions or numbers do not fit.
    """
    if objective and all(run.objective for run in runs):
        raise Unfit("every run has its objective already; leave -f out")
    nameless = [run for run in runs if run.optimizer is None]
    if len(optimizers) not in (0, 1, len(nameless)):
        raise Unfit(f"{len(optimizers)} optimizers for {len(nameless)} runs without one")
    if optimizers and not nameless:
        raise Unfit("every run has its optimizer already; leave --opt out")
    missing = iter(optimizers * len(nameless) if len(optimizers) == 1 else optimizers)
    return [_completed(run, objective, run.optimizer or next(missing, None)) for run in runs]


@np.errstate(all="ignore")
def _completed(
    run: Trajectory, objective: Objective | None, optimizer: Optimizer | None
) -> Trajectory:
    q = run.objective or objective
    x, f, grad, rate = run.x, run.f, run.grad, run.rate
    ending, since = run.status, run.status_step
    if q and q.dim != run.dim:
        raise Unfit(f"the objective has {q.dim} coordinates, the run has {run.dim}")
    if q and np.isnan(f).all():
        f = q.value(x)
    if q and np.isnan(grad).all() and run.stride == 1:
        grad = q.grad(x[:-1])
    if optimizer and np.isnan(rate).all() and run.stride == 1:
        rate = effective_rates(optimizer, grad)
    if q and not run.objective and not np.isnan(x).all():
        ending, since = status.judge(q, x, rate)
        since = since * run.stride
    return replace(
        run,
        objective=q,
        optimizer=optimizer,
        f=f,
        grad=grad,
        rate=rate,
        status=ending,
        status_step=since,
    )
