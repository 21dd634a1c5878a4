"""Where runs from a grid of starts end: which minimum holds each, from one batched run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools, Ints, norm
from optviz.errors import Unfit, bug
from optviz.gradients import Exact
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Point
from optviz.walks.engine import Walk
from optviz.walks.parallel import ALONE, Workers
from optviz.walks.rows import take

MOVING, DIVERGED = -1, -2  # in place of the number of a minimum

_CHECK_EVERY = 32  # steps
_ROWS = 8192  # at a time: their arrays stay in the processor's cache
_STILL = 1e-14  # of |x|: a step that is no longer is rounding
_NEAR = 1e-3  # of the size of the grid: so far from a minimum a run that still closes in counts
_APART = 1e-5  # of the size of the grid: minima that are no further apart are one
_MANY = 100  # minima beyond which those that hold no run are not looked for
_NEWTON = 50  # steps from the end to the minimum


@dataclass(frozen=True, eq=False)
class Basins:
    """The ends of an optimizer's runs from `start` (batch, dim), after `steps` steps at most.

    `minimum` (batch,) is the index in `minima` (count, dim) of the one that holds the run, `MOVING`
    or `DIVERGED`. `curvature` (count,) is λmax of the Hessian at each, and `limit` is C/η, above
    which a minimum holds no run: None where the rate is not constant or no C is known. `reached`
    says which minima hold a run; the others were found beside them.
    """

    objective: Objective
    optimizer: Optimizer
    start: Array
    steps: int
    end: Array
    minimum: Ints
    minima: Array
    curvature: Array
    limit: float | None

    @property
    def reached(self) -> Bools:
        """Which minima hold a run: (count,)."""
        return np.isin(np.arange(len(self.minima)), self.minimum)

    def share(self, index: int) -> float:
        """The share of the starts that end at a minimum, or go on (`MOVING`), or diverge."""
        return float(np.mean(self.minimum == index))


def check(walk: Walk) -> None:
    """Raises `Unfit` for walks whose ends are random, or that cannot be batched."""
    if not isinstance(walk.oracle.source, Exact) or walk.expected:
        raise Unfit("with noise no run rests at a minimum; leave --gradient out for basins")
    if not walk.optimizer.rule.pure:
        raise Unfit(f"basins are run all at once; {walk.optimizer.rule.word()} runs one by one")


@np.errstate(all="ignore")
def basins(walk: Walk, workers: Workers = ALONE) -> Basins:
    """Runs all starts of the walk at once, without keeping paths. Raises what `check` raises."""
    check(walk)
    batch = len(walk.start)
    end, before = np.empty_like(walk.start), np.empty_like(walk.start)
    blocks = np.array_split(np.arange(batch), -(-batch // _ROWS))
    works = ((walk.objective, walk.optimizer, walk.start[rows], walk.steps) for rows in blocks)

    def named(rows: Ints) -> tuple[str, str]:
        return "run", f"starts {rows[0] + 1} to {rows[-1] + 1}"

    for rows, (last, earlier) in _each(workers, works, blocks, named):
        end[rows], before[rows] = last, earlier
    size = float(np.ptp(walk.start, axis=0).max())
    owner, minima = _owners(walk.objective, end, before, size)
    minima = np.vstack([minima, *_others(walk.objective, walk.start, minima, _APART * size)])
    return Basins(
        walk.objective,
        walk.optimizer,
        walk.start,
        walk.steps,
        end,
        owner,
        minima,
        _largest(walk.objective, minima),
        _limit(walk.optimizer),
    )


def _each(workers: Workers, works: Iterator[Any], blocks: list[Ints], named: Any) -> Iterator[Any]:
    """The ends of each block, by the workers where there are several."""
    if workers.jobs > 1:
        yield from workers.each(_ends_reported, works, blocks, named)
        return
    for rows, work in zip(blocks, works, strict=True):
        yield rows, _ends(*work)


def _ends_reported(work: tuple[Objective, Optimizer, Array, int]) -> tuple[Array, Array]:
    with bug.reported():
        return _ends(*work)


@np.errstate(all="ignore")
def _ends(f: Objective, optimizer: Optimizer, start: Array, steps: int) -> tuple[Array, Array]:
    """Where each row ends, and where it was some steps before: (batch, dim) each.

    A row that no longer moves is not run on; it would stay where it is.
    """
    end, before = start.copy(), np.full_like(start, np.nan)
    x, index = np.asfortranarray(start), np.arange(len(start))
    rule, lowest = optimizer.rule, f.minimum
    state, earlier, blank = rule.init(x), x, np.full(len(x), np.nan)
    for t in range(1, steps + 1):
        place = rule.looks(x, state)
        value = f.value(x) if rule.sees_value else blank
        point = Point(t, optimizer.schedule(t), x, value, f.grad(place), f, lowest)
        last = x
        x, _, _, state = optimizer.step(point, state)
        if t % _CHECK_EVERY and t < steps:
            continue
        end[index], before[index] = x, earlier
        lost = ~np.isfinite(x).all(axis=1)
        still = (np.abs(x - last) <= _STILL * np.abs(x)).all(axis=1)
        still &= (np.abs(x - earlier) <= _CHECK_EVERY * _STILL * np.abs(x)).all(axis=1)
        kept = np.flatnonzero(~(lost | still))
        if not len(kept):
            break
        if 8 * len(kept) <= 7 * len(x):
            rows = (x, index, state, blank, optimizer)
            x, index, state, blank, optimizer = take(rows, kept, len(x))
            rule = optimizer.rule
        earlier = x
    return end, before


def _owners(f: Objective, end: Array, before: Array, size: float) -> tuple[Ints, Array]:
    """The number of the minimum of each end, and the minima, those that hold most first."""
    finite = np.isfinite(end).all(axis=1)
    owner = np.where(finite, MOVING, DIVERGED)
    places = np.flatnonzero(finite)
    found = _stationary(f, end[places])
    away = norm(end[places] - found)
    closing = (away <= 1e-9 * size) | (away < norm(before[places] - found))
    holds = _is_minimum(f, found) & (away <= _NEAR * size) & closing
    places, found = places[holds], found[holds]
    minima, number = _distinct(found, _APART * size)
    order = np.argsort(-np.bincount(number, minlength=len(minima)), kind="stable")
    owner[places] = np.argsort(order)[number] if len(order) else number
    return owner, minima[order]


def _others(f: Objective, start: Array, minima: Array, apart: float) -> list[Array]:
    """The known minima among the starts that no run ends at."""
    if len(minima) > _MANY:
        return []
    low, high = start.min(axis=0), start.max(axis=0)
    box = tuple(np.column_stack([low, high]).ravel().tolist())
    found = [point.x for point in f.stationary_in(box) if point.kind == "minimum"]
    return [x for x in found if not (norm(minima - x) <= apart).any()]


def _stationary(f: Objective, x: Array) -> Array:
    """Newton's method from each row to a point where ∇f = 0: (batch, dim)."""
    for _ in range(_NEWTON):
        g, H = f.grad(x), np.broadcast_to(f.hessian(x), (*x.shape, x.shape[-1]))
        usable = np.isfinite(H).all(axis=(1, 2)) & np.isfinite(g).all(axis=1)
        step = np.zeros_like(x)
        step[usable] = (np.linalg.pinv(H[usable], hermitian=True) @ g[usable, :, None])[..., 0]
        x = x - step
        if (np.abs(step) <= 4 * np.finfo(float).eps * np.abs(x)).all():
            break
    return x


