"""A figure as data: a scene of panels of marks, nothing drawn.

A mark says what it means and where it is, in data coordinates; how it looks is render's choice.
Colours are roles: a number picks a line colour of the theme, in the order of the optimizers.
"""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array


@dataclass(frozen=True)
class Mark:
    """Anything that can be drawn."""


@dataclass(frozen=True, eq=False)
class Band(Mark):
    """The region f ≤ `level` as polygons (n, 2), painted over the bands before it.

    `height` is where it stands in the pile, from 0 (lowest) to 1 (highest).
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
    """A quantity of an optimizer against the step: points (n, 2), dashed by coordinate."""

    points: Array
    role: int
    dash: int
    label: str = ""
    faint: bool = False


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


@dataclass(frozen=True)
class Panel:
    """Axes: their limits and scales, and the marks on them, first drawn first.

    `equal` asks for one unit on both axes. `steps` marks a horizontal axis that counts steps.
    """

    marks: tuple[Mark, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xlabel: str
    ylabel: str
    title: str = ""
    log: bool = False
    steps: bool = False

    def of(self, kind: type[Mark]) -> list[Mark]:
        """The marks of one kind, in order."""
        return [mark for mark in self.marks if isinstance(mark, kind)]


@dataclass(frozen=True)
class Scene:
    """A figure: a title, panels from left to right, and its description in words (`alt`).

    `values` is f after each step, from step 0, where there is one run to count along.
    """

    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    alt: str
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Timing:
    """How a film runs. Times are in seconds; None leaves the choice to optviz.

    `duration` is that of the motion, between a still of the first and one of the last frame, each
    `hold` long. pace `even` gives every step the same time; `progress` gives it to the steps that
    move, so that creeping is quick. `smooth` interpolates between steps. loop 0 is for ever. `tail`
    is the number of steps whose path stays bright. `max_size` is in bytes.
    """

    fps: float = 20.0
    duration: float | None = None
    hold: float = 1.0
    pace: str = "even"
    loop: int = 0
    smooth: bool = False
    tail: int | None = None
    max_size: int | None = None


@dataclass(frozen=True)
class Look:
    """What a person asks of a figure beyond its content; None leaves the choice to optviz.

    size is in pixels, dpi in dots an inch. `view` frames a trace: `fit` the paths, `lock` start and
    minimum only, `equal` the same unit on both axes. `rate` says which of the three quantities of
    that name `rates` draws: `effective`, `realised`, `asymptotic`. `plane` picks the plane of an
    n-D trace: two coordinates counted from 1, or None for the two extreme eigenvectors.
    """

    title: str | None = None
    labels: tuple[str, ...] = ()
    xlim: tuple[float, float] | None = None
    ylim: tuple[float, float] | None = None
    view: str = "fit"
    rate: str = "effective"
    levels: int | None = None
    plane: tuple[int, int] | None = None
    size: tuple[int, int] = (960, 720)
    dpi: int = 120
    theme: str = "light"
    transparent: bool = False
    font: str | None = None
    counter: bool = False
    colours: int = 255
    timing: Timing = Timing()

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.size[0] / self.size[1]


def finite(points: Array) -> Array:
    """The rows of points (n, 2) without a nan or infinity."""
    return points[np.isfinite(points).all(axis=1)]
