"""What is known before any run: factors a step, the largest stable rate, the best settings.

For a rule linear in the gradient (gd, momentum, Nesterov) at constant settings every eigenvector of
Q goes its own way, eₜ₊₁ = a eₜ − b eₜ₋₁, and its factor a step is the larger root of z² − az + b,
the spectral radius of the iteration matrix. Source: Goh, "Why Momentum Really Works", Distill 2017.
"""

from dataclasses import replace
from math import isfinite, log

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Rule
from optviz.schedules import Constant
from optviz.text.settings import Num

_ROUNDING = 1e-13  # of a² and 4b: what is less than that of their difference is rounding


def is_linear(rule: Rule) -> bool:
    """Whether its steps are linear in the gradient. Clipping is not."""
    return not rule.clips and rule.linear


def factors(rule: Rule, eta: Num, curvatures: Num) -> Array | None:
    """The factor a step, ρ, of each curvature at the rate `eta`; None for a rule not linear.

    Shapes broadcast. Below 1 the direction shrinks, above 1 it grows.
    """
    recurrence = None if rule.clips else rule.recurrence(eta, curvatures)
    if recurrence is None:
        return None
    a, b = (np.asarray(part, dtype=np.float64) for part in recurrence)
    with np.errstate(over="ignore"):
        inside = a * a - 4 * b
        both = a * a + 4 * np.abs(b)
    level = np.isfinite(both) & (np.abs(inside) <= _ROUNDING * both)
    inside = np.where(level, 0.0, inside)  # a root would magnify it
    apart = np.where(np.isinf(inside), np.abs(a), np.sqrt(np.maximum(inside, 0.0)))
    real = (np.abs(a) + apart) / 2
    return np.where(inside >= 0, real, np.sqrt(np.maximum(b, 0.0)))


def factor(optimizer: Optimizer, objective: Objective) -> float | None:
    """The largest of the factors, over the eigenvalues of Q: what the slowest direction keeps.

    None where the rule is not linear, its rate not constant or the objective not quadratic.
    Directions of curvature 0 do not move and do not count.
    """
    q, eta = objective.quadratic, constant(optimizer)
    if q is None or eta is None:
        return None
    curved = q.eigenvalues[q.eigenvalues != 0]
    every = factors(optimizer.rule, eta, curved) if curved.size else None
    return None if every is None else float(every.max())


def bound(optimizer: Optimizer, objective: Objective) -> float | None:
    """The most that a step leaves of f − f*, as a factor; None where no bound is known."""
    curved, eta = _curved(objective), constant(optimizer)
    if curved is None or eta is None or optimizer.rule.clips:
        return None
    return optimizer.rule.bound(eta, float(curved[0]), float(curved[-1]))


def constant(optimizer: Optimizer) -> float | None:
    """The rate, where it is the same number at every step."""
    schedule = optimizer.schedule
    if not isinstance(schedule, Constant) or np.ndim(schedule.eta):
        return None
    return float(schedule.eta)


def largest_rate(rule: Rule, objective: Objective) -> float | None:
    """The constant rate below which every direction shrinks: C/λmax.

    None where the rule is not linear, the objective is not quadratic, or Q has no or a negative
    curvature (then no rate is stable).
    """
    if objective.quadratic is None:
        return None
    low, high = objective.quadratic.eigenvalues[[0, -1]].tolist()
    ceiling = rule.ceiling()
    if not is_linear(rule) or ceiling is None or low < 0 or high <= 0:
        return None
    return float(ceiling[0] / high)


def best(rule: Rule, objective: Objective) -> Optimizer | None:
    """The rule with the constant settings that leave the least factor; None where unknown.

    Over the curvatures above 0, from the smallest on; a direction of curvature 0 needs no step.
    """
    curved = _curved(objective)
    if curved is None or rule.clips:
        return None
    try:
        settings = rule.best(float(curved[0]), float(curved[-1]))
    except OverflowError:  # a curvature near the least float has a rate beyond the largest
        return None
    if settings is None or not isfinite(settings["eta"]):
        return None
    settings = {key: max(value, 0.0) for key, value in settings.items()}  # rounding, at κ = 1
    eta = settings.pop("eta")
    return Optimizer(replace(rule, **settings), Constant(eta))


def best_rate(rule: Rule, objective: Objective) -> float | None:
    """The best constant rate with the rule's other settings as they are; None where unknown.

    Where a whole interval is best (momentum beyond its optimum), its middle.
    """
    top, curved = largest_rate(rule, objective), _curved(objective)
    if top is None or curved is None or not isfinite(top):
        return None
    low, high = 0.0, top
    for _ in range(12):  # each round leaves a fiftieth of the interval about the least
        etas = np.linspace(low, high, 101)
        every = factors(rule, etas[:, None], curved)
        assert every is not None
        worst = every.max(axis=1)
        least = np.flatnonzero(worst <= worst.min() + 1e-15)
        low, high = etas[max(least[0] - 1, 0)], etas[min(least[-1] + 1, 100)]
    return float(low + high) / 2


def _curved(objective: Objective) -> Array | None:
    """The eigenvalues above 0, ascending; None where there are none, or some are below 0."""
    q = objective.quadratic
    if q is None or q.eigenvalues[0] < 0 or q.eigenvalues[-1] <= 0:
        return None
    return q.eigenvalues[q.eigenvalues > 0]


def steps_to(share: float, factor: float) -> float:
    """About how many steps bring f − f* to `share` of its start at this factor; inf from 1 on."""
    if factor >= 1:
        return float("inf")
    return log(share) / (2 * log(factor)) if factor > 0 else 1.0
