"""The words of `loss`: names and outcomes of curves, axes, and the description."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _run_text
from optviz.figures._optimizer_names import full_name, optimizer_name
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
    outcome = _run_text.outcome(run) if run.status[0] == "diverged" else ""
    return _run_text.named(name, outcome)


def quantity(runs: list[Trajectory], measure: str) -> str:
    """The measure in a description: of many seeds their median, of an exact law its mean."""
    key = measure if runs[0].objective or measure == "gradient" else "value"
    if any(run.law is not None for run in runs):
        return say(f"expected {measure}")
    seeds = {run.spread.batch for run in runs if run.spread}
    return say(f"median {key}", count=max(seeds)) if seeds else say(key)


def axis_label(runs: list[Trajectory], measure: str) -> str:
    if any(run.law is not None for run in runs):
        return _MEAN_AXIS[measure]
    if measure == "gap" and runs[0].objective is None:
        return say("minimum unknown", formula="$f(x_t)$")
    return _AXIS[measure]


def description(runs: list[Trajectory], series: list[Array]) -> str:
    """Where the curves begin and end, with the names of several."""
    texts = [_course(run, part[:, 1]) for run, part in zip(runs, series, strict=True)]
    if len(runs) == 1:
        return texts[0]
    names = map(full_name, runs)
    pairs = zip(names, texts, strict=True)
    return "; ".join(say("of optimizer", name=name, text=text) for name, text in pairs)


def _course(run: Trajectory, values: Array) -> str:
    """Where a curve begins and ends, since when it is at 0, and its least value between."""
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return say("overflows at once")
    first, last = (float(values[place]) for place in finite[[0, -1]])
    begin, end = (int(place) for place in finite[[0, -1]])
    if last == 0:
        end = int(np.flatnonzero(np.isfinite(values) & (values != 0)).max(initial=-1)) + 1
    text = say(
        "falls between" if begin else "goes from",
        begin=begin * run.stride,
        first=numbers.number(first),
        last=numbers.number(last),
        steps=say("steps after", count=end * run.stride),
    )
    if run.status[0] == "diverged":
        text += f", {_run_text.outcome(run)}"
    if (lowest := _lowest(values)) is not None:
        least = numbers.number(float(values[lowest]))
        text += say("least between", least=least, step=lowest * run.stride)
    return text


def _lowest(values: Array) -> int | None:
    """Where the values are lowest, if they rise a hundredfold from there to the last."""
    finite = np.flatnonzero(np.isfinite(values))
    lowest = int(finite[values[finite].argmin()])
    returns = lowest > finite[0] and values[lowest] < _RETURN * values[finite[-1]]
    return lowest if returns else None


def title(runs: list[Trajectory], series: list[Array], measure: str) -> str:
    """`RMSProp is lowest at step 37, then rises`; "" where that is not so, and for several runs."""
    run = runs[0]
    single = len(runs) == 1 and run.spread is None and run.law is None and run.gradient == "exact"
    if not single or not run.optimizer or measure != "gap" or run.status[0] == "diverged":
        return ""
    lowest = _lowest(series[0][:, 1])
    if lowest is None:
        return ""
    return say("lowest then rises", name=optimizer_name(run.optimizer), step=lowest * run.stride)
