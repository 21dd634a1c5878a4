"""The gradient itself."""

from dataclasses import dataclass

from optviz.arrays import Array
from optviz.gradients._source import Place, Source


@dataclass(frozen=True)
class Exact(Source):
    """∇f(x), as it is."""

    formula = "g = ∇f(x)"
    random = False

    def seen(self, place: Place) -> Array:
        return place.grad
