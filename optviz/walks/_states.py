"""States of rules as lists of numbers, and as inputs of a tape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from optviz.tape import Traced, Tracer

_ROWS = 2  # equal rows, so that the rules' general code is traced and not that of one row


def rows(one: Traced) -> Traced:
    """A batch of equal rows."""
    return Traced(one.tracer, np.stack([one.places] * _ROWS))


def row(tracer: Tracer, *arrays: Any) -> list[int]:
    """The places of the first rows of arrays (rows, …), one after the other."""
    return [place for array in arrays for place in tracer.traced(array).places[0].ravel().tolist()]


def leaves(state: Any) -> Iterator[Any]:
    """The arrays (batch, …) of a state, which may have states within, in a fixed order."""
    if isinstance(state, tuple):
        for part in state:
            yield from leaves(part)
    else:
        yield state


def leaves_like(tracer: Tracer, state: Any, like: Any) -> Iterator[Traced]:
    """The arrays of a state, in the shapes of another."""
    for new, old in zip(leaves(state), leaves(like), strict=True):
        yield tracer.traced(new).broadcast_to(np.shape(old))


def inputs_like(tracer: Tracer, state: Any, first: int) -> Any:
    """The state with inputs in place of its arrays, from the index `first` on."""
    index = first

    def inputs(part: Any) -> Any:
        nonlocal index
        if isinstance(part, tuple):
            return type(part)._make(map(inputs, part))  # type: ignore[attr-defined]
        shape = np.shape(part)[1:]
        index += (count := int(np.prod(shape, dtype=int)))
        return rows(tracer.inputs(index - count, *shape))

    return inputs(state)


def state_like(state: Any, numbers: Sequence[float]) -> Any:
    """A state of one row with these numbers, in the shapes of another."""
    left = iter(numbers)

    def filled(part: Any) -> Any:
        if isinstance(part, tuple):
            return type(part)._make(map(filled, part))  # type: ignore[attr-defined]
        return np.array([next(left) for _ in range(part.size)]).reshape(part.shape)

    return filled(state)
