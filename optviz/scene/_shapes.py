"""Marks of maps and of theory: cells, boundaries, stacked layers, arrows, discs, lines of text."""

from dataclasses import dataclass
from typing import NamedTuple

from optviz.arrays import Array, Bools
from optviz.scene._marks import Mark


class Bare(NamedTuple):
    """Cells (rows, columns) without a value, and the word that says why, for their middle.

    Those of runs that `diverges` are told from the worst of the others by a hatch where colour
    alone does not.
    """

    label: str
    cells: Bools
    diverges: bool = False


@dataclass(frozen=True, eq=False)
class Cells(Mark):
    """A map: values (rows, columns), row 0 lowest, between the edges xs (columns+1,), ys (rows+1,).

    Colours go from the best to the worst over `span`, by default from the least value to the
    greatest; a nan has none. A key named `label` stands above the panel unless that is "". With
    `names` the values are indices into them, and each name has a colour. `bare` explains cells
    without a colour, `striped` those whose value holds but in part, which have stripes; `texts`
    (rows, columns) stand in the cells where each has room.
    """

    xs: Array
    ys: Array
    values: Array
    label: str
    log: bool = False
    names: tuple[str, ...] = ()
    bare: tuple[Bare, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    span: tuple[float, float] | None = None
    striped: Bare | None = None


@dataclass(frozen=True)
class Region(Mark):
    """The part of the horizontal axis from `left` to `right` where no curve is, and why."""

    left: float
    right: float
    label: str


@dataclass(frozen=True)
class Stop(Mark):
    """Where a curve begins or ends before the panel does, at its last point (x, y), and why.

    `left` says that the gap is left of the point.
    """

    x: float
    y: float
    label: str
    role: int
    left: bool = False


@dataclass(frozen=True, eq=False)
class Border(Mark):
    """The boundary between two regimes, a line (n, 2) named along it; by `theory`, or measured.

    A measured one may have several pieces, with a row of nan between them.
    """

    points: Array
    label: str = ""
    theory: bool = True


@dataclass(frozen=True, eq=False)
class Level(Mark):
    """A line of equal value on a map, with its number in it: points (n, 2), nan between pieces.

    `value` is where the ramp of the map has it, from 0 for the best to 1 for the worst: the line is
    dark on light cells and light on dark ones.
    """

    points: Array
    label: str
    value: float


@dataclass(frozen=True)
class Spot(Mark):
    """A point with a name: a star for an optimum by `theory`, a circle for any other.

    `note` is a second line below the name: its values.
    """

    x: float
    y: float
    label: str
    theory: bool = True
    note: str = ""


@dataclass(frozen=True, eq=False)
class Share(Mark):
    """A layer of a stack against the step: steps (n,), from `low` to `high` (n,).

    `height` picks its colour, from 0 for the lowest layer to 1 for the highest. A key outside the
    panel has the labels in the order of the layers.
    """

    steps: Array
    low: Array
    high: Array
    height: float
    label: str


@dataclass(frozen=True, eq=False)
class Quiver(Mark):
    """Small arrows from points (n, 2) along moves (n, 2), in data units."""

    points: Array
    moves: Array


@dataclass(frozen=True)
class Arrow(Mark):
    """An arrow from (x, y) to (x+dx, y+dy), named at its tip; a role below 0 is that of text.

    A `thin` one is an aid beside what the figure shows.
    """

    x: float
    y: float
    dx: float
    dy: float
    label: str
    role: int = -1
    thin: bool = False


@dataclass(frozen=True)
class Rectangle(Mark):
    """A rectangle from (x−dx, y−dy) to (x+dx, y+dy), named at a corner."""

    x: float
    y: float
    dx: float
    dy: float
    label: str


@dataclass(frozen=True)
class Extent(Mark):
    """The range from `low` to `high` of a row at height y, a bar of height 1, and its middle."""

    low: float
    high: float
    y: float


@dataclass(frozen=True)
class Stem(Mark):
    """A place on the horizontal axis: a line from 0 up to y, named above."""

    x: float
    y: float
    label: str


class Line(NamedTuple):
    """A line of text in one of the styles `row`, `prose`, `muted`, and `gap` (half a line, empty).

    Of a `row` the text ends, and the rest begins, where those of all rows do.
    """

    style: str
    text: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Lines(Mark):
    """Lines of text that fill a panel without axes."""

    lines: tuple[Line, ...]
