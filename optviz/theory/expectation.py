"""The exact law of a noisy run: mean and covariance of x after each step, without sampling.

A rule that is linear in the gradient keeps Gaussian noise Gaussian. The mean is the run
without noise; the covariance follows from the derivatives of one step by each coordinate of x, of
the rule's state, and of the noise. Any schedule, any linear rule: gd, heavy ball, Nesterov, QHM.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.gradients import Oracle
from optviz.objectives import Objective, Quadratic
from optviz.optimizers import Optimizer, Point
from optviz.theory import stability


@np.errstate(all="ignore")
def check(objective: Objective, optimizer: Optimizer, oracle: Oracle, starts: int) -> None:
    """Raises `Unfit` for an objective that is not quadratic or a rule that is not linear.

    Also for a noise that is not Gaussian, and for several starts.
    """
    objective.quadratic_for("an exact law of noise")
    source = oracle.source
    if source.covariance(objective.dim) is None:
        raise Unfit(f"exact noise is Gaussian, such as --gradient noise(1); {source} is not")
    source.fit(objective)
    if not stability.is_linear(optimizer.rule):
        name = optimizer.rule.title + (" with clipping" if optimizer.rule.clips else "")
        raise Unfit(
            f"exact noise wants a rule linear in the gradient, such as gd, momentum or nesterov; "
            f"{name} is sampled with --seeds"
        )
    if starts > 1:
        raise Unfit(f"exact noise is of one start; {starts} given")


def covariances(objective: Objective, optimizer: Optimizer, oracle: Oracle, steps: int) -> Array:
    """The covariance of x after each step, 0 at the start: (steps+1, dim, dim).

    Raises what `check` raises.
    """
    check(objective, optimizer, oracle, starts=1)
    q, dim = objective.quadratic_for("an exact law of noise"), objective.dim
    noise = oracle.source.covariance(dim)
    assert noise is not None
    blank = optimizer.rule.init(np.zeros((1, dim)))
    size = dim * (1 + len(_leaves(blank)))
    joint, of_x = np.zeros((size, size)), np.zeros((steps + 1, dim, dim))
    with np.errstate(all="ignore"):
        for t in range(1, steps + 1):
            A, B = _transition(q, optimizer, blank, t)
            joint = A @ joint @ A.T + B @ noise @ B.T
            of_x[t] = joint[:dim, :dim]
    return of_x


def excess(objective: Objective, law: Array) -> Array:
    """What the covariance adds to f(mean), ½ tr(QΣ) of each step: (steps+1,)."""
    Q = objective.quadratic_for("an exact law of noise").Q
    return np.asarray(0.5 * np.einsum("ij,tji->t", Q, law))


def _transition(q: Quadratic, optimizer: Optimizer, blank: Any, t: int) -> tuple[Array, Array]:
    """A, B of zₜ = A zₜ₋₁ + B ξₜ: step t applied to each unit vector of z and of the noise ξ.

    z is x − x*, then each field of the rule's state. A is (size, size), B (size, dim).
    """
    dim, fields = q.dim, len(_leaves(blank))
    size = dim * (1 + fields)
    unit = np.eye(size + dim)
    x, memory, noise = unit[:, :dim], unit[:, dim:size], unit[:, size:]
    parts = iter([memory[:, i * dim : (i + 1) * dim] for i in range(fields)])
    state, rule = _filled(blank, parts), optimizer.rule
    g = rule.looks(x, state) @ q.Q + noise
    point = Point(t, optimizer.schedule(t), x, np.zeros(len(x)), g, q, 0.0)
    after = optimizer.step(point, state)
    leaves = (np.broadcast_to(part, x.shape) for part in _leaves(after.state))
    both = np.hstack([after.x, *leaves]).T
    return both[:, :size], both[:, size:]


def _leaves(state: Any) -> list[Array]:
    """The arrays of a state, those of the states of rules within it too."""
    if isinstance(state, tuple):
        return [leaf for part in state for leaf in _leaves(part)]
    return [state]


def _filled(state: Any, parts: Iterator[Array]) -> Any:
    """A state of the same shape with other arrays."""
    if isinstance(state, tuple):
        return type(state)(*(_filled(part, parts) for part in state))
    return next(parts)
