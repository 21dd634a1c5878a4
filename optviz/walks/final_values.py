"""The table of final values: how each run ended, as the cells of its row."""

from collections.abc import Callable
from typing import Any, NamedTuple

from optviz.phrases import say
from optviz.text import numbers

_TINY = 1e-4  # an f that six decimals would show too little of
SHOWN = 4  # coordinates in the table; the data formats have them all
Facts = dict[str, Any]  # what `Trajectory.facts` returns


class Row(NamedTuple):
    """The cells of one run as text, a point as a tuple of its coordinates."""

    optimizer: str
    start: tuple[str, ...]
    steps: str
    x: tuple[str, ...]
    f: str
    status: str


def decimal(value: float, column: str) -> str:
    """A value in six decimals, as the book prints it; a start and a small f in six digits."""
    if column == "start" or (column == "f" and 0 < abs(value) < _TINY):
        return numbers.figures(value)
    return numbers.fixed(value)


def row(run: Facts, number: Callable[[float | None, str], str]) -> Row:
    """The cells of a run; `number` writes a value (None if it is not finite) of a named column.

    Of many seeds it is the median, of an exact law the mean and the expected f.
    """
    status = say(f"status {run['status']}")
    if "lost" in run:
        status = say(f"lost {run['lost']}", step=run["lost_step"])
    elif run["status"] != "running":
        status = say("final since", status=status, step=run["status_step"])
    return Row(
        (run["optimizer"] or "-") + _statistic(run),
        tuple(number(value, "start") for value in run["start"]),
        str(run["steps"]),
        tuple(number(value, "x") for value in run["x"][:SHOWN]),
        number(run["f"], "f"),
        status,
    )


def _statistic(run: Facts) -> str:
    """What the run is of many, in brackets; "" for a single run."""
    if "stands_for" not in run:
        return ""
    median = "seeds" in run
    return f" ({say('final median', count=run['seeds']) if median else say('final expected')})"


def starts_differ(runs: list[Facts]) -> bool:
    """Whether the starts are a column of the table."""
    return len({tuple(run["start"]) for run in runs}) > 1
