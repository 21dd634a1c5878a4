"""A bar on standard error for what lasts over a second, at a terminal only."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from optviz.errors.printable import printable
from optviz.process import signals

if TYPE_CHECKING:
    from optviz.render import Watch

_PATIENCE = 1.0  # seconds
_bars: list[Any] = []  # those that are shown


@contextmanager
def progress(name: str, quiet: bool) -> "Iterator[Watch]":
    """Gives a function to tell of each frame; the bar comes after a second and goes at the end."""
    if quiet or not sys.stderr.isatty():
        yield lambda _number, _total: None
        return
    begun = time.monotonic()

    def watch(number: int, total: int) -> None:
        if not _bars and time.monotonic() - begun > _PATIENCE:
            _show(name, total)
        if _bars:
            _bars[0].update(_bars[0].task_ids[0], completed=number, total=total)

    try:
        yield watch
    finally:
        _remove()


@signals.cleanup
def _remove() -> None:
    """Takes the bar off the terminal, and shows the cursor again."""
    while _bars:
        _bars.pop().stop()


def _show(name: str, total: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task(escape(printable(name)), total=total)  # rich takes [red] for a style
    _bars.append(bar)  # before it hides the cursor
    bar.start()
