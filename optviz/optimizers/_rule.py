"""The base class of update rules: two pure functions, `init` and `update`, over frozen settings."""

from abc import abstractmethod
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from optviz.arrays import Array, dot, line_search, power
from optviz.errors import BadValue
from optviz.optimizers._clip_settings import CLIP, CLIP_VALUE
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._spelling import Spelling
from optviz.text.arguments import Argument
from optviz.text.settings import HasSettings, Num, show

if TYPE_CHECKING:
    from optviz.objectives import Objective
    from optviz.objectives.family import Family


class Point(NamedTuple):
    """All that a rule may look at in step t: it stands at x, where f is `value` and ∇f is `grad`.

    `eta` is η(t); x and grad are (batch, dim), value is (batch,). `eta` is a float, or a (batch, 1)
    column. `lowest` is f*, a float or (batch,), None where f has none. The classical methods also
    look at curvature, by the methods; where the gradients come from outside there is no `objective`
    and these are nan.
    """

    t: int
    eta: Num
    x: Array
    value: Array
    grad: Array
    objective: "Objective | Family | None" = None
    lowest: Num | None = None

    @property
    def hessian(self) -> Array:
        """∇²f at x: (dim, dim) where it is the same everywhere, else (batch, dim, dim)."""
        if self.objective is None:
            return np.full((self.grad.shape[-1],) * 2, np.nan)
        return self.objective.hessian(self.x)

    def curvature(self, d: Array) -> Array:
        """dᵀHd/dᵀd along each row of d, with H the Hessian at x: (batch, 1)."""
        return line_search.curvature(self.hessian, d)

    def slope(self, d: Array) -> Array:
        """gᵀd/dᵀd along each row of d, 0 where d is 0: (batch, 1)."""
        square = dot(d, d)[:, None]
        return np.where(square > 0, dot(self.grad, d)[:, None] / np.where(square > 0, square, 1), 0)

    def fall(self, move: Array) -> Array | None:
        """f(x) − f(x + move) of each row: (batch, 1); nan where f has no value there.

        None on a quadratic, where `curvature` tells it without cancellation.
        """
        f = self.objective
        if f is None or f.quadratic is not None:
            return None
        fall: Array = f.value(self.x) - f.value(self.x + move)
        return fall[:, None]

    def along(self, d: Array) -> Array:
        """The s ≥ 0 at which f(x − s·d) is least, 1 where there is no least: (batch, 1)."""
        if self.objective is None:
            return line_search.lowest(self.grad, d, self.curvature(d))
        return self.objective.along(self.x, self.grad, d)


class Step(NamedTuple):
    """All that a rule returns: x ← x − η(t)·scale ⊙ direction − drift.

    direction is (batch, dim); scale and drift broadcast against it. η(t)·scale is the effective
    learning rate; drift moves x without it: inertia carried over, decoupled decay.
    """

    direction: Array
    scale: Num
    drift: Num = 0.0


