"""Where runs from a grid of starts end: which minimum holds each, from one batched run."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Bools, Ints, norm
from optviz.errors import Unfit
from optviz.gradients import Exact
from optviz.objectives import Objective, creases
from optviz.objectives.region import Stationary
from optviz.optimizers import Optimizer
from optviz.studies import batch_ends
from optviz.studies.batch_ends import Ends
from optviz.walks.engine import Walk
from optviz.walks.parallel import ALONE, Workers

MOVING, DIVERGED = -1, -2  # in place of the number of a minimum

_NEAR = 1e-3  # of the size of the grid: so far from a minimum a run that still closes in counts
_CLOSER = 0.99  # of the window before: a run that is no nearer does not close in
_THERE = 1e-9  # of the size of the grid: so far from a minimum a run is there
_ABOUT = 0.25  # of the size of the grid: no further from a minimum is a run about it
_NO_FURTHER = 1.5  # times the window before: a run that swings further leaves
_ROUNDING = 1e-9
_APART = 1e-5  # of the size of the grid: minima that are no further apart are one
_MANY = 100  # minima beyond which those that hold no run are not looked for
_NEWTON = 50  # steps from the end to the minimum


@dataclass(frozen=True, eq=False)
class Basins:
    """The ends of an optimizer's runs from `start` (batch, dim), after `steps` steps at most.

    `minimum` (batch,) is the index in `minima` (count, dim) of the one that holds the run, `MOVING`
    or `DIVERGED`; `near` (batch,) is that of the one that a run stays about which does not rest,
    else `MOVING`. `curvature` (count,) is λmax of the Hessian at each, infinite at a kink, and
    `limit` is C/η, above which a minimum holds no run: None where the rate is not constant or no C
    is known. `reached` says which minima hold a run; the others were found beside them.
    """

    objective: Objective
    optimizer: Optimizer
    start: Array
    steps: int
    end: Array
    minimum: Ints
    near: Ints
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

    def about(self, index: int) -> float:
        """The share of the starts whose runs stay about a minimum without rest."""
        return float(np.mean(self.near == index))


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
    f, limit = walk.objective, _limit(walk.optimizer)
    found = batch_ends.ends(walk, workers)
    size = float(np.ptp(walk.start, axis=0).max())
    owner, minima = _owners(f, found, size, limit)
    stationary = _stationary_around(f, walk.start) if len(minima) <= _MANY else []
    minima = np.vstack([minima, *_others(stationary, minima, _APART * size)])
    kinks = np.array([creases.folds(f, x) for x in minima[: _MANY + 1]], dtype=bool)
    largest = _eigenvalues(f, minima)[:, -1]
    largest[: len(kinks)][kinks] = np.inf
    return Basins(
        f,
        walk.optimizer,
        walk.start,
        walk.steps,
        found.end,
        owner,
        _near(found, owner, minima, stationary, size),
        minima,
        largest,
        limit,
    )


def _owners(f: Objective, found: Ends, size: float, limit: float | None) -> tuple[Ints, Array]:
    """The number of the minimum of each end, and the minima, those that hold most first.

    A run rests at a minimum if it is there, or so near to it and coming so much nearer that it will
    be; above the limit it would not stay.
    """
    finite = np.isfinite(found.end).all(axis=1)
    owner = np.where(finite, MOVING, DIVERGED)
    rows = np.flatnonzero(finite)
    found = found.rows(rows)
    places = _newton(f, found.end)
    values = _eigenvalues(f, places)
    away, (before, late) = norm(found.end - places), found.farthest(places)
    settling = (away <= _NEAR * size) & (late <= _CLOSER * before)
    if limit is not None:
        settling &= values[:, -1] <= limit * (1 + _ROUNDING)
    holds = _curves_up(values) & ((away <= _THERE * size) | settling)
    minima, number = _distinct(places[holds], _APART * size)
    order = np.argsort(-np.bincount(number, minlength=len(minima)), kind="stable")
    owner[rows[holds]] = np.argsort(order)[number] if len(order) else number
    return owner, minima[order]


def _near(found: Ends, owner: Ints, minima: Array, others: list[Stationary], size: float) -> Ints:
    """The minimum that each run which does not rest stays about, else `MOVING`: (batch,).

    All of its last window is nearer to the minimum than half the way to the next minimum, saddle or
    maximum, and not much further than the window before.
    """
    near = np.full(len(owner), MOVING)
    points = np.array([point.x for point in others]).reshape(-1, minima.shape[1])
    if not len(minima) or len(minima) > _MANY:
        return near
    rows = np.flatnonzero(owner == MOVING)
    found = found.rows(rows)
    nearest = np.argmin([norm(found.end - one) for one in minima], axis=0)
    before, late = found.farthest(minima[nearest])
    ways = [norm(np.concatenate([points, minima]) - one) for one in minima]
    reach = [min([*way[way > _APART * size], 2 * _ABOUT * size]) / 2 for way in ways]
    stays = (late <= np.array(reach)[nearest]) & (late <= _NO_FURTHER * before)
    near[rows[stays]] = nearest[stays]
    return near


def _stationary_around(f: Objective, start: Array) -> list[Stationary]:
    """The stationary points among the starts."""
    box = np.column_stack([start.min(axis=0), start.max(axis=0)]).ravel()
    return list(f.stationary_in(tuple(box.tolist())))


def _others(points: list[Stationary], minima: Array, apart: float) -> list[Array]:
    """The known minima that no run ends at."""
    found = [point.x for point in points if point.kind == "minimum"]
    return [x for x in found if not (norm(minima - x) <= apart).any()]


def _newton(f: Objective, x: Array) -> Array:
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


def _eigenvalues(f: Objective, x: Array) -> Array:
    """The eigenvalues of the Hessian at each row, rising: (count, dim); nan where it has none."""
    H = np.broadcast_to(f.hessian(x), (*x.shape, x.shape[-1]))
    finite = np.asarray(np.isfinite(H).all(axis=(1, 2)))
    values = np.linalg.eigvalsh(np.where(finite[:, None, None], H, 0.0))
    return np.where(finite[:, None], values, np.nan)


def _curves_up(values: Array) -> Bools:
    """Whether no direction curves down, by the eigenvalues: (count,)."""
    return np.asarray(values[:, 0] >= -1e-8 * np.abs(values).max(axis=1))


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


def _limit(optimizer: Optimizer) -> float | None:
    """C/η where the effective rate is η itself, the same at every step; else None."""
    from optviz.theory import stability

    eta, ceiling = stability.constant(optimizer), optimizer.ceiling()
    known = eta and ceiling and stability.is_linear(optimizer.rule)
    return ceiling[0] / eta if known and ceiling and eta else None
