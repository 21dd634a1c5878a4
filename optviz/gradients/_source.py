"""What every source of gradients is: a frozen dataclass that answers what the optimizer sees."""

from abc import abstractmethod
from dataclasses import dataclass, fields
from typing import ClassVar, NamedTuple

from optviz.arrays import Array, Ints
from optviz.arrays.random_streams import Draws
from optviz.objectives.dataset import Dataset
from optviz.objectives.family import Family
from optviz.objectives.quadratic import Quadratic
from optviz.text.settings import HasSettings, show


class Place(NamedTuple):
    """Where a gradient is asked for: step t, x and the exact ∇f(x), both (batch, dim).

    `drawn` are the numbers for this step where the source has drawn them `ahead`.
    """

    t: int
    x: Array
    grad: Array
    objective: Quadratic | Family
    draws: Draws
    drawn: Array | None = None


@dataclass(frozen=True)
class Source(HasSettings):
    """A source of gradients; its text form reads back to itself.

    `formula` says in Unicode what the optimizer sees, `source` where the form comes from; `many`
    that its first setting takes all values without a name, `random` that it draws.
    """

    formula: ClassVar[str]
    source: ClassVar[str] = ""
    many: ClassVar[bool] = False
    random: ClassVar[bool] = True

    @abstractmethod
    def seen(self, place: Place) -> Array:
        """What the optimizer sees: (batch, dim)."""

    def ahead(self, times: Ints, dim: int, draws: Draws) -> Array | None:
        """The numbers that each step of `times` needs, (steps, batch, …): many are drawn as fast.

        None of a source that draws step by step.
        """
        return None

    def words(self) -> str:
        """What is seen, for people: `gradients with Gaussian noise, σ = 1`."""
        return f"gradients of {self}"

    def fit(self, objective: Quadratic) -> None:
        """Raises `Unfit` where the source cannot give gradients of this objective."""

    def epochs(self, t: Array, data: Dataset | None) -> Array:
        """How often all rows of the data have been seen after t steps: once in each of these."""
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
        for place, f in enumerate(fields(self)):
            value = getattr(self, f.name)
            if value != f.default:
                bare = isinstance(value, tuple) and (len(value) == 1 or (self.many and not place))
                text = show(value)[1:-1] if bare else show(value)
                inline = len(parts) == place and not (self.many and place)
                parts.append(text if inline else f"{f.name}={text}")
        return f"{self.word()}({','.join(parts)})" if parts else self.word()
