"""Rows of anything that has a batch axis: taken out of it, and put together again."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from optviz.arrays import Ints
from optviz.objectives import Objective


def picked(thing: Any, rows: Ints, batch: int) -> Any:
    """The rows of every array (batch, …) in a thing: an array, a tuple, a list, a dataclass."""
    if isinstance(thing, np.ndarray):
        if not thing.ndim or len(thing) != batch:
            return thing
        return thing.T.take(rows, axis=-1).T  # column by column, as they lie
    if isinstance(thing, list):
        return [picked(part, rows, batch) for part in thing]
    if isinstance(thing, tuple):
        parts = [picked(part, rows, batch) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    if is_dataclass(thing) and not isinstance(thing, type | Objective):
        old = {f.name: getattr(thing, f.name) for f in fields(thing)}
        new = {name: picked(value, rows, batch) for name, value in old.items()}
        if any(new[name] is not old[name] for name in old):
            return replace(thing, **new)
    return thing


def joined(things: list[Any]) -> Any:
    """What `picked` took apart, put together: the rows of all of them, in order."""
    first = things[0]
    if all(thing is first for thing in things):
        return first
    if isinstance(first, np.ndarray):
        return np.asfortranarray(np.concatenate(things))
    if isinstance(first, list):
        return [joined(list(parts)) for parts in zip(*things, strict=True)]
    if isinstance(first, tuple):
        parts = [joined(list(part)) for part in zip(*things, strict=True)]
        return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)
    if is_dataclass(first) and not isinstance(first, type):
        names = [f.name for f in fields(first)]
        return replace(first, **{n: joined([getattr(t, n) for t in things]) for n in names})
    return first
