"""What every rule is: two pure functions, `init` and `update`, over frozen settings."""

from abc import abstractmethod
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, NamedTuple

import numpy as np

from optviz.arrays import Array, power
from optviz.optimizers._outlook import Outlook, Prospect
from optviz.optimizers._spelling import Spelling
from optviz.text.arguments import Argument
from optviz.text.settings import HasSettings, Num, show


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
class Rule(HasSettings):
    """An update rule without its learning rate.

    The class attributes are its card: `title`; `says`, what it is for and what it mends in its
    forerunner; `fails`, where it does not help; `equations` in Unicode; `rate`, its effective rate
    in LaTeX; `reference`; and `dialects`, for every library that has it the settings (η under
    `eta`) that make this rule do what that library does. The first dialect is the book's, and
    stands for the bare name. `made_by` is the line that makes it in a library,
    `spelled` each dialect's own names of the settings: `{"torch": {"betas": ("beta1", "beta2")}}`,
    `arguments` what becomes of those that are no settings, "" standing for every dialect.
    """

    title: ClassVar[str]
    says: ClassVar[str]
    fails: ClassVar[str]
    equations: ClassVar[tuple[str, ...]]
    rate: ClassVar[str]
    reference: ClassVar[str]
    dialects: ClassVar[dict[str, dict[str, Any]]]
    made_by: ClassVar[dict[str, str]]
    spelled: ClassVar[dict[str, dict[str, Spelling]]] = {}
    arguments: ClassVar[dict[str, dict[str, Argument]]] = {}
    as_typed: ClassVar[str] = ""  # how a rule from outside is named, where its file does not tell
    asks_rate: ClassVar[tuple[str, ...]] = ("optax",)  # dialects of libraries that have no usual η
    also: ClassVar[tuple[str, ...]] = ()  # other names that people know it by
    turns: ClassVar[dict[str, str]] = {}  # the argument that makes another rule of it → that rule
    sees_value: ClassVar[bool] = False  # `update` looks at p.value, which costs a sum a step
    pure: ClassVar[bool] = True  # `update` changes nothing, so that a step can be made again
    rates_need: ClassVar[str] = ""  # what its rates cannot be known without, besides the gradients
    sums_gradients: ClassVar[bool] = False  # the rate then falls as t^(-1/2) where g is constant
    momentum: ClassVar[str] = ""  # the setting that a schedule which drives the momentum drives
    pulls: ClassVar[tuple[str, ...]] = ("decay",)  # settings that pull x from the minimum to 0

    @abstractmethod
    def init(self, x: Array) -> Any:
        """The state before step 1 at x (batch, dim): a named tuple of (batch, …) arrays."""

    @abstractmethod
    def update(self, p: Point, s: Any) -> tuple[Step, Any]:
        """The answer at point p with state s, and the next state. Pure."""

    def ceiling(self) -> tuple[float, str] | None:
        """(C, its LaTeX): at a constant effective rate above C/λ the direction of λ grows.

        None where there is no such height, or none that is known.
        """
        return 2.0, "2"

    def asymptotic(self) -> float | None:
        """What a rate comes to once inertia has built up: 1/(1−β) of a velocity, else 1.

        None where steps are not in proportion to the gradient even on a constant slope.
        """
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

    def driven(self, momentum: Num, t: int, s: Any) -> tuple["Rule", Any]:
        """The rule with this momentum, and its state before step t, as if it had always been so.

        In PyTorch the bias of Adam's mean is corrected by 1−β₁ᵗ with the β₁ of step t; a state
        that has β₁ᵗ⁻¹ as a product gets that of the new β₁.
        """
        rule = replace(self, **{self.momentum: momentum})
        if "b1t" in getattr(s, "_fields", ()):
            s = s._replace(b1t=np.ones_like(s.b1t) * power(momentum, t - 1.0))
        return rule, s

    def __str__(self) -> str:
        """The rule within another: its name and the settings that differ from the usual."""
        odd = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != f.default
        }
        inside = ",".join(f"{key}={show(value)}" for key, value in odd.items())
        return self.word() + (f"({inside})" if inside else "")

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.as_typed or cls.__module__.rpartition(".")[2]


def reciprocal(root: Array) -> Array:
    """1/root, and 0 where root is 0: with no ε a coordinate never pushed has nothing to scale."""
    if np.count_nonzero(root) == root.size:
        return 1.0 / root
    return np.divide(1.0, root, out=np.zeros_like(root), where=root != 0)
