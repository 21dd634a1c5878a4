"""Sparse gradients: each coordinate is 0 but with some probability."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import RandomStreams
from optviz.errors import Unfit
from optviz.gradients._source import Query, Source
from optviz.objectives import Objective
from optviz.phrases import say
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
        probabilities = ", ".join(f"{p:g}" for p in self.p)
        return say("sparse scaled" if self.scale else "sparse", p=probabilities)

    def fit(self, objective: Objective) -> None:
        if len(self.p) not in (1, objective.dim):
            raise Unfit(
                f"sparse has {len(self.p)} probabilities, but the objective has {objective.dim} "
                "coordinates"
            )

    def numbers(self, times: Ints, dim: int, streams: RandomStreams) -> Array:
        return streams.uniform(times, dim)

    def gradient(self, query: Query) -> Array:
        p = np.broadcast_to(np.array(self.p), query.x.shape[1])
        u = query.streams.uniform(query.t, len(p)) if query.numbers is None else query.numbers
        return np.where(u < p, query.grad / p if self.scale else query.grad, 0.0)
