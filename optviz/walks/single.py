"""Long walks of a single row, by the program of their tape: the same bits in less time.

NumPy takes about a microsecond an operation, whatever the size of its arrays; a program of plain
numbers takes that for a whole step. To trace and compile it takes some milliseconds.
"""

from __future__ import annotations

from math import nan

import numpy as np

from optviz.arrays import Array
from optviz.tape import Untraceable, program
from optviz.walks._states import leaves, state_like
from optviz.walks.stepping import Position, Program, Setup
from optviz.walks.tapes import tapes


class SingleSteps:
    """The program of the steps of a walk of one row. Raises `Untraceable` where there is none."""

    def __init__(self, setup: Setup, steps: int) -> None:
        self._walk = tapes(setup.objective, setup.optimizer, setup.oracle, steps, ())
        self._step = program(self._walk.step, single=True)
        self._rates = self._walk.rates(())

    def run(self, position: Position, steps: int) -> tuple[Array, Array, Array, Array, Position]:
        """x, f, the gradient and the rate of each step, (steps, 1, …), and the position after."""
        step, size, dim, rates = self._step, self._walk.size, self._walk.dim, self._rates
        numbers = (position.x, position.f, position.grad, *leaves(position.state))
        state = [value for part in numbers for value in part.ravel().tolist()]
        rows = []
        for t in range(position.t + 1, position.t + steps + 1):
            after = step([float(t), rates[t - 1] if rates else nan, *state])
            rows.append([*after[: dim + 1], *state[dim + 1 : 2 * dim + 1], *after[size:]])
            state = list(after[:size])
        x, f, grad, rate = np.split(np.array(rows)[:, None], [dim, dim + 1, 2 * dim + 1], axis=2)
        rest = state_like(position.state, state[2 * dim + 1 :])
        g = np.array([state[dim + 1 : 2 * dim + 1]])
        return x, f[..., 0], grad, rate, Position(position.t + steps, x[-1], f[-1, :, 0], g, rest)


def program_of(setup: Setup, steps: int) -> Program | None:
    """The program of the steps of a walk of one row, None where there is none.

    A rule from outside may do more than its operations tell.
    """
    if not setup.optimizer.rule.own:
        return None
    try:
        return SingleSteps(setup, steps).run
    except Untraceable:
        return None
