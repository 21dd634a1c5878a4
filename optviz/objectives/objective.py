"""What is minimised: the interface `Objective`, and the special case `Quadratic`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np

from optviz.arrays import Array, apply, line_search, norm
from optviz.errors import Unfit
from optviz.objectives.dataset import Dataset
from optviz.objectives.quadratic_form import Form
from optviz.objectives.region import Box, Region, Stationary, within

Style = Literal["latex", "plain"]

_KINDS = {"positive": "minimum", "negative": "maximum", "indefinite": "saddle", "zero": "flat"}


class Objective(ABC):
    """A function f of `dim` coordinates; x is (…, dim), one point a row.

    `text` is what the user typed, `names` are those of the coordinates, `data` the rows that f is
    the mean over, where there are such. `region` is the box that is drawn, () where the paths tell.
    Two objectives are equal if their `key` is.
    """

    text: str
    names: tuple[str, ...]
    data: Dataset | None = None
    turned: float = 0.0  # degrees by which what the text spells is rotated
    region: Box = ()

    @property
    @abstractmethod
    def dim(self) -> int:
        """The number of coordinates."""

    @abstractmethod
    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row: (…, dim) → (…,), (…, dim)."""

    @abstractmethod
    def hessian(self, x: Array) -> Array:
        """∇²f at each row, (…, dim, dim), or (dim, dim) where it is the same everywhere."""

    @abstractmethod
    def restricted(self, origin: Array, axes: Array) -> Objective:
        """f(origin + axes·z) as a function of z: origin (dim,), axes (dim, k)."""

    @abstractmethod
    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """The regions that the levels, ascending, bound over the box of a 2-D objective."""

    @abstractmethod
    def formula(self, style: Style) -> str:
        """f as a formula, `f(x) = …`, in Unicode or in LaTeX without dollar signs."""

    @property
    @abstractmethod
    def key(self) -> Hashable:
        """What tells functions apart, whatever their text and names."""

    def value(self, x: Array) -> Array:
        """f at each row: (…, dim) → (…,)."""
        return self.value_and_grad(x)[0]

    def grad(self, x: Array) -> Array:
        """∇f at each row: (…, dim) → (…, dim)."""
        return self.value_and_grad(x)[1]

    @property
    def minimiser(self) -> Array | None:
        """Where f is least, (dim,); None where there is no such point, or none is known."""
        return None

    @property
    def found(self) -> bool:
        """Whether f* was found downhill from some places, and may not be the least of all."""
        return False

    def seen_from(self, places: Array) -> Objective:
        """The same function; one whose minima are not known may look for them from there."""
        return self

    def nearest(self, x: Array) -> Array:
        """The known place of the least value that is nearest to each row: (…, dim), or (dim,)."""
        assert self.minimiser is not None
        return self.minimiser

    @property
    def minimum(self) -> float | None:
        """The least value f*; None where there is none, or none is known."""
        return None if self.minimiser is None else float(self.value(self.minimiser))

    @property
    def has_minimum(self) -> bool:
        """Whether f − f* is defined."""
        return self.minimiser is not None or self.minimum is not None

    @property
    def lacks_minimum(self) -> str:
        """Why f − f* is not defined, where it is not: the beginning of a sentence."""
        if self.quadratic is not None:
            return "this objective has no minimum"
        return f"no minimum of {self.formula('plain')} is known or lies downhill from the starts"

    @property
    def centre(self) -> Array | None:
        """The point that a view is framed about, (dim,); None if none is better than another."""
        return self.minimiser

    def stationary_in(self, box: Box) -> tuple[Stationary, ...]:
        """The stationary points that are known within the box."""
        x = self.minimiser
        return (Stationary(x, "minimum"),) if x is not None and within(x, box) else ()

    def gap(self, x: Array) -> Array:
        """f(x) − f* at each row: (…,). Raises `Unfit` where f* is not known."""
        if self.minimum is None:
            raise Unfit(f"{self.lacks_minimum}, so f − f* says nothing")
        return np.maximum(self.value(x) - self.minimum, 0.0)

    def rounding(self, x: Array) -> Array:
        """A bound on ‖∇f‖ where it is nothing but rounding error: (batch, dim) → (batch,)."""
        return _rounding_of(apply(abs(self.hessian(x)), abs(x)))

    def along(self, x: Array, grad: Array, d: Array) -> Array:
        """The s ≥ 0 at which f(x − s·d) is least, by Brent's method: (batch, dim) → (batch, 1).

        1 where there is no least, 0 where d is 0. `grad` is the gradient seen at x.
        """
        guess = line_search.lowest(grad, d, line_search.curvature(self.hessian(x), d))
        return line_search.searched(self.grad, x, grad, d, guess)

    def local(self, x: Array) -> Quadratic:
        """The quadratic with the value, the gradient and the Hessian of f at x (dim,)."""
        (f, g), H = self.value_and_grad(x), self.hessian(x)
        Hx = H @ x
        return Quadratic(H, g - Hx, float(f - g @ x + 0.5 * x @ Hx), self.text, self.names)

    @property
    def creases(self) -> Sequence[Objective]:
        """Functions that are 0 where the slopes of f may jump."""
        return ()

    @property
    def separable(self) -> bool:
        """Whether ∇²f is known to be diagonal at every x: each coordinate is then on its own."""
        return self.dim == 1

    @property
    def quadratic(self) -> Quadratic | None:
        """The objective itself where it is a quadratic, else None."""
        return None

    def quadratic_for(self, what: str) -> Quadratic:
        """The objective as a quadratic. Raises `Unfit`: only quadratics have `what`."""
        if self.quadratic is None:
            raise Unfit(f"only a quadratic objective has {what}; {self.formula('plain')} is none")
        return self.quadratic

    def as_dict(self) -> dict[str, Any]:
        """Plain data as `run` writes it, that a record is read from again."""
        return {"text": self.text}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Objective) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Quadratic(Form, Objective):
    """f(x) = ½ xᵀQx + cᵀx + b: theory knows all about it, and it is the local model of others."""

    def hessian(self, x: Array) -> Array:
        """Q, the same at every x."""
        return self.Q

    def along(self, x: Array, grad: Array, d: Array) -> Array:
        """gᵀd/dᵀQd, in closed form."""
        return line_search.lowest(grad, d, line_search.curvature(self.Q, d))

    def rounding(self, x: Array) -> Array:
        """A bound for Qx + c, whose terms cancel where it is 0."""
        return _rounding_of(apply(abs(self.Q), abs(x)) + abs(self.c))

    def restricted(self, origin: Array, axes: Array) -> Quadratic:
        """With A the axes: AᵀQA, Aᵀ∇f and f at the origin."""
        Q = axes.T @ self.Q @ axes
        return Quadratic((Q + Q.T) / 2, axes.T @ self.grad(origin), float(self.value(origin)))

    def local(self, x: Array) -> Quadratic:
        """Itself, wherever x is."""
        return self

    @property
    def separable(self) -> bool:
        """Whether Q is diagonal."""
        return self.diagonal

    @property
    def quadratic(self) -> Quadratic:
        """Itself."""
        return self

    @property
    def centre(self) -> Array | None:
        """The stationary point, of whatever kind."""
        return self.stationary

    def stationary_in(self, box: Box) -> tuple[Stationary, ...]:
        """The stationary point if it lies in the box."""
        x = self.stationary
        if x is None or not within(x, box):
            return ()
        return (Stationary(x, _KINDS[self.definite.split()[0]]),)

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """Exact conics; those of a maximum lie above their levels."""
        from optviz.objectives import conics

        return conics.bands(self, box, levels)

    def formula(self, style: Style) -> str:
        """Written from Q, c and b, not from the text."""
        from optviz.objectives import typeset

        return typeset.formula(self, latex=style == "latex")

    @cached_property
    def key(self) -> Hashable:
        """The bytes of Q, c and b."""
        return self.Q.tobytes(), self.c.tobytes(), self.b

    def as_dict(self) -> dict[str, Any]:
        """Plain data as `run` writes it: text, Q, c, b."""
        return {"text": self.text, "Q": self.Q.tolist(), "c": self.c.tolist(), "b": self.b}


def _rounding_of(terms: Array) -> Array:
    """A bound on the rounding error of a gradient whose terms have these sizes: (batch,)."""
    return np.asarray(4 * np.finfo(float).eps * norm(terms), dtype=np.float64)
