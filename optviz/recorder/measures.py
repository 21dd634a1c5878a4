"""The numbers of one line of a log: quantiles of the rate, and norms."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools


@dataclass(frozen=True, eq=False)
class Measures:
    """The effect of a step on one tensor.

    entries: how many it has. rate (n,): the effective rate of the sampled ones. norms: of gradient,
    update and value, of all entries. touched (n,): which of the sampled ones have ever had a
    gradient; None: all, or it is not known.
    """

    entries: int
    rate: Array
    norms: tuple[float, float, float]
    touched: Bools | None = None


def line(measures: Sequence[Measures], quantiles: Sequence[float]) -> dict[str, Any]:
    """The fields of one line of the log; None for what is not finite.

    Entries that never had a gradient have no quantiles; `touched` is the share of the others.
    """
    rate = np.concatenate([_touched_rates(each) for each in measures])
    rate = rate[np.isfinite(rate)]
    values = np.quantile(rate, quantiles).tolist() if rate.size else [None] * len(quantiles)
    columns = zip(*(each.norms for each in measures), strict=True)
    norms = (sqrt(sum(norm * norm for norm in column)) for column in columns)
    fields = {
        "entries": sum(each.entries for each in measures),
        "rate": [value if value is None else rounded(value) for value in values],
        **dict(zip(("grad", "update", "parameter"), map(rounded, norms), strict=True)),
    }
    share = _share(measures)
    return fields | ({"touched": rounded(share)} if share < 1 else {})


def rounded(value: float) -> float | None:
    """Nine digits, all that float32 has; None for what is not finite."""
    return float(f"{value:.9g}") if np.isfinite(value) else None


def _touched_rates(measures: Measures) -> Array:
    return measures.rate if measures.touched is None else measures.rate[measures.touched]


def _share(measures: Sequence[Measures]) -> float:
    """The share of the entries that have ever had a gradient, as far as it is known."""
    if all(each.touched is None or each.touched.all() for each in measures):
        return 1.0
    counts = (
        each.entries * (1.0 if each.touched is None else float(each.touched.mean()))
        for each in measures
    )
    return sum(counts) / sum(each.entries for each in measures)
