"""What a scene needs to be drawn anew in a page: its walks as code, and what its marks show."""

from dataclasses import dataclass
from typing import NamedTuple

from optviz.arrays import Array


class Knob(NamedTuple):
    """A setting that a slider moves from `low` to `high`, by factors if `log`.

    One of a walk that is rows has `stops`, the values for which there are rows.
    """

    name: str
    symbol: str
    value: float
    low: float
    high: float
    log: bool
    stops: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class LiveWalk:
    """A walk: functions of JavaScript, `begin` and `step`, or recorded `rows` where it has none.

    `text` is the optimizer as people type it, `name` as figures have it, `start` (dim) where it
    starts. `settings` are the values of the code's settings, the first are those of the `knobs`.
    `size` is how many numbers the state of the walk has, `rates` are those of a tabulated schedule.
    `rows` (steps+1, 1+3·dim) are f, x, and the gradient and the rate of the step after.
    `sweeps` are the rows at each stop of each of the `knobs`, None at the typed value. A page has
    the first of all rows, each `every`-th after it, and the last.
    """

    name: str
    text: str
    role: int
    start: tuple[float, ...]
    steps: int
    knobs: tuple[Knob, ...] = ()
    begin: str = ""
    step: str = ""
    size: int = 0
    rates: tuple[float, ...] = ()
    rows: Array | None = None
    sweeps: tuple[tuple[Array | None, ...], ...] = ()
    every: int = 1


class LiveMark(NamedTuple):
    """What a mark shows: a `quantity` of a walk, and of which coordinate.

    `path` is x in the plane, `profile` x and f of one coordinate; `rate`, `f`, `gap` (f − f*),
    `distance` (‖x − x*‖) and `gradient` (its norm) stand against the step.
    """

    panel: int
    mark: int
    walk: int
    quantity: str
    coordinate: int = 0


@dataclass(frozen=True, eq=False)
class Live:
    """The walks and marks of a scene, the names of the coordinates, f* and x* where known."""

    walks: tuple[LiveWalk, ...]
    marks: tuple[LiveMark, ...]
    names: tuple[str, ...]
    least: float | None = None
    minimiser: tuple[float, ...] = ()
