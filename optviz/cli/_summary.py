"""The table of final values, for people: on standard error, in colour at a terminal."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optviz.trajectory import Trajectory

_STYLES = {"converged": "green", "stalled": "yellow", "cycling": "yellow", "diverged": "red"}
_SHOWN = 4  # coordinates in the table; the data formats have them all


def show(runs: "list[Trajectory]", color: bool | None) -> None:
    """One line a run: optimizer, start where they differ, steps, final x and f, status."""
    starts = {tuple(run.x[0, 0]) for run in runs}
    head = ["optimizer", *(["start"] if len(starts) > 1 else []), "steps"]
    dim = min(max((run.dim for run in runs), default=0), _SHOWN)
    head += [*(runs[0].names[:dim] if runs else []), "f", "status"]
    lines = [_line(run, len(starts) > 1, dim) for run in runs]
    if _coloured(color):
        _rich(head, lines)
        return
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    for line in [head, *lines]:
        cells = [
            cell.ljust(width) if i in (0, len(head) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip(), file=sys.stderr)


def _line(run: "Trajectory", with_start: bool, dim: int) -> list[str]:
    start = "(" + ", ".join(f"{v:g}" for v in run.x[0, 0]) + ")"
    status = run.status[0]
    if status != "running":
        status += f" since step {run.status_step[0]}"
    return [
        str(run.optimizer) if run.optimizer else run.label,
        *([start] if with_start else []),
        str(run.steps),
        *(_number(float(v)) for v in run.x[-1, 0, :dim]),
        _number(float(run.f[-1, 0])),
        status,
    ]


def _number(value: float) -> str:
    """Six decimals, as the book prints; what is too large for that with an exponent."""
    return f"{value:.6f}" if not abs(value) >= 1e9 else f"{value:.6e}"


def _coloured(color: bool | None) -> bool:
    if color is not None:
        return color
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def _rich(head: list[str], lines: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(stderr=True, force_terminal=True, no_color=False, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, word in enumerate(head):
        table.add_column(word, justify="left" if i in (0, len(head) - 1) else "right",
                         overflow="fold" if i == 0 else "ellipsis", no_wrap=i != 0)  # fmt: skip
    for line in lines:
        style = _STYLES.get(line[-1].split()[0], "")
        table.add_row(*line[:-1], Text(line[-1], style=style))
    console.print(table)
