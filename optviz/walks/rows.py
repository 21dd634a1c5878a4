"""Takes and concatenates rows of the states and settings of the vectorised engine.

These are nested tuples and dataclasses of rules whose arrays have the batch as their first axis. A
`Trajectory` has it as its second, and a fixed list of fields (`STEP_FIELDS`, `ROW_FIELDS`).
"""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from optviz.arrays import Ints
from optviz.objectives import Objective


def take(value: Any, rows: Ints, batch: int) -> Any:
    """Some rows of every array (batch, …) in an array, a tuple, a list or a dataclass."""
    if isinstance(value, np.ndarray):
        if not value.ndim or len(value) != batch:
            return value
        return value.T.take(rows, axis=-1).T  # column by column, as they lie in memory
    if isinstance(value, list):
        return [take(part, rows, batch) for part in value]
    if isinstance(value, tuple):
        parts = [take(part, rows, batch) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type | Objective):
        before = {f.name: getattr(value, f.name) for f in fields(value)}
        after = {name: take(part, rows, batch) for name, part in before.items()}
        if any(after[name] is not before[name] for name in before):
            return replace(value, **after)
    return value


def concatenate(values: list[Any]) -> Any:
    """The inverse of `take`: the rows of all the values, in order."""
    first = values[0]
    if all(value is first for value in values):
        return first
    if isinstance(first, np.ndarray):
        return np.asfortranarray(np.concatenate(values))
    if isinstance(first, list):
        return [concatenate(list(parts)) for parts in zip(*values, strict=True)]
    if isinstance(first, tuple):
        parts = [concatenate(list(part)) for part in zip(*values, strict=True)]
        return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)
    if is_dataclass(first) and not isinstance(first, type):
        names = [f.name for f in fields(first)]
        return replace(first, **{n: concatenate([getattr(v, n) for v in values]) for n in names})
    return first
