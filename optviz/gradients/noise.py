"""The gradient with noise added to each coordinate."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import numpy as np

from optviz.arrays import Array, Ints, apply
from optviz.arrays.random_streams import RandomStreams
from optviz.errors import BadValue, Unfit
from optviz.gradients._source import Query, Source
from optviz.objectives import Objective
from optviz.phrases import say
from optviz.text.settings import setting

_LAWS = {"normal": "noise normal", "uniform": "noise uniform", "student": "noise student"}


@dataclass(frozen=True)
class Noise(Source):
    """∇f(x) + noise, drawn anew at each step.

    sigma is the standard deviation, of every coordinate or one each; of Student's t it is the
    scale, and the deviation sigma·√(df/(df − 2)) is finite for df > 2 only. A covariance matrix may
    be given in its place; the noise is then L·z with L·Lᵀ the matrix.
    """

    formula = "g = ∇f(x) + σ ⊙ ξ"
    source = "d2l 1.0.3, section 12.4, adds normal noise of deviation 1 to each coordinate"

    sigma: tuple[float, ...] = setting(
        (1.0,),
        "σ",
        r"\sigma",
        "standard deviation, of all coordinates or one each",
        "[0, inf)",
        listed="some",
    )
    law: str = setting(
        "normal", "law", "", "the law of the noise", choices=("normal", "uniform", "student")
    )
    df: float = setting(5.0, "ν", r"\nu", "degrees of freedom of Student's t", "(0, inf)")
    cov: tuple[Any, ...] | None = setting(
        None,
        "Σ",
        r"\Sigma",
        "covariance of the coordinates instead of sigma",
        "(-inf, inf)",
        listed="table",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cov is not None:
            if self.sigma != (1.0,):
                raise BadValue("noise: cov", "a matrix", "sigma or cov is wanted, not both")
            root(self.cov)

    def words(self) -> str:
        size = f"σ = {_listed(self.sigma)}" if self.cov is None else say("correlated")
        nu = f", ν = {self.df:g}" if self.law == "student" else ""
        return say(_LAWS[self.law], size=size + nu)

    def fit(self, objective: Objective) -> None:
        dim = len(self.cov) if self.cov is not None else len(self.sigma)
        if dim not in (1 if self.cov is None else objective.dim, objective.dim):
            raise Unfit(f"the noise has {dim} coordinates, but the objective has {objective.dim}")

    def gradient(self, query: Query) -> Array:
        xi = query.numbers
        if xi is None:
            xi = self._noise(query.t, query.x.shape[1], query.streams)
        return query.grad + xi

    def numbers(self, times: Ints, dim: int, streams: RandomStreams) -> Array:
        return self._noise(times, dim, streams)

    def _noise(self, t: int | Ints, dim: int, streams: RandomStreams) -> Array:
        """The noise of a step, (batch, dim), or of several."""
        if self.law == "normal":
            xi = streams.normal(t, dim)
        elif self.law == "uniform":
            xi = sqrt(3.0) * (2.0 * streams.uniform(t, dim) - 1.0)
        else:
            xi = streams.student(t, dim, self.df)
        return apply(root(self.cov), xi) if self.cov else np.array(self.sigma) * xi

    def covariance(self, dim: int) -> Array | None:
        if self.law != "normal":
            return None
        if self.cov is not None:
            return np.array(self.cov, dtype=float)
        return np.diag(np.broadcast_to(np.array(self.sigma) ** 2, dim))


def _listed(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values)


@lru_cache(16)  # read at each step
def root(matrix: tuple[Any, ...]) -> Array:
    """The lower triangle L with L·Lᵀ the matrix. Raises `BadValue` unless it is a covariance."""
    S = np.array(matrix, dtype=float)
    wanted = "a symmetric matrix without negative eigenvalues, [[1,0.5],[0.5,2]], is wanted"
    if S.ndim != 2 or S.shape[0] != S.shape[1] or not np.array_equal(S, S.T):
        raise BadValue("noise: cov", matrix, wanted)
    L = np.zeros_like(S)
    for j in range(len(S)):
        rest = float(S[j, j] - sum(L[j, k] ** 2 for k in range(j)))
        if rest < -1e-12 * abs(S).max():
            raise BadValue("noise: cov", matrix, wanted)
        L[j, j] = sqrt(max(rest, 0.0))
        for i in range(j + 1, len(S)):
            left = float(S[i, j] - sum(L[i, k] * L[j, k] for k in range(j)))
            if L[j, j] == 0 and abs(left) > 1e-9 * abs(S).max():
                raise BadValue("noise: cov", matrix, wanted)
            L[i, j] = left / L[j, j] if L[j, j] else 0.0
    return L