@dataclass(frozen=True)
class Rule(HasSettings):
    """An update rule without its learning rate.

    The class attributes are its card: `title`; `says`, what it is for and what it improves on;
    `fails`, where it does not help; `equations` in Unicode; `rate`, its effective rate in LaTeX;
    `reference`; and `dialects`, the settings (η under `eta`) with which the rule does what a
    library does. The first dialect is the book's, which the bare name means. `made_by` is the
    library's own call, `spellings` are the library's words for settings, as in
    `{"torch": {"betas": ("beta1", "beta2")}}`, and `arguments` those of its arguments that are no
    settings, with "" for every dialect.

    `clip` and `clip_value` are settings of every rule: `Optimizer.step` clips the gradient before
    it hands it to `update`, so a rule does nothing for them.
    """

    title: ClassVar[str]
    says: ClassVar[str]
    fails: ClassVar[str]
    equations: ClassVar[tuple[str, ...]]
    rate: ClassVar[str]
    reference: ClassVar[str]
    dialects: ClassVar[dict[str, dict[str, Any]]]
    made_by: ClassVar[dict[str, str]]
    spellings: ClassVar[dict[str, dict[str, Spelling]]] = {}
    arguments: ClassVar[dict[str, dict[str, Argument]]] = {}
    external_name: ClassVar[str] = ""  # of a rule outside this folder: `./mine.py:Mine`
    requires_rate: ClassVar[tuple[str, ...]] = ("optax",)  # dialects whose library has no default η
    aliases: ClassVar[tuple[str, ...]] = ()  # other names
    becomes: ClassVar[dict[str, str]] = {}  # argument that makes another rule of it → that rule
    uses_value: ClassVar[bool] = False  # `update` reads p.value, which costs a sum a step
    pure: ClassVar[bool] = True  # `update` changes nothing, so that a step can be made again
    rates_need: ClassVar[str] = ""  # what its rates depend on besides the gradients: x, f or Q
    sums_gradients: ClassVar[bool] = False  # so that its rate falls as t^(-1/2) where g is constant
    momentum: ClassVar[str] = ""  # the setting that a schedule of the momentum sets
    shrinkage: ClassVar[tuple[str, ...]] = ("decay",)  # settings that pull x off the minimum to 0

    clip: Num | None = field(default=None, kw_only=True, metadata={"setting": CLIP})
    clip_value: Num | None = field(default=None, kw_only=True, metadata={"setting": CLIP_VALUE})

    def __init_subclass__(cls) -> None:
        """Raises `TypeError` for a rule that has a setting of every rule in another meaning."""
        for name in {"clip", "clip_value"} & vars(cls).keys():
            raise TypeError(f"{name} is a setting of every rule; {cls.__name__} needs another name")

    def __post_init__(self) -> None:
        """Raises `BadValue` for a setting out of its range, and for two ways of clipping."""
        super().__post_init__()
        if self.clip is not None and self.clip_value is not None:
            name = f"{type(self).__name__.lower()}: clip"
            raise BadValue(name, show(self.clip), "so clip_value has to be left out")

    @property
    def clips(self) -> bool:
        """Whether the gradient is clipped before `update` has it."""
        return self.clip is not None or self.clip_value is not None

    @abstractmethod
    def init(self, x: Array) -> Any:
        """The state before step 1 at x (batch, dim): a named tuple of (batch, …) arrays."""

    @abstractmethod
    def update(self, p: Point, s: Any) -> tuple[Step, Any]:
        """The step from point p with state s, and the next state. Pure."""

    def looks(self, x: Array, s: Any) -> Array:
        """Where the next gradient is taken, (batch, dim): at x itself, if not elsewhere."""
        del s
        return x

    @property
    def sees_value(self) -> bool:
        """Whether it, or a rule within it, may read p.value; assumed of rules from outside."""
        return not self.own or self.uses_value or any(part.sees_value for part in self._parts)

    @property
    def own(self) -> bool:
        """Whether it and the rules within it are of optviz."""
        return type(self).__module__.startswith("optviz.") and all(p.own for p in self._parts)

    @property
    def _parts(self) -> "list[Rule]":
        """The rules within it."""
        return [part for part in vars(self).values() if isinstance(part, Rule)]

    @property
    def linear(self) -> bool:
        """Whether its steps are linear in the gradients: then Gaussian noise stays Gaussian."""
        return self.recurrence(1.0, 1.0) is not None

    def ceiling(self) -> tuple[float, str] | None:
        """(C, its LaTeX): at a constant effective rate above C/λ the direction of λ grows.

        None if there is no such C, or none is known.
        """
        return 2.0, "2"

    def asymptotic(self) -> float | None:
        """The factor on a rate once inertia has built up: 1/(1−β) of a velocity, else 1.

        None if steps are not in proportion to the gradient even on a constant slope.
        """
        return 1.0

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(a, b) of eₜ₊₁ = a eₜ − b eₜ₋₁, the distance to x* along an eigenvector of Q.

        At a constant rate, along an eigenvector of that `curvature`; None if the rule is not
        linear in the gradient. Source for the three that are: Goh, Distill 2017.
        """
        return None

    def best(self, low: float, high: float) -> dict[str, float] | None:
        """Constant settings with the least factor a step for curvatures from `low` to `high`, > 0.

        None if no closed form is known.
        """
        return None

    def bound(self, eta: float, low: float, high: float) -> float | None:
        """The most that a step leaves of f − f*, as a factor, for curvatures from low to high > 0.

        None where no bound is known, and where `recurrence` tells the factor itself.
        """
        return None

    def trials(self, p: Point, s: Any) -> list[Array]:
        """The points that the step from p tried before the one it takes: (batch, dim) each."""
        return []

    def forecast(self, p: Setup) -> Forecast:
        """How a run towards a minimum will go, for rules without a `recurrence`."""
        return Forecast("its rates follow the gradients, so no formula tells where it ends", {})

    def with_momentum(self, momentum: Num, t: int, s: Any) -> tuple["Rule", Any]:
        """The rule with this momentum, and its state before step t.

        PyTorch corrects the bias of Adam's mean by 1−β₁ᵗ with the β₁ of step t, so a state that
        holds β₁ᵗ⁻¹ as a product gets that of the new β₁.
        """
        rule = replace(self, **{self.momentum: momentum})
        if "b1t" in getattr(s, "_fields", ()):
            s = s._replace(b1t=np.ones_like(s.b1t) * power(momentum, t - 1.0))
        return rule, s

    def __str__(self) -> str:
        """The rule within another: its name and the settings that differ from the defaults."""
        changed = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != f.default
        }
        inside = ",".join(f"{key}={show(value)}" for key, value in changed.items())
        return self.word() + (f"({inside})" if inside else "")

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.external_name or cls.__module__.rpartition(".")[2]
