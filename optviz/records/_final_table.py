"""The base class of tables of final values, one row a run: for documents, not for programs."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import IO, Any, NamedTuple

import numpy as np

from optviz.decimals import is_number
from optviz.errors import BadFile, Unfit
from optviz.errors.printable import printable
from optviz.optimizers import Optimizer
from optviz.records._format import Format, Run
from optviz.text.numbers import typographic
from optviz.text.settings import show
from optviz.walks import final_values
from optviz.walks.engine import Walk
from optviz.walks.seeds import medians
from optviz.walks.trajectory import Trajectory


class Column(NamedTuple):
    """A column: its head and cells, in the spelling of the format."""

    head: str
    cells: list[str]
    is_number: bool = True


class FinalTable(Format):
    """A table with optimizer, settings, steps, x, f and status of each run.

    A subclass spells texts and numbers (`words`, `number`, `coordinate`) and writes columns.
    """

    binary = False
    holds_steps = False

    @abstractmethod
    def words(self, text: str) -> str:
        """A text as the format spells it."""

    @abstractmethod
    def number(self, text: str) -> str:
        """A decimal such as `-2.5` or `1e-07` as the format spells it."""

    @abstractmethod
    def coordinate(self, name: str) -> str:
        """The name of a coordinate; `x1` and the like have their number below."""

    @abstractmethod
    def table(self, columns: list[Column]) -> str:
        """The whole file."""

    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """One row a run, whatever `every` is; many seeds are one row, with their median.

        Raises `Unfit` for runs without a path, such as those of logged gradients.
        """
        del every
        whole = [run.run() if isinstance(run, Walk) else run for run in runs]
        if all(np.isnan(run.x).all() for run in whole):
            raise Unfit(
                "no path belongs to these gradients, so no final values; jsonl has the rates"
            )
        stream.write(self.table(self._columns(medians(whole))))

    def read(self, data: bytes, name: str) -> list[Trajectory]:
        del data
        raise BadFile(name, "a table of final values has no steps; jsonl, csv or npz is wanted")

    def _columns(self, runs: list[Trajectory]) -> list[Column]:
        facts = [run.facts() for run in runs]
        rows = [final_values.row(fact, self._decimal) for fact in facts]
        columns = [
            self._texts("optimizer", map(_name, runs)),
            self._texts("settings", map(_settings, runs)),
        ]
        if final_values.starts_differ(facts):
            starts = [f"({', '.join(row.start)})" for row in rows]
            columns.append(Column("start", starts))
        columns.append(Column("steps", [row.steps for row in rows]))
        columns += self._coordinates(runs, [row.x for row in rows])
        columns.append(Column(self.coordinate("f"), [row.f for row in rows]))
        return [*columns, self._texts("status", (row.status for row in rows))]

    def _coordinates(self, runs: list[Trajectory], x: list[tuple[str, ...]]) -> list[Column]:
        """The first coordinates, and a column of dots for others."""
        count = max(map(len, x), default=0)
        longest = max(runs, key=lambda run: run.dim) if runs else None
        names = list(longest.names[:count]) if longest else []
        columns = [
            Column(self.coordinate(name), [row[i] if i < len(row) else "" for row in x])
            for i, name in enumerate(names)
        ]
        more = longest.dim - count if longest else 0
        dots = [self.words("…") if run.dim > count else "" for run in runs]
        return [*columns, Column(self.words(f"{more} more"), dots)] if more else columns

    def _texts(self, head: str, cells: Iterable[str]) -> Column:
        return Column(head, [self.words(printable(cell)) for cell in cells], is_number=False)

    def _decimal(self, value: float | None, column: str) -> str:
        if value is None:
            return self.words("–")
        text = final_values.decimal(value, column)
        return self.number(text if float(text) else text.removeprefix("-"))


def _name(run: Trajectory) -> str:
    """The label of a run, or the name of its rule with its dialect; what it is of many seeds."""
    name = run.label or (_title(run.optimizer) if run.optimizer else "–")
    return f"{name} ({run.statistic})" if run.statistic else name


def _title(optimizer: Optimizer) -> str:
    return optimizer.rule.title + (f" ({optimizer.dialect})" if optimizer.dialect else "")


def _settings(run: Trajectory) -> str:
    """`η = 0.4, ε = 10⁻⁶`."""
    if run.optimizer is None:
        return "–"
    known = run.optimizer.rule.settings()
    symbols = {"eta": "η"} | {name: meaning.symbol or name for name, meaning in known.items()}
    pairs = ((symbols.get(k, k), show(v)) for k, v in run.optimizer.settings().items())
    return ", ".join(f"{k} = {typographic(v) if is_number(v) else v}" for k, v in pairs)


def aligned(columns: list[Column]) -> list[list[str]]:
    """The cells of each line, the head first, as wide as their columns; numbers to the right."""
    padded = []
    for column in columns:
        cells = [column.head, *column.cells]
        width = max(map(len, cells))
        padded.append([c.rjust(width) if column.is_number else c.ljust(width) for c in cells])
    return [list(line) for line in zip(*padded, strict=True)]
