"""The words of `loss`: names and outcomes of curves, axes, and the description."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._optimizer_names import full_name
from optviz.phrases import say
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_RETURN = 0.01  # of the last value: a lower one between is worth its words
_AXIS = {
    "gap": "$f(x_t)-f^*$",
    "distance": r"$\Vert x_t-x^*\Vert$",
    "gradient": r"$\Vert\nabla f(x_t)\Vert$",
}
_MEAN_AXIS = {
    "gap": r"$\mathrm{E}\,f(x_t)-f^*$",
    "distance": r"$(\mathrm{E}\,\Vert x_t-x^*\Vert^2)^{1/2}$",
    "gradient": r"$(\mathrm{E}\,\Vert\nabla f(x_t)\Vert^2)^{1/2}$",
}


def label(run: Trajectory, name: str) -> str:
    """The run's name, and why its curve ends if it does."""
    if run.law is not None:
        return name or say("sum of mean and noise")
    outcome = ""
    if run.status[0] == "diverged":
        overflowed = np.isnan(run.f[:, 0])
        step = int(overflowed.argmax()) * run.stride
        outcome = say("overflows", step=step) if overflowed.any() else say("diverges")
    if name and outcome:
        return say("name and outcome", name=name, outcome=outcome)
    return name or outcome


def quantity(runs: list[Trajectory], measure: str) -> str:
    return measure if runs[0].objective or measure == "gradient" else "value"


def axis_label(runs: list[Trajectory], measure: str) -> str:
    if any(run.law is not None for run in runs):
        return _MEAN_AXIS[measure]
    if measure == "gap" and runs[0].objective is None:
        return say("minimum unknown", formula="$f(x_t)$")
    return _AXIS[measure]


def description(run: Trajectory, values: Array, quantity: str) -> str:
    """Where a curve begins and ends, since when it is at 0, and its least value between."""
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return say("overflows at once", name=full_name(run), quantity=quantity)
    first, last = (float(values[place]) for place in finite[[0, -1]])
    begin, end = (int(place) * run.stride for place in finite[[0, -1]])
    if last == 0:
        end = (
            int(np.flatnonzero(np.isfinite(values) & (values != 0)).max(initial=-1)) + 1
        ) * run.stride
    text = say(
        "falls between" if begin else "goes from", name=full_name(run), begin=begin,
        first=numbers.number(first), last=numbers.number(last), steps=say("steps", count=end),
    )  # fmt: skip
    lowest = int(np.nanargmin(np.where(np.isfinite(values), values, np.inf)))
    if values[lowest] < _RETURN * last and lowest > finite[0]:
        least = numbers.number(float(values[lowest]))
        text += say("least between", least=least, step=lowest * run.stride)
    return text
