"""The marks of walks: landscapes, paths, curves and what stands beside them."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array


@dataclass(frozen=True)
class Mark:
    """Anything that can be drawn."""


@dataclass(frozen=True, eq=False)
class Band(Mark):
    """The region f ≤ `level` as polygons (n, 2), painted over the bands before it.

    The holes of a polygon follow its outline, each after a row of nan. `height` is where it stands
    in the pile, from 0 (lowest) to 1 (highest).
    """

    level: float
    height: float
    polygons: tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class Path(Mark):
    """The way of an optimizer: points (n, 2), one every `stride` steps; nan where called off.

    `label` is LaTeX-bearing text to stand beside its end; `left` the point at which it leaves the
    view for good, None if it does not.
    """

    points: Array
    role: int
    label: str = ""
    left: int | None = None
    faint: bool = False
    stride: int = 1


@dataclass(frozen=True, eq=False)
class Profile(Mark):
    """The graph of a 1-D objective: points (n, 2)."""

    points: Array


@dataclass(frozen=True, eq=False)
class Curve(Mark):
    """A quantity of an optimizer against the step: points (n, 2), dashed by coordinate.

    Against something else `times` (n,) are the steps, by which a film shows the points.
    """

    points: Array
    role: int
    dash: int
    label: str = ""
    faint: bool = False
    times: Array | None = None


@dataclass(frozen=True)
class Start(Mark):
    """Where a run starts: a hollow circle."""

    x: float
    y: float


@dataclass(frozen=True)
class Minimum(Mark):
    """Where ∇f = 0: a plus, or a cross for a saddle or a maximum."""

    x: float
    y: float
    saddle: bool = False


@dataclass(frozen=True)
class Ceiling(Mark):
    """A hairline at height y that a curve should stay under, with its name."""

    y: float
    label: str


@dataclass(frozen=True)
class Crossing(Mark):
    """The place where a curve first rises through a ceiling."""

    x: float
    y: float
    label: str
    role: int


@dataclass(frozen=True, eq=False)
class Guide(Mark):
    """A theory's line (n, 2), named at its end."""

    points: Array
    label: str


@dataclass(frozen=True, eq=False)
class Spread(Mark):
    """Between which a share of many runs lies, against the step: steps, low, high (n,).

    `depth` 0 is the outer band, 1 the inner.
    """

    steps: Array
    low: Array
    high: Array
    role: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Tube(Mark):
    """Where a share of many paths goes: polygons (n, 2), counter-clockwise, painted as one."""

    polygons: tuple[Array, ...]
    role: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Ring(Mark):
    """A closed line (n, 2) about a mean; `depth` 0 is the outer one, 1 the inner."""

    points: Array
    role: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Dots(Mark):
    """Single outcomes: points (n, 2)."""

    points: Array
    role: int


def finite(points: Array) -> Array:
    """The rows of points (n, 2) without a nan or infinity."""
    return points[np.isfinite(points).all(axis=1)]
