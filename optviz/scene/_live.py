"""What a scene needs to be drawn anew in a page: its walks as code, and what its marks show."""

from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from optviz.arrays import Array

_BASE64 = 8 / 3  # bytes of a number of 16 bits


class Knob(NamedTuple):
    """A setting that a slider moves from `low` to `high`.

    It goes by factors if `log`, by factors of 1 − value if `near_one`. One of a walk that is rows
    has `stops`, the values for which there are rows.
    """

    name: str
    symbol: str
    value: float
    low: float
    high: float
    log: bool
    stops: tuple[float, ...] = ()
    near_one: bool = False


@dataclass(frozen=True, eq=False)
class LiveWalk:
    """A walk: functions of JavaScript, `begin` and `step`, or recorded `rows` where it has none.

    `text` is the optimizer as people type it, `pattern` that with `{0}` in the place of the first
    knob, "" where it cannot be typed so. `name` is what tells it from others in figures, `title`
    that without what sliders show; an integer in them is the number of the knob whose value stands
    there. `start` (dim) is where it starts. `size` is how many numbers the state of the walk has,
    `rates` the function of a tabulated schedule, `constants` that of C and of the factor of
    inertia, `theory` that of the recurrences of its directions, "" where there is none;
    the settings that they have as inputs are the `knobs`.
    `rows` (steps+1, 1+3·dim) are f, x, and the gradient and the rate of the step after.
    `sweeps` are the rows at each stop of each of the `knobs`, None at the typed value. A page has
    the first of all rows, each `every`-th after it, and the last.
    """

    text: str
    role: int
    start: tuple[float, ...]
    steps: int
    knobs: tuple[Knob, ...] = ()
    begin: str = ""
    step: str = ""
    size: int = 0
    rates: str = ""
    constants: str = ""
    pattern: str = ""
    name: tuple[str | int, ...] = ()
    title: tuple[str | int, ...] = ()
    theory: str = ""
    rows: Array | None = None
    sweeps: tuple[tuple[Array | None, ...], ...] = ()
    every: int = 1

    @property
    def recorded_bytes(self) -> float:
        """About how many bytes its rows, and those of its stops, take in a page."""
        kept = [each.size for each in (self.rows, *chain(*self.sweeps)) if each is not None]
        return sum(kept) * _BASE64 / self.every


class LiveMark(NamedTuple):
    """What a mark shows: a `quantity` of a walk, and of which coordinates.

    `path` is x in the plane, `profile` x and f of one coordinate; `rate`, `realised` (−Δx/g),
    `asymptotic` (with inertia), `sharpness` (λmax of diag(rate)·H), `ratio` (that over C), `f`,
    `gap` (f − f*), `distance` (‖x − x*‖) and `gradient` (its norm) stand against the step. Of
    several coordinates it shows the rates that they share, which they may not from another start.
    """

    panel: int
    mark: int
    walk: int
    quantity: str
    coordinates: tuple[int, ...] = (0,)


class LiveLine(NamedTuple):
    """A line that a panel has for each of some walks: a ceiling, or a guide.

    Of `kind` `curvature` it is C over that `curvature`; of `own` C/Hᵢᵢ(xₜ), of `steepest`
    C/λmax(H(xₜ)), of `diagonal` C over the largest Hᵢᵢ(xₜ); of `constant` C, of `one` 1; of `root`
    the largest first rate times t^(−1/2); of `theory` the first value of a `quantity` times the
    factor a step, to the exponent `power`·t. `coordinates` are those whose own ceiling it is. C is
    2 if `realised`. `mark` is that of the still.
    """

    panel: int
    mark: int
    walks: tuple[int, ...]
    kind: str
    coordinates: tuple[int, ...] = ()
    curvature: float = 0.0
    power: int = 0
    realised: bool = False
    quantity: str = ""


@dataclass(frozen=True, eq=False)
class Live:
    """The walks, marks and lines of a scene, the names of the coordinates, f* and x* where known.

    `hessian` is the function of ∇²f, row by row, where a mark or a line needs it.
    """

    walks: tuple[LiveWalk, ...]
    marks: tuple[LiveMark, ...]
    names: tuple[str, ...]
    lines: tuple[LiveLine, ...] = ()
    hessian: str = ""
    least: float | None = None
    minimiser: tuple[float, ...] = ()
