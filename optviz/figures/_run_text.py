"""How a run ended, and what its path looks like, for labels and descriptions."""

import numpy as np

from optviz.arrays import Array
from optviz.phrases import say
from optviz.text.numbers import number, point
from optviz.walks.status import STATUSES
from optviz.walks.trajectory import Trajectory

_ENDS = {
    "stalled": "end stalled",
    "cycling": "end cycling",
    "converged": "end converged",
    "diverged": "end diverged",
    "running": "end running",
}


def status_names() -> tuple[str, ...]:
    """The statuses as adjectives, in the order of `STATUSES`."""
    return tuple(say(f"status {status}") for status in STATUSES)


def outcome(run: Trajectory) -> str:
    """How the run ended if it did not just reach its last step: `stalls at f = 0.618`; else ""."""
    value = float(run.f[-1, 0])
    if run.spread or run.law is not None:
        return say("diverges") if run.status[0] == "diverged" else ""
    match run.status[0]:
        case "stalled":
            return say("stalls at", value=f"$f$ = {number(value)}")
        case "cycling":
            return say("cycles at", value=f"$f$ = {number(value)}")
        case "diverged" if run.lost:
            return say(f"lost {run.lost[0]}", step=run.lost[1])
        case "diverged" if not np.isfinite(value):
            return say("overflows", step=int(np.isnan(run.f[:, 0]).argmax()) * run.stride)
        case "diverged":
            return say("diverges")
    return ""


def named(name: str, outcome: str) -> str:
    """A name and how the run ended, either of which may be ""."""
    if not (name and outcome):
        return name or outcome
    return say("named long" if "," in name else "named", name=name, outcome=outcome)


def description(run: Trajectory, name: str) -> str:
    """A run in a phrase: `AdaGrad, η = 0.4: a path that never turns back and stalls at …`."""
    finite = np.flatnonzero(np.isfinite(run.x[:, 0]).all(axis=1))
    last, steps = run.x[finite[-1], 0], int(finite[-1]) * run.stride
    end = say(_ENDS[run.status[0]], point=point(last, run.x[0, 0]))
    if np.isfinite(run.f[-1, 0]):
        end += f", f = {number(float(run.f[-1, 0]))}"
    path = say(shape(run.x[:, 0]), end=end)
    return say("described", name=name, path=path, steps=say("steps after", count=steps))


def shape(x: Array) -> str:
    """The shape of a path (steps+1, dim), as the key of its phrase.

    In a zigzag a coordinate reverses in most of the steps; in a monotone path none reverses. A step
    of 0 between is no reversal.
    """
    moves = np.diff(x[np.isfinite(x).all(axis=1)], axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    if len(moves) < 2:
        return "shape step" if len(moves) else "shape point"
    if not ((moves > 0).any(axis=0) & (moves < 0).any(axis=0)).any():
        return "shape monotone"
    reversals = np.sign(moves[1:]) * np.sign(moves[:-1]) < 0
    return "shape zigzag" if (reversals.mean(axis=0) > 0.5).any() else "shape path"
