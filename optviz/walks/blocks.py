"""Blocks of steps that are checked for overflow once, at their end.

The checks of a single step take longer than the step itself. A block computes many steps first,
then f at all of their points, and looks for numbers that are not finite once. Only a block that
has some is thrown away and repeated with single, checked steps.
"""

from collections.abc import Iterator
from sys import maxsize
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import EXACT_DIM, Array
from optviz.gradients import Exact
from optviz.walks.stepping import Position, Program, Setup, checked_step, evaluated

_LONG = 2000  # steps from which a program of single numbers takes less time, with its tracing
_MOST_STEPS, _MOST_NUMBERS = 1024, 2**13  # of a block; the second of one of its arrays


class Block(NamedTuple):
    """x (steps, batch, dim), f, grad and rate of the steps first, first + 1, …, as in `Moment`."""

    first: int
    x: Array
    f: Array
    grad: Array
    rate: Array


def blocks(setup: Setup, position: Position, steps: int | None) -> Iterator[Block]:
    """All steps in blocks, endless without `steps`; of single steps where a row overflows."""
    program = None
    if steps is not None and steps - position.t >= _LONG and len(position.x) == 1:
        from optviz.walks import single

        program = single.program_of(setup, steps)
    while steps is None or position.t < steps:
        left = maxsize if steps is None else steps - position.t
        count = length(position, left)
        if result := unchecked(setup, position, count, program):
            block, position = result
            yield block
            continue
        for _ in range(count):
            (moment, _, _), position = checked_step(setup, position)
            t, *arrays = moment
            yield Block(t, *(array[None] for array in arrays))


def length(position: Position, left: int) -> int:
    """How many steps the next block has: few at first, because many rows overflow early."""
    room = _MOST_NUMBERS // max(position.x.size, 1)
    return max(1, min(max(position.t, 32), left, _MOST_STEPS, room))


def unchecked(
    setup: Setup, position: Position, steps: int, program: Program | None = None
) -> tuple[Block, Position] | None:
    """A block of so many steps and the position after it; None if a row overflows in it.

    A `program` makes the same steps, where no row has overflowed.

    Rows that overflowed before the block stay nan.
    """
    if not setup.optimizer.rule.pure:
        return None
    with np.errstate(all="ignore"):
        if program and np.isfinite(position.x).all():
            *arrays, after = program(position, steps)
            block = Block(position.t + 1, *arrays)
        else:
            block, after = _computed(setup, position, steps)
        live = ~np.isnan(position.x).all(axis=-1)  # f alone may be nan before x is
        if not (np.isfinite(block.f[:, live]).all() and np.isfinite(after.grad[live]).all()):
            return None
        if not np.isfinite(_gradients(setup, block)[:, live]).all():
            return None
        if not live.all():
            block = block._replace(rate=np.where(np.isnan(block.grad), np.nan, block.rate))
    return block, after


def _gradients(setup: Setup, block: Block) -> Array:
    """∇f at each point but the last."""
    if isinstance(setup.oracle.source, Exact):
        return block.grad[1:]
    return setup.objective.grad(block.x[:-1])


def _computed(setup: Setup, position: Position, steps: int) -> tuple[Block, Position]:
    objective, (t, x, f, g, state) = setup.objective, position
    # of many dimensions BLAS would sum all points in another order than one
    rule = setup.optimizer.rule
    each_value = rule.sees_value or objective.dim > EXACT_DIM
    gradient = setup.oracle.prefetch(range(t + 1, t + steps + 1), objective)
    xs, fs, grads, rates = [], [], [], []
    for number in range(t + 1, t + steps + 1):
        grad = gradient(number, rule.looks(x, state), g)
        x, rate, _, state = setup.step(number, x, f, grad, state)
        if each_value:
            f, g = evaluated(objective, rule, x, state)
            fs.append(f)
        else:
            g = objective.grad(rule.looks(x, state))
        xs.append(x)
        grads.append(grad)
        rates.append(rate)
    points = np.array(xs)
    values = np.array(fs) if each_value else objective.value(points)
    block = Block(t + 1, points, values, np.array(grads), _stacked(rates, points.shape))
    return block, Position(t + steps, x, values[-1], g, state)


def _stacked(rates: list[Any], shape: tuple[int, ...]) -> Array:
    """Rates that are a number, a column or an array each, as (steps, batch, dim)."""
    if all(isinstance(rate, float | int) for rate in rates):
        return np.broadcast_to(np.array(rates, dtype=np.float64)[:, None, None], shape)
    stacked = np.empty(shape)
    for row, rate in zip(stacked, rates, strict=True):
        row[...] = rate
    return stacked
