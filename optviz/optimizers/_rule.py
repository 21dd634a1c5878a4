"""What every rule is: two pure functions, `init` and `update`, over frozen settings."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.settings import Num, Settled


class Point(NamedTuple):
    """All that a rule may look at in step t: it stands at x, where f is `value` and ∇f is `grad`.

    `eta` is η(t); x and grad are (batch, dim), value is (batch,). `eta` is a float, or a (batch, 1)
    column.
    """

    t: int
    eta: Num
    x: Array
    value: Array
    grad: Array


class Step(NamedTuple):
    """All that a rule may answer: x ← x − η(t)·scale ⊙ direction − drift.

    direction is (batch, dim); scale and drift broadcast against it. η(t)·scale is the effective
    learning rate; drift is what moves without it: inertia carried over, decoupled decay.
    """

    direction: Array
    scale: Num
    drift: Num = 0.0


class Prospect(NamedTuple):
    """What is known before step 1, coordinate by coordinate: (dim,) each.

    `eta` is the rate, the largest of a schedule; `away` is x − x*, `grad` is ∇f there. `curvature`
    is the diagonal of Q, all there is to know where Q is `diagonal` and a stand-in where it is not.
    `steps` is how many are meant to be made, `share` the part of f − f* that is to be left.
    """

    eta: float
    curvature: Array
    away: Array
    grad: Array
    steps: int
    share: float
    diagonal: bool

    @property
    def needed(self) -> Array:
        """The rates 1/λ that end in one step, were Q diagonal: (dim,); nan where nothing curves."""
        blank = np.full_like(self.curvature, np.nan)
        return np.divide(1.0, self.curvature, out=blank, where=self.curvature != 0)


class Outlook(NamedTuple):
    """What a rule foretells: a sentence with the names of its `facts` in braces.

    Facts are numbers, or (dim,) arrays of one a coordinate; `steps`, if there, is how many are
    needed to leave only `share`.
    """

    says: str
    facts: dict[str, float | Array]


@dataclass(frozen=True)
class Rule(Settled):
    """An update rule without its learning rate.

    The class attributes are its card: `title`; `says`, what it is for and what it mends in its
    forerunner; `fails`, where it does not help; `equations` in Unicode; `rate`, its effective rate
    in LaTeX; `reference`; and `dialects`, for every library that has it the settings (η under
    `eta`) that make this rule do what that library does. The first dialect is the book's, and
    stands for the bare name. `made_by` is the line that makes it in a library.
    """

    title: ClassVar[str]
    says: ClassVar[str]
    fails: ClassVar[str]
    equations: ClassVar[tuple[str, ...]]
    rate: ClassVar[str]
    reference: ClassVar[str]
    dialects: ClassVar[dict[str, dict[str, Any]]]
    made_by: ClassVar[dict[str, str]]
    sums_gradients: ClassVar[bool] = False  # the rate then falls as t^(-1/2) where g is constant

    @abstractmethod
    def init(self, x: Array) -> Any:
        """The state before step 1 at x (batch, dim): a named tuple of (batch, …) arrays."""

    @abstractmethod
    def update(self, p: Point, s: Any) -> tuple[Step, Any]:
        """The answer at point p with state s, and the next state. Pure."""

    def ceiling(self) -> tuple[float, str]:
        """(C, its LaTeX): at a constant effective rate above C/λ the direction of λ grows."""
        return 2.0, "2"

    def asymptotic(self) -> float:
        """What a rate comes to once inertia has built up: 1/(1−β) of a velocity, else 1."""
        return 1.0

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(a, b) of eₜ₊₁ = a eₜ − b eₜ₋₁, the distance to x* along an eigenvector of Q.

        At a constant rate, along an eigenvector of that `curvature`; None where the rule is not
        linear in the gradient. Source for the three that are: Goh, Distill 2017.
        """
        return None

    def best(self, low: float, high: float) -> dict[str, float] | None:
        """Constant settings with the least factor a step for curvatures from `low` to `high`, > 0.

        None where no closed form is known.
        """
        return None

    def outlook(self, p: Prospect) -> Outlook:
        """How a run towards a minimum will go, where `recurrence` cannot tell."""
        return Outlook("its rates follow the gradients, so no formula tells where it ends", {})

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.__module__.rpartition(".")[2]


def reciprocal(root: Array) -> Array:
    """1/root, and 0 where root is 0: with no ε a coordinate never pushed has nothing to scale."""
    return np.divide(1.0, root, out=np.zeros_like(root), where=root != 0)
