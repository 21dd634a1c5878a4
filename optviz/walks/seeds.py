"""Many seeds as one run: the median of their paths, with the seeds it stands for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.walks.trajectory import Trajectory

SHARES = (0.9, 0.5)  # of the seeds, that the bands about a median hold
SINGLE = 3  # seeds whose own curves are drawn in the bands, faintly


def gathered(runs: Iterable[Trajectory]) -> list[Trajectory]:
    """Every row as a batch of one; rows that differ in their seed alone as one, their median."""
    groups: dict[object, list[Trajectory]] = {}
    for run in runs:
        for rows in _by_start(run):
            alone = run.gradient == "exact" or run.spread is not None
            key = id(rows) if alone else (
                run.optimizer, run.label, run.gradient, rows.x[0, 0].tobytes(), run.x.shape[0],
                run.stride, run.objective,
            )  # fmt: skip
            groups.setdefault(key, []).append(rows)
    return [median(joined(parts)) for parts in groups.values()]


def _by_start(run: Trajectory) -> list[Trajectory]:
    """The rows of each start together where they have seeds of their own, else row by row."""
    if run.batch == 1:
        return [run]
    if len(set(run.seeds)) == 1:
        return run.rows()
    starts: dict[bytes, list[int]] = {}
    for index in range(run.batch):
        starts.setdefault(run.x[0, index].tobytes(), []).append(index)
    return [run.take(rows) for rows in starts.values()]


def joined(parts: list[Trajectory]) -> Trajectory:
    """Runs alike but for their rows as one batch."""
    if len(parts) == 1:
        return parts[0]
    x, f, grad, rate = (
        np.concatenate([getattr(part, name) for part in parts], axis=1)
        for name in ("x", "f", "grad", "rate")
    )
    return replace(
        parts[0], x=x, f=f, grad=grad, rate=rate,
        status=tuple(status for part in parts for status in part.status),
        status_step=np.concatenate([part.status_step for part in parts]),
        seeds=tuple(seed for part in parts for seed in part.seeds),
    )  # fmt: skip


def median(run: Trajectory) -> Trajectory:
    """The median of each number over the rows, as a batch of one; one row is its own median.

    Its status is that of most rows, and the median of the steps since when.
    """
    if run.batch == 1:
        return run
    most = Counter(run.status).most_common(1)[0][0]
    since = run.status_step[[status == most for status in run.status]]
    x, f, grad, rate = (
        quantiles(part, 0.5)[:, None] for part in (run.x, run.f, run.grad, run.rate)
    )
    return replace(
        run, x=x, f=f, grad=grad, rate=rate, status=(most,),
        status_step=np.array([int(np.median(since))]), seeds=(run.seeds[0],), spread=run,
    )  # fmt: skip


def quantiles(values: Array, share: float) -> Array:
    """The quantile over axis 1; rows called off are left out, until they are the most."""
    lost = np.isnan(values)
    many = lost.mean(axis=1, keepdims=True) > 0.5
    found = np.nanquantile(np.where(many, 0.0, values), share, axis=1)
    return np.where(many[:, 0], np.nan, found)


def band(values: Array, share: float) -> tuple[Array, Array]:
    """Between which a share of the rows lies, as many above as below: axis 1 is gone."""
    return quantiles(values, (1 - share) / 2), quantiles(values, (1 + share) / 2)
