"""Tables with one step a row, written while the run goes on and read from anybody's log."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import StringIO
from itertools import islice
from typing import IO, Any

import numpy as np

from optviz import files
from optviz.errors import Unfit
from optviz.files.signatures import refuse_binary
from optviz.objectives import Objective
from optviz.records import _step_table
from optviz.records._format import Format, Run
from optviz.walks.engine import Walk, starts
from optviz.walks.stepping import Moment
from optviz.walks.trajectory import Trajectory


class Csv(Format):
    """Columns run, step, f, x1, …, g1, …, rate1, …; a row holds what is true after its step.

    Features of a data set have their names: x.age, …, g.age, …, rate.age, ….
    """

    suffix = ".csv"
    media_type = "text/csv"
    binary = False
    says = "one step a row, written while the run goes on; for spreadsheets and data frames"
    opening = b"run,step,f,"

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """Runs 1, 2, … row by row in constant memory; an empty cell for what is not finite.

        Raises `Unfit` where a run has other coordinates than the first.
        """
        dim = 0
        for number, (moments, names) in enumerate(_rows(runs), start=1):
            if not dim:
                dim = len(names)
                stream.write(_header(names))
            if len(names) != dim:
                other = f"run {number} has {len(names)}"
                raise Unfit(f"the table has columns for {dim} coordinates, {other}")
            for moment in islice(moments, 0, None, every):
                stream.write(_line(number, moment))

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The runs, without objective and optimizer. Raises `BadFile` with line and column."""
        refuse_binary(name, data)
        return _step_table.read(files.decoded(data, name), name)


def _rows(runs: Iterable[Run]) -> Iterator[tuple[Iterator[Moment], list[str]]]:
    """The moments of each row of each run, and the endings of its coordinates' columns."""
    for run in runs:
        if isinstance(run, Walk):
            for start in starts(run.objective, run.start):
                yield replace(run, start=start[None]).moments(), _names(run.objective, len(start))
        else:
            for row in run.rows():
                yield _moments(row), _names(row.objective, row.dim)


def _names(objective: Objective | None, dim: int) -> list[str]:
    if objective is not None and objective.data is not None:
        return [f".{name}" for name in objective.names]
    return [str(i + 1) for i in range(dim)]


def _moments(row: Trajectory) -> Iterator[Moment]:
    blank = np.full_like(row.x[0], np.nan)
    yield Moment(0, row.x[0], row.f[0], blank, blank)
    for i, (x, f, grad, rate) in enumerate(
        zip(row.x[1:], row.f[1:], row.grad, row.rate, strict=True), start=1
    ):
        yield Moment(i * row.stride, x, f, grad, rate)


def _header(names: list[str]) -> str:
    columns = (f"{part}{name}" for part in ("x", "g", "rate") for name in names)
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(["run", "step", "f", *columns])
    return line.getvalue()


def _line(number: int, moment: Moment) -> str:
    """One row. It is written at each step of each run, so nan is looked for once, in the text."""
    t, x, f, grad, rate = moment
    cells = f.tolist() + x.tolist()[0] + grad.tolist()[0] + rate.tolist()[0]
    line = ",".join(map(repr, cells))
    if "n" in line:  # of nan and inf; no number has one
        line = ",".join("" if "n" in cell else cell for cell in line.split(","))
    return f"{number},{t},{line}\n"
