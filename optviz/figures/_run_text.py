"""How a run ended, and what its path looks like, for labels and descriptions."""

import numpy as np

from optviz.arrays import Array
from optviz.text.numbers import number, point, tex
from optviz.walks.trajectory import Trajectory

_VERBS = {
    "stalled": "stalls at",
    "cycling": "cycles about",
    "converged": "converges to",
    "diverged": "diverges, last at",
}


def outcome(run: Trajectory) -> str:
    """How the run ended if it did not just reach its last step: `stalls at f = 0.618`; else ""."""
    value = float(run.f[-1, 0])
    if run.spread or run.law is not None:
        return "diverges" if run.status[0] == "diverged" else ""
    match run.status[0]:
        case "stalled":
            return f"stalls at $f={tex(value)}$"
        case "cycling":
            return f"cycles, $f={tex(value)}$"
        case "diverged" if not np.isfinite(value):
            step = int(np.isnan(run.f[:, 0]).argmax()) * run.stride
            return f"diverges, called off at step {step}"
        case "diverged":
            return "diverges"
    return ""


def description(run: Trajectory, name: str) -> str:
    """A run in a phrase: `AdaGrad, η = 0.4: a path that never turns back and stalls at …`."""
    finite = np.flatnonzero(np.isfinite(run.x[:, 0]).all(axis=1))
    last, steps = run.x[finite[-1], 0], int(finite[-1]) * run.stride
    end = f"{_VERBS.get(run.status[0], 'reaches')} {point(last, run.x[0, 0])}"
    if np.isfinite(run.f[-1, 0]):
        end += f", f = {number(float(run.f[-1, 0]))}"
    plural = "step" if steps == 1 else "steps"
    return f"{name}: {shape(run.x[:, 0])} {end} after {steps} {plural}"


def shape(x: Array) -> str:
    """The shape of a path (steps+1, dim), as the beginning of a sentence.

    In a zigzag a coordinate reverses in most of the steps; in a path that never turns back none
    reverses. A step of 0 between is no reversal.
    """
    moves = np.diff(x[np.isfinite(x).all(axis=1)], axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    if len(moves) < 2:
        return "a single step that" if len(moves) else "a point that"
    if not ((moves > 0).any(axis=0) & (moves < 0).any(axis=0)).any():
        return "a path that never turns back and"
    reversals = np.sign(moves[1:]) * np.sign(moves[:-1]) < 0
    return "a zigzag that" if (reversals.mean(axis=0) > 0.5).any() else "a path that"
