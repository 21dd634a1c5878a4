"""Medians and quantiles over the seeds of a run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.walks.trajectory import ROW_FIELDS, STEP_FIELDS, Trajectory

BAND_FRACTIONS = (0.9, 0.5)  # of the seeds, inside the bands about a median
SINGLE_CURVES = 3  # seeds whose own curves are drawn in the bands, faintly


def medians(runs: Iterable[Trajectory]) -> list[Trajectory]:
    """Every row as a batch of one, or the median of the rows that differ in their seed alone."""
    groups: dict[object, list[Trajectory]] = {}
    for run in runs:
        for rows in _by_start(run):
            alone = run.gradient == "exact" or run.spread is not None
            key = id(rows) if alone else (
                run.optimizer, run.label, run.gradient, rows.x[0, 0].tobytes(), run.x.shape[0],
                run.stride, run.objective,
            )  # fmt: skip
            groups.setdefault(key, []).append(rows)
    return [median(concatenate(parts)) for parts in groups.values()]


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


def concatenate(parts: list[Trajectory]) -> Trajectory:
    """The rows of several runs as one batch; all else is the first one's."""
    if len(parts) == 1:
        return parts[0]
    columns = {name: [getattr(part, name) for part in parts] for name in STEP_FIELDS + ROW_FIELDS}
    values: dict[str, Any] = {name: np.concatenate(columns[name], axis=1) for name in STEP_FIELDS}
    for name in ROW_FIELDS:
        column = columns[name]
        is_tuple = isinstance(column[0], tuple)
        values[name] = tuple(chain(*column)) if is_tuple else np.concatenate(column)
    return replace(parts[0], **values)


def median(run: Trajectory) -> Trajectory:
    """The median of each number over the rows, as a batch of one; a single row is its own median.

    The status is that of most rows, its step the median of theirs.
    """
    if run.batch == 1:
        return run
    commonest = Counter(run.status).most_common(1)[0][0]
    since = run.status_step[[status == commonest for status in run.status]]
    values: dict[str, Any] = {
        name: quantiles(getattr(run, name), 0.5)[:, None] for name in STEP_FIELDS
    }
    status_step = np.array([int(np.median(since))])
    values |= {"status": (commonest,), "status_step": status_step, "seeds": (run.seeds[0],)}
    return replace(run, **values, spread=run)


def quantiles(values: Array, fraction: float) -> Array:
    """The quantile over axis 1, without the rows that overflowed; nan where most of them did."""
    missing = np.isnan(values)
    most = missing.mean(axis=1, keepdims=True) > 0.5
    quantile = np.nanquantile(np.where(most, 0.0, values), fraction, axis=1)
    return np.where(most[:, 0], np.nan, quantile)


def band(values: Array, fraction: float) -> tuple[Array, Array]:
    """The quantiles over axis 1 between which this fraction of the rows lies, centred."""
    return quantiles(values, (1 - fraction) / 2), quantiles(values, (1 + fraction) / 2)
