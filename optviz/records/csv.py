"""Tidy rows, one a step, written while the run goes on and read from anybody's log."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import IO, Any

import numpy as np

from optviz.engine import Moment, Walk, starts
from optviz.errors import Unfit
from optviz.records import _table
from optviz.records._format import Format, Run, text_of
from optviz.trajectory import Trajectory


class Csv(Format):
    """Columns run, step, f, x1, …, g1, …, rate1, …; a row holds what is true after its step."""

    suffix = ".csv"
    binary = False
    says = "one step a row, written while the run goes on; for spreadsheets and data frames"

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """Runs 1, 2, … row by row in constant memory; an empty cell for what is not finite.

        Raises `Unfit` where a run has other coordinates than the first.
        """
        dim = 0
        for number, (moments, size) in enumerate(_each(runs), start=1):
            if not dim:
                dim = size
                stream.write(_header(dim))
            if size != dim:
                raise Unfit(f"the table has columns for {dim} coordinates, run {number} has {size}")
            for moment in islice(moments, 0, None, every):
                stream.write(_line(number, moment))

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The runs, without objective and optimizer. Raises `BadFile` with line and column."""
        return _table.read(text_of(data, name), name)


def _each(runs: Iterable[Run]) -> Iterator[tuple[Iterator[Moment], int]]:
    """The moments of each row of each run by itself, and its number of coordinates."""
    for run in runs:
        if isinstance(run, Walk):
            for start in starts(run.objective, run.start):
                yield replace(run, start=start[None]).moments(), len(start)
        else:
            for row in run.rows():
                yield _moments(row), row.dim


def _moments(row: Trajectory) -> Iterator[Moment]:
    blank = np.full_like(row.x[0], np.nan)
    yield Moment(0, row.x[0], row.f[0], blank, blank)
    for i, (x, f, grad, rate) in enumerate(
        zip(row.x[1:], row.f[1:], row.grad, row.rate, strict=True), start=1
    ):
        yield Moment(i * row.stride, x, f, grad, rate)


def _header(dim: int) -> str:
    columns = (f"{part}{i + 1}" for part in ("x", "g", "rate") for i in range(dim))
    return ",".join(["run", "step", "f", *columns]) + "\n"


def _line(number: int, moment: Moment) -> str:
    """One row. Every run pays for it at each step, so it looks for nan once, in the text."""
    t, x, f, grad, rate = moment
    cells = f.tolist() + x.tolist()[0] + grad.tolist()[0] + rate.tolist()[0]
    line = ",".join(map(repr, cells))
    if "n" in line:  # of nan and inf; no number has one
        line = ",".join("" if "n" in cell else cell for cell in line.split(","))
    return f"{number},{t},{line}\n"
