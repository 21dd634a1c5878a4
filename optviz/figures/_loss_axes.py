"""The axes of `loss`: f − f*, distance or gradient norm against step, epoch or time."""

import numpy as np

from optviz import gradients
from optviz.arrays import Array, norm
from optviz.errors import Unfit
from optviz.objectives import Objective
from optviz.theory import expectation
from optviz.walks.seeds import quantiles
from optviz.walks.trajectory import Trajectory


def measured(run: Trajectory, measure: str) -> Array:
    """The step and the quantity after it: (n, 2). Raises `Unfit` where it is not defined.

    Of many seeds it is the median, of an exact law its two parts together.
    """
    if run.law is not None:
        mean, noise = parts(run, measure)
        series = mean + noise if measure == "gap" else np.hypot(mean, noise)
    elif run.spread is not None:
        series = quantiles(values(run.spread, measure), 0.5)
    else:
        series = values(run, measure)[:, 0]
    return np.column_stack([times(run, len(series)), series])


def parts(run: Trajectory, measure: str) -> tuple[Array, Array]:
    """The parts of a measure that the mean and the noise have under an exact law: (n,) each.

    E f − f* is f(mean) − f* + ½ tr(QΣ). Of a distance and a gradient's norm it is the root of the
    mean square, whose squares add up: ‖mean − x*‖² + tr Σ, and ‖∇f(mean)‖² + tr(QΣQ).
    """
    law = run.law
    assert run.objective is not None
    assert law is not None
    q = run.objective.quadratic_for("an exact law of noise")
    mean = values(run, measure)[:, 0]
    if measure == "gap":
        return mean, expectation.excess(q, law)
    shape = q.Q @ q.Q if measure == "gradient" else np.eye(q.dim)
    return mean, np.sqrt(np.maximum(np.einsum("ij,tji->t", shape, law), 0.0))


def times(run: Trajectory, count: int) -> Array:
    """The first `count` recorded steps; a recorded gradient lacks the last."""
    return run.stride * np.arange(float(count))


def values(run: Trajectory, measure: str) -> Array:
    """The quantity after each step: (n, batch)."""
    q, x = run.objective, run.x
    with np.errstate(all="ignore"):
        if measure == "gradient":
            if q is None or np.isnan(x).all():  # as recorded: the gradient that the next step used
                if not len(run.grad):
                    raise Unfit(nothing([run], measure))
                return norm(run.grad)
            return norm(q.grad(x))
        if q is None:
            if measure == "distance":
                raise Unfit("the distance to x* needs the objective: give it with -f")
            return run.f
        measurable(q, measure)
        if measure == "distance":
            assert q.minimiser is not None
            return norm(_curved(q, x - q.nearest(x)))
        gap = q.gap(x)  # keeps its digits near the minimum
        if np.isnan(x).all() and q.minimum is not None:
            gap = run.f - q.minimum
        return np.asarray(gap)


def measurable(q: Objective, measure: str) -> None:
    """Raises `Unfit` for an objective without a minimum."""
    if q.minimiser is None and (measure == "distance" or not q.has_minimum):
        raise Unfit(
            f"{q.lacks_minimum} to measure the {measure} from; --measure gradient "
            "shows the gradient's norm"
        )


def _curved(f: Objective, away: Array) -> Array:
    """The vector to the nearest minimum: without the flat directions of a quadratic."""
    q = f.quadratic
    if q is None:
        return away
    flat = q.eigenvectors[:, q.eigenvalues == 0]
    return away - (away @ flat) @ flat.T if flat.size else away


def nothing(runs: list[Trajectory], measure: str) -> str:
    if measure == "gradient" and all(np.isnan(run.grad).all() for run in runs):
        return "no gradients to draw: a step is wanted, or the objective with -f"
    if measure == "gap" and runs and all(np.isnan(run.f).all() for run in runs):
        return "no values of f to draw: give the objective with -f, or a column f"
    if runs and runs[0].objective is None:
        return "nothing above 0 to draw on a log axis; with -f f − f* can be drawn"
    return "every step is at the minimum: nothing above 0 to draw on a log axis"


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
