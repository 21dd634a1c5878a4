"""The base class of losses: what one row of a table costs, by what the model puts out for it."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar

from optviz.arrays import Array
from optviz.text.settings import HasSettings, show


@dataclass(frozen=True)
class Loss(HasSettings):
    """A convex loss φ(z, y) of a row; its text form reads back to itself.

    z (batch, outputs, n) are the outputs of a linear model, `start` of the target and the products
    of features and weights added. y (batch or 1, n) is the target: numbers, or the number of a
    class from 0 on where the loss is of `classes`, of which there are at most `most_classes`.
    `formula` is the mean over the rows in LaTeX and in Unicode, `source` the reference. `attained`
    says that the mean has a minimum whatever the table.
    """

    says: ClassVar[str]
    source: ClassVar[str]
    classes: ClassVar[bool] = False
    most_classes: ClassVar[int] = 0
    attained: ClassVar[bool] = True

    @property
    @abstractmethod
    def formula(self) -> tuple[str, str]:
        """The mean of φ over the rows, in LaTeX without dollars and in Unicode."""

    @abstractmethod
    def value(self, z: Array, y: Array) -> Array:
        """φ of each row: (batch, outputs, n) → (batch, n)."""

    @abstractmethod
    def slope(self, z: Array, y: Array) -> Array:
        """∂φ/∂z: (batch, outputs, n)."""

    @abstractmethod
    def curvature(self, z: Array, y: Array) -> Array:
        """∂²φ/∂z²: (batch, outputs, outputs, n)."""

    def outputs(self, classes: int) -> int:
        """How many outputs a row has, where the target has so many classes."""
        return 1

    def start(self, y: Array) -> Array:
        """z where all weights are 0, (batch or 1, 1, n): of a regression z is the residual."""
        return 0.0 * y[..., None, :] if self.classes else -y[..., None, :]

    def stages(self, largest: float) -> Iterator["Loss"]:
        """Losses whose minimum leads to that of this one, which is the last.

        `largest` is that of |z| where the squares are least.
        """
        yield self

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.__module__.rpartition(".")[2]

    def __str__(self) -> str:
        values = [(f.name, getattr(self, f.name)) for f in fields(self)]
        texts = [show(value) for _, value in values]
        return f"{self.word()}({','.join(texts)})" if texts else self.word()