def _is_minimum(f: Objective, x: Array) -> Bools:
    """Whether no direction curves down: (batch,)."""
    H = np.broadcast_to(f.hessian(x), (*x.shape, x.shape[-1]))
    finite = np.asarray(np.isfinite(H).all(axis=(1, 2)))
    values = np.linalg.eigvalsh(np.where(finite[:, None, None], H, 0.0))
    return np.asarray(finite & (values[:, 0] >= -1e-8 * np.abs(values).max(axis=1)))


def _distinct(points: Array, apart: float) -> tuple[Array, Ints]:
    """Points that are no further apart than that as one, and the number of each.

    Beyond `_MANY` of them, as along a curve of minima, those in one cell of that size are one:
    to compare each with all would take the square of their number.
    """
    number = np.full(len(points), -1)
    kept: list[Array] = []
    while (number < 0).any() and len(kept) <= _MANY:
        first = points[np.argmax(number < 0)]
        number[(number < 0) & (norm(points - first) <= apart)] = len(kept)
        kept.append(first)
    distinct = np.array(kept).reshape(-1, points.shape[1])
    rest = np.flatnonzero(number < 0)
    cells = np.floor(points[rest] / apart)
    _, first_of, cell = np.unique(cells, axis=0, return_index=True, return_inverse=True)
    number[rest] = len(kept) + cell.reshape(-1)
    return np.concatenate([distinct, points[rest][first_of]]), number


def _largest(f: Objective, x: Array) -> Array:
    """λmax of the Hessian at each row: (count,)."""
    if not len(x):
        return np.empty(0)
    return np.linalg.eigvalsh(np.broadcast_to(f.hessian(x), (*x.shape, x.shape[-1])))[:, -1]


def _limit(optimizer: Optimizer) -> float | None:
    """C/η where the effective rate is η itself, the same at every step; else None."""
    from optviz.theory import stability

    eta, ceiling = stability.constant(optimizer), optimizer.ceiling()
    known = eta and ceiling and stability.is_linear(optimizer.rule)
    return ceiling[0] / eta if known and ceiling and eta else None
