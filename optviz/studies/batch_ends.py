"""Where many runs end that keep no path, and how far they moved in their last two windows."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array, Ints, norm
from optviz.errors import bug
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Point
from optviz.walks.engine import Walk
from optviz.walks.parallel import Workers
from optviz.walks.rows import take

_Work = tuple[Objective, Optimizer, Array, int]

_ROWS = 8192  # at a time: their arrays stay in the processor's cache
_CHECK_EVERY = 32  # steps
_STILL = 1e-14  # of |x|: a step that is no longer is rounding
_LATE = 10  # a window is this part of the run, but of some steps at least


class Ends(NamedTuple):
    """Each run's end (batch, dim), and boxes around it in two windows: each (batch, 2, dim).

    A box is the least and the greatest of each coordinate; the window `late` is the last of the
    run, `before` is the one just before it.
    """

    end: Array
    before: Array
    late: Array

    def rows(self, rows: Ints) -> "Ends":
        """Some of the runs."""
        return Ends(*(part[rows] for part in self))

    def farthest(self, places: Array) -> tuple[Array, Array]:
        """How far each run was from its place (batch, dim) at most, in each window: (batch,)."""
        first, last = (
            norm(np.abs(box - places[:, None]).max(axis=1)) for box in (self.before, self.late)
        )
        return first, last


def ends(walk: Walk, workers: Workers) -> Ends:
    """Runs all starts of the walk, in blocks, by the workers where there are several."""
    start = walk.start
    found = _blank(start)
    blocks = np.array_split(np.arange(len(start)), -(-len(start) // _ROWS))
    works = ((walk.objective, walk.optimizer, start[rows], walk.steps) for rows in blocks)
    for rows, part in _each(workers, works, blocks):
        for whole, block in zip(found, part, strict=True):
            whole[rows] = block
    return found


def _each(workers: Workers, works: Iterator[_Work], blocks: list[Ints]) -> Iterator[Any]:
    if workers.jobs > 1:
        yield from workers.each(_reported, works, blocks, _named)
        return
    for rows, work in zip(blocks, works, strict=True):
        yield rows, _ends(*work)


def _named(rows: Ints) -> tuple[str, str]:
    return "run", f"starts {rows[0] + 1} to {rows[-1] + 1}"


def _reported(work: _Work) -> Ends:
    with bug.reported():
        return _ends(*work)


def _blank(start: Array) -> Ends:
    return Ends(start.copy(), *np.full((2, len(start), 2, start.shape[1]), np.nan))


@np.errstate(all="ignore")
def _ends(f: Objective, optimizer: Optimizer, start: Array, steps: int) -> Ends:
    """Runs each row of `start` (batch, dim) for so many steps.

    A row that no longer moves is not run on; it would stay where it is.
    """
    window = max(1, min(max(_CHECK_EVERY, steps // _LATE), steps // 2))
    found = _blank(start)
    x, index = np.asfortranarray(start), np.arange(len(start))
    rule, lowest = optimizer.rule, f.minimum
    state, earlier, blank = rule.init(x), x, np.full(len(x), np.nan)
    boxes: list[Array] = []  # of the rows that move, in the order of the windows
    for t in range(1, steps + 1):
        place = rule.looks(x, state)
        value = f.value(x) if rule.sees_value else blank
        point = Point(t, optimizer.schedule(t), x, value, f.grad(place), f, lowest)
        last = x
        x, _, _, state = optimizer.step(point, state)
        if t > steps - 2 * window:
            begins = t in (steps - 2 * window + 1, steps - window + 1)
            boxes = (
                [*boxes, np.stack([x, x], axis=1)]
                if begins
                else [*boxes[:-1], _around(boxes[-1], x)]
            )
        if t % _CHECK_EVERY and t < steps:
            continue
        _keep(found, index, x, boxes)
        lost = ~np.isfinite(x).all(axis=1)
        still = (np.abs(x - last) <= _STILL * np.abs(x)).all(axis=1)
        still &= (np.abs(x - earlier) <= _CHECK_EVERY * _STILL * np.abs(x)).all(axis=1)
        kept = np.flatnonzero(~(lost | still))
        if not len(kept):
            break
        if 8 * len(kept) <= 7 * len(x):
            rows = (x, index, state, blank, optimizer, boxes)
            x, index, state, blank, optimizer, boxes = take(rows, kept, len(x))
            rule = optimizer.rule
        earlier = x
    return found


def _around(box: Array, x: Array) -> Array:
    """The box around a box and x."""
    return np.stack([np.fmin(box[:, 0], x), np.fmax(box[:, 1], x)], axis=1)


def _keep(found: Ends, index: Ints, x: Array, boxes: list[Array]) -> None:
    """Writes down where rows are; in windows that they have not come to they are there too."""
    found.end[index] = x
    here = np.stack([x, x], axis=1)
    found.before[index], found.late[index] = [*boxes, here, here][:2]
