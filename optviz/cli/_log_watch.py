"""`plot --watch`: draws again while a training writes its log, which need not be there yet."""

import sys
import time
from collections.abc import Callable
from typing import NoReturn

from optviz import files
from optviz.cli import _console, _watch
from optviz.cli._options import OutSpec
from optviz.errors import NothingYet, OptvizError, Unfit

_APART = 1.0  # seconds between two drawings at least: a training wants its processor
_SPARING = 4  # times as long as a drawing takes, where that is more
_CLEAR = "\x1b[2J\x1b[H"  # the screen of a terminal, before a picture takes the last one's place


def watch(draw: Callable[[], object], paths: list[str], out: OutSpec) -> NoReturn:
    """Draws, and again whenever one of the files has changed; a signal ends it.

    Raises `Unfit` for what can be read or written once only.
    """
    _watch.refuse_streams(paths, missing=True)
    if "-" in out.output:
        raise Unfit("--watch writes -o - again and again; give it a file")
    watched = _Watched(draw, paths, out)
    _watch.watch(paths, watched.again, watched.tell, out.quiet)


class _Watched:
    """The picture of files that grow, and what was said of them last."""

    def __init__(self, draw: Callable[[], object], paths: list[str], out: OutSpec) -> None:
        self._draw, self._paths, self._out = draw, paths, out
        self._next = 0.0
        self._said = ""

    def again(self, _code: str) -> None:
        """Draws, a while after the last time. Raises `OptvizError`."""
        time.sleep(max(self._next - time.monotonic(), 0.0))
        begun = time.monotonic()
        try:
            if self._out.show and sys.stdout.isatty():
                _console.picture(_CLEAR)
            self._draw()
            self._said = ""
        finally:
            self._next = begun + max(_APART, (1 + _SPARING) * (time.monotonic() - begun))

    def tell(self, error: OptvizError) -> None:
        """Says what is wrong, or what is waited for, unless that was said last."""
        missing = [path for path in self._paths if files.status(path) is None]
        waited = ", ".join(map(files.display_name, missing))
        if not missing and isinstance(error, NothingYet):
            waited = f"the first step in {error.path}"
        said = f"waiting for {waited}" if waited else f"optviz: {error}"
        if said != self._said and not (waited and self._out.quiet):
            _console.say(said)
        self._said = said
