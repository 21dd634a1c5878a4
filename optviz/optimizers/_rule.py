"""What every rule is: two pure functions, `init` and `update`, over frozen settings."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._outlook import Outlook, Prospect
from optviz.settings import Num, Settled


class Point(NamedTuple):
    """All that a rule may look at in step t: it stands at x, where f is `value` and ∇f is `grad`.

    `eta` is η(t); x and grad are (batch, dim), value is (batch,). `eta` is a float, or a (batch, 1)
    column. The classical methods also look at Q, `hessian` (dim, dim) or (batch, dim, dim), and at
    f*, `lowest`, a float or (batch,); None where the gradients come from outside or f has none.
    """

    t: int
    eta: Num
    x: Array
    value: Array
    grad: Array
    hessian: Array | None = None
    lowest: Num | None = None


class Step(NamedTuple):
    """All that a rule may answer: x ← x − η(t)·scale ⊙ direction − drift.

    direction is (batch, dim); scale and drift broadcast against it. η(t)·scale is the effective
    learning rate; drift is what moves without it: inertia carried over, decoupled decay.
    """

    direction: Array
    scale: Num
    drift: Num = 0.0


@dataclass(frozen=True)
class Rule(Settled):
    """An update rule without its learning rate.

    The class attributes are its card: `title`; `says`, what it is for and what it mends in its
    forerunner; `fails`, where it does not help; `equations` in Unicode; `rate`, its effective rate
    in LaTeX; `reference`; and `dialects`, for every library that has it the settings (η under
    `eta`) that make this rule do what that library does. The first dialect is the book's, and
    stands for the bare name. `made_by` is the line that makes it in a library,
    `spelled` each dialect's own names of the settings: `{"torch": {"betas": ("beta1", "beta2")}}`.
    """

    title: ClassVar[str]
    says: ClassVar[str]
    fails: ClassVar[str]
    equations: ClassVar[tuple[str, ...]]
    rate: ClassVar[str]
    reference: ClassVar[str]
    dialects: ClassVar[dict[str, dict[str, Any]]]
    made_by: ClassVar[dict[str, str]]
    spelled: ClassVar[dict[str, dict[str, str | tuple[str, ...]]]] = {}
    sees_value: ClassVar[bool] = False  # `update` looks at p.value, which costs a sum a step
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
