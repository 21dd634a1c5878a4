"""`--watch`: draws again when a file that was read has changed, until Ctrl-C.

Libraries and fonts stay loaded, so a figure is there a moment after a save.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from optviz import files
from optviz.cli import _console
from optviz.cli._notes import noted
from optviz.errors import OptvizError, Unfit, WorldError
from optviz.files import atomic, watching

_PATIENCE = 0.3  # seconds for which a mistake must stay: it may be a file that is half written
_BEGUN = time.time_ns()  # with the number of the process, a name that no other has


def refuse_streams(paths: list[str], *, missing: bool = False) -> None:
    """Raises `Unfit` for what can be read once only, `WorldError` for a file that is missing.

    Those may be `missing` that are waited for.
    """
    for path in paths:
        if path != "-":
            with files.telling("read", path):
                if files.status(path) is None and missing:
                    continue
                files.resolved(path).stat()
        if path == "-" or not files.is_regular(path):
            name = files.display_name(path)
            raise Unfit(f"--watch wants files, and {name} is read once; write it to a file")


@contextmanager
def cache(folder: str | None) -> Iterator[str]:
    """The folder of a cache if it can be written, else one for the time of the block."""
    if folder is not None:
        with suppress(OSError):
            Path(folder).mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            yield folder
            return
    with atomic.scratch() as temporary:
        yield str(temporary)


def watch(
    paths: list[str],
    draw: Callable[[str], object],
    tell: Callable[[OptvizError], None],
    quiet: bool,
) -> NoReturn:
    """Calls `draw`, and again whenever a file that it read has changed; a signal ends it.

    `paths` are those that were named. `draw` is given a name for the code from outside as it is
    loaded. Its error is given to `tell`, and then the next change is waited for.
    """
    from optviz import optimizers

    home, code = Path.cwd(), 0
    states = _round(home, paths, partial(draw, _code_name(code)), tell, quiet)
    _warm()
    if not quiet:
        _console.say(f"{_files(len(states))} watched; Ctrl-C ends")
    while True:
        if changed := watching.changes(states):
            code += optimizers.forget(changed)
            states = _round(home, paths, partial(draw, _code_name(code)), tell, quiet)


def _round(
    home: Path,
    paths: list[str],
    draw: Callable[[], object],
    tell: Callable[[OptvizError], None],
    quiet: bool,
) -> watching.States:
    """Draws once; the states of the files that were read.

    A mistake is told unless a file changes soon, which `watch` then sees.
    """
    with watching.reads(home) as states:
        for path in paths:
            watching.note(path)
        try:
            _enter(home)
            with noted(quiet):
                draw()
            mistake = None
        except OptvizError as error:
            mistake = error
    if mistake and not watching.changes(states, _PATIENCE):
        tell(mistake)
    sys.stdout.flush()
    return states


def _enter(home: Path) -> None:
    """Makes `home` the current folder: one that was removed, and is there again, is another."""
    try:
        os.chdir(home)
    except OSError:
        raise WorldError("read", str(home), "the current folder is gone") from None


def _warm() -> None:
    """Draws a figure into memory, so that the first save finds all libraries and fonts loaded."""
    import io

    from optviz import render
    from optviz.spec.figure import from_options

    drawing = from_options("trace").draw()
    render.write(drawing.scene, drawing.look, "png", io.BytesIO())


def _code_name(code: int) -> str:
    """A name for the code from outside, as this process has loaded it after so many changes."""
    return f"{os.getpid()}-{_BEGUN}-{code}"


def _files(count: int) -> str:
    return "1 file is" if count == 1 else f"{count} files are"
