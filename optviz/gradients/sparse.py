"""Features that are seen now and then: the gradient of the others is 0."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import Draws
from optviz.errors import Unfit
from optviz.gradients._source import Place, Source
from optviz.objectives import Objective
from optviz.text.settings import setting


@dataclass(frozen=True)
class Sparse(Source):
    """Coordinate i of the gradient is seen with probability pᵢ, and is 0 where it is not.

    With `scale` what is seen is divided by pᵢ, so that the mean is the exact gradient.
    """

    formula = "gᵢ = ∂ᵢf(x) with probability pᵢ, else 0"
    source = "d2l 1.0.3, section 12.7, on features that are seldom seen"
    many = True

    p: tuple[float, ...] = setting(
        ...,
        "p",
        "p",
        "probability that a coordinate is seen, of all or one each",
        "(0, 1]",
        listed="some",
    )
    scale: bool = setting(False, "1/p", "1/p", "divide what is seen by p")

    def words(self) -> str:
        seen = ", ".join(f"{p:g}" for p in self.p)
        scaled = ", scaled by 1/p" if self.scale else ""
        return f"coordinates seen with p = {seen}{scaled}"

    def fit(self, objective: Objective) -> None:
        if len(self.p) not in (1, objective.dim):
            raise Unfit(
                f"sparse has {len(self.p)} probabilities, but the objective has {objective.dim} "
                "coordinates"
            )

    def ahead(self, times: Ints, dim: int, draws: Draws) -> Array:
        return draws.uniform(times, dim)

    def seen(self, place: Place) -> Array:
        p = np.broadcast_to(np.array(self.p), place.x.shape[1])
        drawn = place.draws.uniform(place.t, len(p)) if place.drawn is None else place.drawn
        shown = drawn < p
        return np.where(shown, place.grad / p if self.scale else place.grad, 0.0)
