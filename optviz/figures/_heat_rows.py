"""The rows of a heat map: coordinates or eigenvectors, in the order of their curvatures."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Ints
from optviz.figures._plane import name_latex
from optviz.objectives import Quadratic
from optviz.phrases import say
from optviz.text.numbers import number
from optviz.walks.trajectory import Trajectory

_NAMED = 12  # rows of which each has its name
_TICKS, _FEW = 6, 3  # curvatures told beside more rows, and the least of round ones


class Rows(NamedTuple):
    """The rows of a map from the lowest up: coordinates, or the columns of `vectors` (dim, dim).

    `order` are their numbers (dim,). A curvature is λ, or Qᵢᵢ where the coordinates are no
    eigenvectors; None where none is known.
    """

    order: Ints
    curvatures: Array | None = None
    letter: str = "λ"
    vectors: Array | None = None


def rows_of(run: Trajectory, *, eigen: bool) -> Rows:
    """The eigenvectors, or the coordinates in the order of their curvature where it is one."""
    f = run.objective
    if eigen and f is not None:
        q = f.quadratic_for("one set of eigenvectors")
        return Rows(np.arange(run.dim), q.eigenvalues, vectors=q.eigenvectors)
    if not isinstance(f, Quadratic):
        return Rows(np.arange(run.dim))
    curvatures = np.diag(f.Q)
    if run.dim > _NAMED and np.ptp(curvatures) == 0:  # a number would tell no row from another
        return Rows(np.arange(run.dim))
    order = np.argsort(curvatures, kind="stable")
    return Rows(order, curvatures[order], "λ" if f.diagonal else "Qᵢᵢ")


def axis(rows: Rows) -> str:
    """What the rows are."""
    if rows.vectors is not None:
        return say("axis eigenvalue")
    named = len(rows.order) <= _NAMED or rows.curvatures is None
    return say("heat rows" if named else "heat rows by curvature")


def ticks(run: Trajectory, rows: Rows) -> tuple[tuple[float, str], ...]:
    """The names of few rows; of many the curvatures of some, from the lowest to the highest."""
    dim = len(rows.order)
    if dim <= _NAMED and rows.vectors is None:
        return tuple((i + 0.5, name(run, rows, i)) for i in range(dim))
    values = rows.order.astype(float) + 1.0 if rows.curvatures is None else rows.curvatures
    if dim > _NAMED and (found := _round(values)):
        return found
    count = dim if dim <= _NAMED else _TICKS
    shown = np.unique(np.round(np.linspace(0, dim - 1, count)).astype(int)).tolist()
    return tuple((i + 0.5, number(float(values[i]))) for i in shown)


def _round(values: Array) -> tuple[tuple[float, str], ...]:
    """Round numbers at their heights among rows whose values rise; () where few are between them.

    Between two rows a height is that of its logarithm, or of itself where values go by 1.
    """
    low, high = float(values[0]), float(values[-1])
    if not 0 < low < high or (np.diff(values) <= 0).any():
        return ()
    if (np.diff(values) == 1).all():
        steps = (part * 10**k for k in range(9) for part in (1, 2, 5))
        step = next(one for one in steps if high / one <= _TICKS)
        counted = dict.fromkeys([low, *np.arange(step, high + 1, step).tolist()])
        return tuple((value - low + 0.5, number(value)) for value in counted)
    for parts in ((1, 2, 5), (1, 3), (1,)):
        shown = _between(low, high, parts)
        if _FEW <= len(shown) <= _TICKS:
            heights = np.interp(np.log(shown), np.log(values), np.arange(len(values)) + 0.5)
            return tuple(zip(heights.tolist(), map(number, shown), strict=True))
    return ()


def _between(low: float, high: float, parts: tuple[int, ...]) -> list[float]:
    """These multiples of powers of ten from low to high, which may be off by rounding."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    found = [part * 10.0**power for power in powers for part in parts]
    return [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def name(run: Trajectory, rows: Rows, i: int) -> str:
    """The name of a row: `$x_1$, λ = 0.2`; of an eigenvector its λ."""
    curvature = "" if rows.curvatures is None else number(float(rows.curvatures[i]))
    if rows.vectors is not None:
        return say("eigenvalue", value=curvature)
    word = name_latex(run.names[rows.order[i]])
    return say("heat row", name=word, letter=rows.letter, value=curvature) if curvature else word
