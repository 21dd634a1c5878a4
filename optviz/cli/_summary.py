"""The table of final values, for people: on standard error, in colour at a terminal."""

import sys
from typing import TYPE_CHECKING

from optviz.cli import _console
from optviz.cli._console import BOLD, GREEN, RED, YELLOW
from optviz.errors.printable import printable
from optviz.walks import final_values

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

_STYLES = {"converged": GREEN, "stalled": YELLOW, "cycling": YELLOW, "diverged": RED}


def show(runs: "list[Trajectory]", color: bool | None) -> None:
    """One line a run: optimizer, start where they differ, steps, final x and f, status."""
    facts = [run.facts() for run in runs]
    with_start = final_values.starts_differ(facts)
    rows = [final_values.row(run, _number) for run in facts]
    coordinates = runs[0].names[: max(len(row.x) for row in rows)] if runs else ()
    head = ["optimizer", *(["start"] if with_start else []), "steps", *coordinates, "f", "status"]
    _print(head, [_line(row, with_start) for row in rows], _console.coloured(color, sys.stderr))


def _line(row: final_values.Row, with_start: bool) -> list[str]:
    start = [f"({', '.join(row.start)})"] if with_start else []
    return [row.optimizer, *start, row.steps, *row.x, row.f, row.status]


def _print(head: list[str], lines: list[list[str]], coloured: bool) -> None:
    """Prints columns as wide as they need to be; the first and the last are aligned left."""
    table = [[printable(cell) for cell in line] for line in (head, *lines)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for index, line in enumerate(table):
        cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        cells[0], cells[-1] = line[0].ljust(widths[0]), line[-1]
        styles: list[int | None] = [None if index else BOLD] * len(cells)
        if index:
            styles[-1] = _STYLES.get(line[-1].split()[0])
        _console.row([(c, s if coloured else None) for c, s in zip(cells, styles, strict=True)])


def _number(value: float | None, column: str) -> str:
    return "-" if value is None else final_values.decimal(value, column)
