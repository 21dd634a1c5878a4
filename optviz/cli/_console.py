"""The one way to both standard streams for what people read, and for the paths that scripts read.

Data may hold any character: column names, file names, the text of an optimizer in somebody's log.
What would act on the terminal is shown as a sign; only into a pipe or a file do paths go as they
are.
"""

import json
import os
import sys
from typing import Any, TextIO

from optviz.errors.printable import escaped_json, printable
from optviz.text.schema import numbered

BOLD, GREEN, YELLOW, RED = 1, 32, 33, 31  # as terminals number them


def say(text: str) -> None:
    """Prints for people, on standard error."""
    print(printable(text, lines=True), file=sys.stderr)


def row(cells: list[tuple[str, int | None]]) -> None:
    """Prints a line of cells for people on standard error, each in its style or in none."""
    print("  ".join(styled(printable(cell), style) for cell, style in cells), file=sys.stderr)


def show(text: str, style: int | None = None) -> None:
    """Prints for people, on standard output."""
    print(styled(printable(text, lines=True), style))


def path(text: str) -> None:
    """Prints the path of what was written on standard output, exact unless that is a terminal."""
    print(printable(text) if sys.stdout.isatty() else text, flush=True)


def picture(sequences: str) -> None:
    """Prints what makes a terminal show a picture, on standard output."""
    sys.stdout.write(sequences)
    sys.stdout.flush()


def document(data: Any, **how: Any) -> None:
    """Prints JSON with its schema's number on standard output; what cannot be seen is spelled."""
    print(escaped_json(json.dumps(numbered(data), ensure_ascii=False, **how)))


def styled(text: str, style: int | None) -> str:
    """The text in a style of terminals."""
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def coloured(wanted: bool | None, stream: TextIO) -> bool:
    """Whether styles go to the stream: as is wanted, or else as the environment says."""
    if wanted is not None:
        return wanted
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()
