"""The exact gradient."""

from dataclasses import dataclass

from optviz.arrays import Array
from optviz.gradients._source import Query, Source


@dataclass(frozen=True)
class Exact(Source):
    """∇f(x)."""

    formula = "g = ∇f(x)"
    random = False

    def gradient(self, query: Query) -> Array:
        return query.grad
