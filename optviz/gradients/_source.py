"""The base class of gradient sources: what the optimizer is given in place of ∇f."""

from abc import abstractmethod
from dataclasses import dataclass, fields
from typing import ClassVar, NamedTuple

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import RandomStreams
from optviz.objectives import Objective
from optviz.objectives.dataset import Dataset
from optviz.objectives.family import Family
from optviz.phrases import say
from optviz.text.settings import HasSettings, show


class Query(NamedTuple):
    """A query of a gradient oracle: step t, x and the exact ∇f(x), both (batch, dim).

    `numbers` are the random numbers of this step where the source has drawn them before.
    """

    t: int
    x: Array
    grad: Array
    objective: Objective | Family
    streams: RandomStreams
    numbers: Array | None = None


@dataclass(frozen=True)
class Source(HasSettings):
    """A source of gradients; its text form reads back to itself.

    `formula` is the gradient in Unicode, `source` the reference for that form. With `many` the
    first setting takes all values without a name; `random` sources draw random numbers.
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""
    many: ClassVar[bool] = False
    random: ClassVar[bool] = True

    @abstractmethod
    def gradient(self, query: Query) -> Array:
        """The gradient that the optimizer is given: (batch, dim)."""

    def numbers(self, times: Ints, dim: int, streams: RandomStreams) -> Array | None:
        """The random numbers of the steps `times`, (steps, batch, …): drawing many is as fast.

        None for a source that draws step by step.
        """
        return None

    def words(self) -> str:
        """The gradients as a phrase: `gradients with Gaussian noise, σ = 1`."""
        return say("gradients other", text=self)

    def fit(self, objective: Objective) -> None:
        """Raises `Unfit` where the source cannot give gradients of this objective."""

    def epochs(self, t: Array, data: Dataset | None) -> Array:
        """How many epochs t steps are: each step reads all rows of the data once."""
        return t

    def covariance(self, dim: int) -> Array | None:
        """The covariance (dim, dim) of what is added to ∇f; None unless that is Gaussian noise."""
        return None

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.__module__.rpartition(".")[2]

    def __str__(self) -> str:
        parts: list[str] = []
        for index, f in enumerate(fields(self)):
            value = getattr(self, f.name)
            if value != f.default:
                bare = isinstance(value, tuple) and (len(value) == 1 or (self.many and not index))
                text = show(value)[1:-1] if bare else show(value)
                positional = len(parts) == index and not (self.many and index)
                parts.append(text if positional else f"{f.name}={text}")
        return f"{self.word()}({','.join(parts)})" if parts else self.word()
