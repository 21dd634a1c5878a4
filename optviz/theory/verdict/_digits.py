"""As many digits of a verdict as are certain: the last ones differ from processor to processor.

Eigenvalues and solutions come from LAPACK, whose rounding errors are of the size dim·ε, times the
condition number where the smallest eigenvalue decides. A verdict is rounded where such errors
begin, with room: it is then the same on two processors, but for one number in some ten thousand,
which lies between two roundings.
"""

import math
from dataclasses import fields, replace
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Rule
from optviz.schedules import Constant
from optviz.theory import stability

_ROOM = 1e4


def unit(objective: Quadratic) -> float:
    """What is not certain of a number of the size of the largest eigenvalue, relative to that."""
    rows = objective.data.n if objective.data else 1
    return _ROOM * (objective.dim + math.sqrt(rows)) * float(np.finfo(float).eps)


def certain(value: Any, error: float | Array) -> Any:
    """Numbers, and lists of them, without the digits that an error so large hides.

    What is not finite is None; words stay.
    """
    if isinstance(value, np.ndarray):
        errors = np.broadcast_to(error, value.shape)
        return [certain(v, e) for v, e in zip(value.tolist(), errors, strict=True)]
    if isinstance(value, list):
        return [certain(part, error) for part in value]
    if isinstance(value, dict):
        return {key: certain(part, error) for key, part in value.items()}
    if isinstance(value, bool | int) or not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None
    error = float(np.max(error))
    if not 0 < error < math.inf:
        return value
    return round(value, -math.ceil(math.log10(error))) + 0.0


def relative(value: Any, error: float) -> Any:
    """The same with an error in proportion to each number."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list):
        return [relative(part, error) for part in value]
    if isinstance(value, dict):
        return {key: relative(part, error) for key, part in value.items()}
    return certain(value, error * abs(value)) if isinstance(value, float) else value


def factor(value: Any, error: float) -> Any:
    """A factor a step, whose distance from 1 is what has an error in proportion to itself."""
    if not isinstance(value, float):
        return value
    return certain(value, error * min(abs(value), abs(1 - value)))


def steps(value: Any, error: float) -> Any:
    """How many steps a factor near 1 takes: it is 1 less a distance that has the error.

    Of very many steps the distance is so small that the factor itself does not hold all of it.
    """
    return relative(value, min(max(error, 1e-14 * value), 0.05)) if value else value


def setting(rule: Rule, name: str, value: Any, error: float) -> Any:
    """A setting that theory chose. One that stays below 1, as a momentum does, goes by `factor`."""
    below_one = rule.settings()[name].within.endswith("1)")
    return factor(value, error) if below_one else relative(value, error)


def conditioned(kappa: float | None, error: float) -> float:
    """The relative error of what the smallest eigenvalue decides: a digit stays at least."""
    return min(error * kappa, 0.05) if kappa and math.isfinite(kappa) else error


def gaps(objective: Quadratic) -> Array:
    """How far each eigenvalue is from the next, by the largest of all: (dim,)."""
    values = objective.eigenvalues
    apart = np.abs(values[:, None] - values)
    np.fill_diagonal(apart, np.inf)
    size = np.abs(values).max() or 1.0
    return np.asarray(np.maximum(apart.min(axis=1) / size, 1e-300))


def rate(objective: Quadratic) -> float:
    """The relative error of the largest and the best rates.

    The largest eigenvalue decides them, and in Polyak's the root of the smallest has a part.
    """
    kappa = objective.kappa
    return conditioned(math.sqrt(kappa) if kappa else None, unit(objective))


def rounded(optimizer: Optimizer, error: float, of_rates: float) -> Optimizer:
    """The optimizer with the settings that theory chose rounded so."""
    typed, rule = optimizer.explicit, optimizer.rule
    chosen = {
        f.name: setting(rule, f.name, value, error)
        for f in fields(rule)
        if f.name not in typed
        and isinstance(value := getattr(rule, f.name), float)
        and math.isfinite(value)
    }
    eta = stability.constant(optimizer)
    kept = eta is None or "eta" in typed or not math.isfinite(eta)
    schedule = optimizer.schedule if kept else Constant(relative(eta, of_rates))
    return replace(optimizer, rule=replace(rule, **chosen), schedule=schedule)
