"""The table of final values, for people: on standard error, in colour at a terminal."""

import math
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from optviz.trajectory import Trajectory

_BOLD, _GREEN, _YELLOW, _RED = 1, 32, 33, 31  # as terminals number them
_STYLES = {"converged": _GREEN, "stalled": _YELLOW, "cycling": _YELLOW, "diverged": _RED}
_SHOWN = 4  # coordinates in the table; the data formats have them all


def show(runs: "list[Trajectory]", color: bool | None) -> None:
    """One line a run: optimizer, start where they differ, steps, final x and f, status.

    Of many seeds it is the median, of an exact law the mean and the expected f.
    """
    starts = {run.x[0, 0].tobytes() for run in runs}  # nan is another each time
    head = ["optimizer", *(["start"] if len(starts) > 1 else []), "steps"]
    dim = min(max((run.dim for run in runs), default=0), _SHOWN)
    head += [*(runs[0].names[:dim] if runs else []), "f", "status"]
    lines = [_line(run, len(starts) > 1, dim) for run in runs]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    colored = _colored(color, sys.stderr)
    for line in [head, *lines]:
        cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        cells[0], cells[-1] = line[0].ljust(widths[0]), line[-1]
        if colored and line is head:
            cells = [_styled(cell, _BOLD) for cell in cells]
        elif colored:
            cells[-1] = _styled(cells[-1], _STYLES.get(line[-1].split()[0]))
        print("  ".join(cells), file=sys.stderr)


def _line(run: "Trajectory", with_start: bool, dim: int) -> list[str]:
    start = "(" + ", ".join("-" if math.isnan(v) else f"{v:g}" for v in run.x[0, 0]) + ")"
    status = run.status[0]
    if status != "running":
        status += f" since step {run.status_step[0]}"
    stands = f" ({run.stands_for})" if run.stands_for else ""
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


def bold(color: bool | None, stream: TextIO) -> Callable[[str], str]:
    """What makes a text bold on the stream, if colours are wanted there."""
    return (lambda text: _styled(text, _BOLD)) if _colored(color, stream) else str


def _colored(color: bool | None, stream: TextIO) -> bool:
    if color is not None:
        return color
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _styled(cell: str, code: int | None) -> str:
    return f"\x1b[{code}m{cell}\x1b[0m" if code else cell
