"""The table of final values, for people: on standard error, in colour at a terminal."""

import math
import sys
from typing import TYPE_CHECKING

from optviz.cli import _console
from optviz.cli._console import BOLD, GREEN, RED, YELLOW
from optviz.errors.printable import visible

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

_STYLES = {"converged": GREEN, "stalled": YELLOW, "cycling": YELLOW, "diverged": RED}
_SHOWN = 4  # coordinates in the table; the data formats have them all


def show(runs: "list[Trajectory]", color: bool | None) -> None:
    """One line a run: optimizer, start where they differ, steps, final x and f, status.

    Of many seeds it is the median, of an exact law the mean and the expected f.
    """
    starts = {run.x[0, 0].tobytes() for run in runs}  # nan is another each time
    head = ["optimizer", *(["start"] if len(starts) > 1 else []), "steps"]
    dim = min(max((run.dim for run in runs), default=0), _SHOWN)
    head += [*(runs[0].names[:dim] if runs else []), "f", "status"]
    head = [visible(name) for name in head]
    lines = [[*map(visible, _line(run, len(starts) > 1, dim))] for run in runs]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    coloured = _console.coloured(color, sys.stderr)
    for line in [head, *lines]:
        cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        cells[0], cells[-1] = line[0].ljust(widths[0]), line[-1]
        styles: list[int | None] = [BOLD if line is head else None] * len(cells)
        if line is not head:
            styles[-1] = _STYLES.get(line[-1].split()[0])
        _console.row([(c, s if coloured else None) for c, s in zip(cells, styles, strict=True)])


def _line(run: "Trajectory", with_start: bool, dim: int) -> list[str]:
    start = "(" + ", ".join("-" if math.isnan(v) else f"{v:g}" for v in run.x[0, 0]) + ")"
    status = run.status[0]
    if status != "running":
        status += f" since step {run.status_step[0]}"
    stands = f" ({run.statistic})" if run.statistic else ""
    return [
        str(run.optimizer or run.label or "-") + stands,
        *([start] if with_start else []),
        str(run.steps),
        *(_number(float(v)) for v in run.x[-1, 0, :dim]),
        _number(float(run.f[-1, 0]), tiny=1e-4),
        status,
    ]


def _number(value: float, tiny: float = 0.0) -> str:
    """Six decimals, as the book prints; an exponent for what is too large or too tiny for that."""
    if math.isnan(value):
        return "-"
    if 0 < abs(value) < tiny:
        return f"{value:.6g}"
    return f"{value:.6f}" if not abs(value) >= 1e9 else f"{value:.6e}"
