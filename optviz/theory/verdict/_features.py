"""Which features of a data set make its least-squares problem hard, and why."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.objectives.dataset import Dataset
from optviz.objectives.mixture import mixture, spelled
from optviz.text.numbers import number
from optviz.theory.verdict._phrases import vector

_HARD = 10.0  # a condition number below which there is nothing to explain
_ALIKE = 0.8  # correlation of two features that move together


@dataclass(frozen=True, eq=False)
class Features:
    """The flattest and the steepest direction of a data set, and the reasons as sentences."""

    objective: Quadratic
    data: Dataset
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, q: Quadratic) -> "Features | None":
        """None for an objective that is of no data set, or of a single coordinate."""
        return None if q.data is None or q.dim < 2 else cls(q, q.data, reasons(q, q.data))

    @property
    def summary(self) -> str:
        """`442 rows, 10 features standardised and an intercept; target progression`."""
        d = self.data
        many = len(d.names) - d.intercept
        form = f"{many} feature{'s' if many != 1 else ''}{' standardised' * d.standardized}"
        extra = " and an intercept" if d.intercept else ""
        penalty = f", l2 = {number(d.l2)}" if d.l2 else ""
        return f"{d.n} rows, {form}{extra}{penalty}; target {d.target}"

    def direction(self, index: int) -> str:
        """`λ1 = 0.00856: 0.71 s1 − 0.56 s2 …`."""
        value = float(self.objective.eigenvalues[index])
        place = index % self.objective.dim + 1
        along = spelled(self.data.names, vector(self.objective, index))
        return f"λ{place} = {number(value)}: {along}"

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        ends = {"flat": 0, "steep": -1}
        weights = {
            name: dict(mixture(self.data.names, vector(self.objective, index)))
            for name, index in ends.items()
        }
        return {
            "rows": self.data.n,
            "target": self.data.target,
            **weights,
            "reasons": list(self.reasons),
        }


def reasons(q: Quadratic, data: Dataset) -> tuple[str, ...]:
    """Why κ is large, scales first; empty where it is not."""
    if not q.kappa >= _HARD:
        return ()
    G = q.Q - np.diag(data.penalty)
    sizes = np.sqrt(np.maximum(np.diag(G), 0.0))
    if not sizes.all():
        zero = [name for name, size in zip(data.names, sizes, strict=True) if not size]
        return (f"{', '.join(zero[:3])}: 0 in every row, so no weight of it matters",)
    causes = _scales(data, sizes)
    alike = Quadratic(_unit(G, sizes), np.zeros(q.dim), data=data)
    if alike.kappa >= _HARD and (np.isinf(q.kappa) or not causes or alike.kappa > 100):
        causes += _alike(alike, data)
    return tuple(causes)


def _unit(G: Array, sizes: Array) -> Array:
    """The matrix of cosines between columns; of standardised ones these are correlations."""
    R = G / sizes / sizes[:, None]
    np.fill_diagonal(R, 1.0)
    return (R + R.T) / 2


def _scales(data: Dataset, sizes: Array) -> list[str]:
    low, high = int(sizes.argmin()), int(sizes.argmax())
    if data.standardized or sizes[high] < 3 * sizes[low]:
        return []
    names = data.names
    text = f"the scales differ: {names[high]} is of size {number(float(sizes[high]))}, "
    text += f"{names[low]} of {number(float(sizes[low]))}"
    return [f"{text} (root mean square); --standardize gives every feature the same"]


def _alike(R: Quadratic, data: Dataset) -> list[str]:
    """Which columns all but repeat each other: those of the flattest direction, scaled alike."""
    flat = int(np.count_nonzero(R.eigenvalues == 0))
    if data.n < R.dim:
        many = "1 direction is" if flat == 1 else f"{flat} directions are"
        return [f"{data.n} rows cannot tell {R.dim} weights apart: {many} flat"]
    along = vector(R, 0)
    top = [int(i) for i in np.argsort(-np.abs(along), kind="stable")]
    a, b = (data.names[i] for i in top[:2])
    if flat:
        more = "" if flat == 1 else f", one of {flat} such"
        mixed = [name for name, _ in mixture(data.names, along)]
        return [f"{', '.join(mixed)} depend on each other exactly{more}: a mix of them is 0"]
    means = np.array([column.mean() for column in data.X.T])
    X = data.X[:, top[:2]] - means[top[:2]]
    spread = np.sqrt((X * X).mean(axis=0))
    if spread.all():
        together = float((X[:, 0] * X[:, 1]).mean() / spread.prod())
        if abs(together) >= _ALIKE:
            how = "move together" if together > 0 else "move against each other"
            return [f"{a} and {b} {how}: correlation {together:.2f}".replace("-", "−")]
    k = next(i for i in top if data.names[i] != "intercept" or not data.intercept)
    away = float(np.sqrt(((data.X[:, k] - means[k]) ** 2).mean()))
    if not data.standardized and abs(means[k]) > 2 * away:
        about = f"{number(float(means[k]))} ± {number(away)}"
        return [
            f"{data.names[k]} is far from 0 against its spread ({about}), so columns point "
            "the same way; --standardize centres them"
        ]
    explained = 1 - 1 / float(np.linalg.inv(R.Q)[top[0], top[0]])
    if explained < _ALIKE:
        return []
    return [f"the other features tell {a} to {100 * explained:.3g} %: it adds little of its own"]
