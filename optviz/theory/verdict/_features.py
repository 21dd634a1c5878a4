"""Which features of a data set make its least-squares problem hard, and why."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.objectives.dataset import Dataset
from optviz.objectives.mixture import mixture, spelled
from optviz.phrases import listed, say
from optviz.text.numbers import number
from optviz.theory.verdict._phrases import vector

_HARD = 10.0  # a condition number below which there is nothing to explain
_ALIKE = 0.8  # correlation of two features that move together


class Reason(NamedTuple):
    """Why a problem is hard, and what may help, if anything does."""

    cause: str
    advice: str = ""

    def __str__(self) -> str:
        return "; ".join(filter(None, self))


@dataclass(frozen=True, eq=False)
class Features:
    """The flattest and the steepest direction of a data set, and the reasons."""

    objective: Quadratic
    data: Dataset
    reasons: tuple[Reason, ...]

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
            "reasons": list(map(str, self.reasons)),
        }


def reasons(q: Quadratic, data: Dataset) -> tuple[Reason, ...]:
    """Why κ is large, scales first; empty where it is not."""
    if not q.kappa >= _HARD:
        return ()
    G = q.Q - np.diag(data.penalty)
    sizes = np.sqrt(np.maximum(np.diag(G), 0.0))
    if not sizes.all():
        zero = [name for name, size in zip(data.names, sizes, strict=True) if not size]
        return (Reason(say("why zero", names=", ".join(zero[:3]))),)
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


def _scales(data: Dataset, sizes: Array) -> list[Reason]:
    low, high = int(sizes.argmin()), int(sizes.argmax())
    if data.standardized or sizes[high] < 3 * sizes[low]:
        return []
    large, small = number(float(sizes[high])), number(float(sizes[low]))
    names = {"first": data.names[high], "last": data.names[low]}
    cause = say("why scales", **names, large=large, small=small)
    return [Reason(cause, say("advice scales"))]


def _alike(R: Quadratic, data: Dataset) -> list[Reason]:
    """Which columns all but repeat each other: those of the flattest direction, scaled alike."""
    flat = int(np.count_nonzero(R.eigenvalues == 0))
    if data.n < R.dim:
        return [Reason(say("why few rows", rows=data.n, weights=R.dim, count=flat))]
    along = vector(R, 0)
    top = [int(i) for i in np.argsort(-np.abs(along), kind="stable")]
    a, b = (data.names[i] for i in top[:2])
    if flat:
        mixed = ", ".join(name for name, _ in mixture(data.names, along))
        return [Reason(say("why dependent", names=mixed, count=flat))]
    means = np.array([column.mean() for column in data.X.T])
    X = data.X[:, top[:2]] - means[top[:2]]
    spread = np.sqrt((X * X).mean(axis=0))
    if spread.all():
        together = float((X[:, 0] * X[:, 1]).mean() / spread.prod())
        if abs(together) >= _ALIKE:
            key = "why together" if together > 0 else "why against"
            names = listed([a, b])
            value = f"{together:.2f}".replace("-", "−")
            return [Reason(say(key, names=names, value=value))]
    k = next(i for i in top if data.names[i] != "intercept" or not data.intercept)
    away = float(np.sqrt(((data.X[:, k] - means[k]) ** 2).mean()))
    if not data.standardized and abs(means[k]) > 2 * away:
        mean, width = number(float(means[k])), number(away)
        cause = say("why off centre", name=data.names[k], mean=mean, spread=width)
        return [Reason(cause, say("advice centre"))]
    explained = 1 - 1 / float(np.linalg.inv(R.Q)[top[0], top[0]])
    if explained < _ALIKE:
        return []
    return [Reason(say("why explained", name=a, share=f"{100 * explained:.3g}"))]
