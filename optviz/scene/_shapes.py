"""The marks of maps and of theory: cells, borders, shares, arrows, discs, lines of text."""

from dataclasses import dataclass

from optviz.arrays import Array, Bools
from optviz.scene._marks import Mark


@dataclass(frozen=True, eq=False)
class Cells(Mark):
    """A map: values (rows, columns), row 0 lowest, between the edges xs (columns+1,), ys (rows+1,).

    Coloured from dark to pale over `span`, or from the least value to the greatest; nan is left
    bare. A key named `label` stands beside the panel, none where that is "". Where `names` are
    given the values are indices into them, a colour each. `bare` says what bare cells mean: words
    and which cells (rows, columns).
    """

    xs: Array
    ys: Array
    values: Array
    label: str
    log: bool = False
    names: tuple[str, ...] = ()
    bare: tuple[tuple[str, Bools], ...] = ()
    span: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Border(Mark):
    """A line (n, 2) that parts two regimes, named along it; `theory` tells derived from measured.

    A measured one may be several pieces, parted by a row of nan.
    """

    points: Array
    label: str = ""
    theory: bool = True


@dataclass(frozen=True)
class Spot(Mark):
    """A place with a name: a star where theory says so, else a ring that a person asked for."""

    x: float
    y: float
    label: str
    theory: bool = True


@dataclass(frozen=True, eq=False)
class Share(Mark):
    """One layer of a stack against the step: steps (n,), from `low` to `high` (n,); from 0 to 1.

    `height` is where it stands among the layers, from 0 to 1.
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
    """One arrow from (x, y) to (x+dx, y+dy), named at its tip; a role below 0 is ink."""

    x: float
    y: float
    dx: float
    dy: float
    label: str
    role: int = -1


@dataclass(frozen=True)
class Rectangle(Mark):
    """A box from (x−dx, y−dy) to (x+dx, y+dy), with its name at a corner."""

    x: float
    y: float
    dx: float
    dy: float
    label: str


@dataclass(frozen=True)
class Disc(Mark):
    """A disc about (x, y) on an axis, its radius in the units of x."""

    x: float
    y: float
    radius: float
    role: int
    label: str = ""


@dataclass(frozen=True)
class Lines(Mark):
    """Lines of text that fill a panel without axes: pairs of a style and words.

    The styles: `head` (bold), `text`, `muted`, `math` (larger, LaTeX), `gap` (half a line).
    """

    lines: tuple[tuple[str, str], ...]
