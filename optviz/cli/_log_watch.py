"""`plot --watch`: draws again while a training writes its log."""

import sys
import time
from collections.abc import Callable
from typing import NoReturn

from optviz.cli import _console, _watch
from optviz.cli._options import OutSpec
from optviz.errors import OptvizError, Unfit

_APART = 1.0  # seconds between two drawings at least: a training wants its processor
_CLEAR = "\x1b[2J\x1b[H"  # the screen of a terminal, before a picture takes the last one's place


def watch(draw: Callable[[], object], paths: list[str], out: OutSpec) -> NoReturn:
    """Draws, and again whenever one of the files has changed; a signal ends it.

    Raises `Unfit` for what can be read or written once only.
    """
    _watch.refuse_streams(paths)
    if "-" in out.output:
        raise Unfit("--watch writes -o - again and again; give it a file")
    last = -_APART

    def again(_code: str) -> None:
        nonlocal last
        time.sleep(max(last + _APART - time.monotonic(), 0.0))
        last = time.monotonic()
        if out.show and sys.stdout.isatty():
            _console.picture(_CLEAR)
        draw()

    _watch.watch(paths, again, _tell, out.quiet)


def _tell(error: OptvizError) -> None:
    _console.say(f"optviz: {error}")
