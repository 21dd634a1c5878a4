"""Marks of trajectories: contour bands, paths, curves, and the points and lines about them."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array

_DOTTED, _SMEARED = 80, 300  # points of a path up to which each has a dot, and any has one


@dataclass(frozen=True, eq=False)
class Mark:
    """Anything that can be drawn."""


@dataclass(frozen=True, eq=False)
class Band(Mark):
    """The region f ≤ `level` as polygons (n, 2), drawn over the bands before it.

    The holes of a polygon follow its outline, each after a row of nan. Where they are `cubic` the
    points are those of cubic Bézier curves end to end: 3k+1 of them. `height` picks its colour,
    from 0 for the lowest band to 1 for the highest. `label` stands in its line.
    """

    level: float
    height: float
    polygons: tuple[Array, ...]
    cubic: bool = False
    label: str = ""


@dataclass(frozen=True, eq=False)
class Path(Mark):
    """The path of an optimizer: points (n, 2), one every `stride` steps; nan after the run stopped.

    `label` is text, with LaTeX, for the place beside its end: its `name` and how it ended. A legend
    and a film have the name alone. `left` is the number of the point at which the path leaves the
    view for good, None if it ends within it.
    """

    points: Array
    role: int
    label: str = ""
    left: int | None = None
    faint: bool = False
    stride: int = 1
    name: str = ""

    @property
    def every(self) -> int:
        """Every how many points a dot stands; 0 for none, where dots would be a smear."""
        return 0 if self.faint or len(self.points) > _SMEARED else -(-len(self.points) // _DOTTED)


@dataclass(frozen=True, eq=False)
class Profile(Mark):
    """The graph of a 1-D objective: points (n, 2)."""

    points: Array


@dataclass(frozen=True, eq=False)
class Curve(Mark):
    """A quantity of an optimizer against the step: points (n, 2).

    `dash` numbers the coordinate, which has a dash pattern of its own. A role below 0 is that of
    curves which are no one's, and muted. If the horizontal axis is not the step, `times` (n,) are
    the steps at which a film shows the points. `quantity` is what it shows where its points do not
    tell that: `realised` or `asymptotic` rates, `sharpness`, `ratio`.
    """

    points: Array
    role: int
    dash: int
    label: str = ""
    faint: bool = False
    times: Array | None = None
    quantity: str = ""


@dataclass(frozen=True)
class Start(Mark):
    """The start of a run: a hollow circle, with a word beside it where there is room."""

    x: float
    y: float
    label: str = ""


@dataclass(frozen=True)
class Minimum(Mark):
    """A stationary point: a plus for a minimum, a cross for a `saddle`, a summit for a `maximum`.

    One of many is `small`.
    """

    x: float
    y: float
    saddle: bool = False
    label: str = ""
    maximum: bool = False
    small: bool = False


@dataclass(frozen=True)
class Ceiling(Mark):
    """A stability threshold: a thin line at height y, named along it.

    `dash` is that of the coordinate whose ceiling it is.
    """

    y: float
    label: str
    dash: int = 0


@dataclass(frozen=True, eq=False)
class Excess(Mark):
    """Where a curve (n, 2) is above the height y: the area between the two, tinted.

    `label` is a sentence for the largest free room, "" for none; `times` (n,) are as in `Curve`.
    """

    points: Array
    y: float
    role: int
    label: str = ""
    times: Array | None = None


@dataclass(frozen=True)
class Exit(Mark):
    """Where a curve leaves the view through the bottom, at x: an arrow, and a value beside it."""

    x: float
    label: str
    role: int


@dataclass(frozen=True)
class Crossing(Mark):
    """The point where a curve first rises through a ceiling.

    `time` is the step at which a film shows it, if the horizontal axis is not the step.
    """

    x: float
    y: float
    label: str
    role: int
    time: float | None = None


@dataclass(frozen=True, eq=False)
class Guide(Mark):
    """A line that theory predicts (n, 2), named at its end; nan between its pieces.

    A `role` from 0 on is that of the optimizer whose path it comes from, a `dash` that of the
    coordinate that it bounds.
    """

    points: Array
    label: str
    role: int = -1
    dash: int | None = None


@dataclass(frozen=True, eq=False)
class Spread(Mark):
    """A band between two quantiles of many runs against the step: steps, low, high (n,).

    `depth` is 0 for the outer band, 1 for the inner.
    """

    steps: Array
    low: Array
    high: Array
    role: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Tube(Mark):
    """The region that holds a fraction of many paths: the union of counter-clockwise polygons.

    `depth` is 0 for the outer one. With `edges`, its boundary as closed lines (n, 2), it is drawn
    as an outline; else it is filled.
    """

    polygons: tuple[Array, ...]
    role: int
    depth: int = 0
    edges: tuple[Array, ...] = ()


@dataclass(frozen=True, eq=False)
class Ring(Mark):
    """A closed line (n, 2) about a mean; `depth` is 0 for the outer one, 1 for the inner."""

    points: Array
    role: int
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Dots(Mark):
    """Samples: points (n, 2)."""

    points: Array
    role: int


@dataclass(frozen=True, eq=False)
class Tried(Mark):
    """Points (n, 2) that a line search tried and went back from.

    `near` (m, 2) are those of them that were tried last in their step, which a frame has to hold.
    """

    points: Array
    near: Array
    role: int


def finite(points: Array) -> Array:
    """The points (n, 2) without nan and infinity."""
    return points[np.isfinite(points).all(axis=1)]
