"""The horizontal axis of `loss`: the step, the epoch, or the time of the gradient flow."""

import numpy as np

from optviz import gradients
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.walks.trajectory import Trajectory

LABELS = {"step": "step $t$", "epoch": "epoch", "time": r"time $\sum_{s\leq t}\eta(s)$"}
WORDS = {"step": "the step", "epoch": "the epoch", "time": "the sum of the learning rates"}


def placed(run: Trajectory, t: Array, against: str) -> Array:
    """The places of steps t on the axis, linear between two steps: (n,) → (n,).

    An epoch is a pass over all rows of the data: with exact gradients every step is one. The time
    is the sum of the rates so far, that of the gradient flow ẋ = −∇f(x) which small steps imitate.
    Raises `Unfit` if the run has no optimizer.
    """
    if against == "step" or not len(t):
        return t
    whole = np.arange(int(np.ceil(t[-1])) + 1.0)
    if against == "epoch":
        data = run.objective.data if run.objective else None
        passed = gradients.read(run.gradient).epochs(whole, data)
        return np.asarray(np.interp(t, whole, passed))
    if run.optimizer is None:
        raise Unfit("the time is the sum of the learning rates, and a run does not tell its rates")
    rates = [float(run.optimizer.schedule(int(s))) for s in whole[1:]]
    return np.asarray(np.interp(t, whole, np.concatenate([[0.0], np.cumsum(rates)])))
