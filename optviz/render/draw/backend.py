"""Imports matplotlib, whatever the environment says of it, and without its remarks.

Nothing here needs a backend for windows, but `import matplotlib` fails where MPLBACKEND names one
that is not installed, as it does in `!optviz` of a notebook.
"""

import importlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, suppress
from pathlib import Path
from typing import Any

from optviz import files, process

_STALE = 60  # seconds; matplotlib holds a lock for as long as it takes to write one small file


def ready() -> None:
    """Imports matplotlib, for a command as a command does, under a user's program as a library."""
    if "matplotlib" not in sys.modules:
        load() if process.ours else _imported()


def _imported() -> Any:
    """Imports matplotlib with the backend that MPLBACKEND names, if there is such a one."""
    if "matplotlib" in sys.modules:
        return sys.modules["matplotlib"]
    backend = os.environ.pop("MPLBACKEND", "")
    try:
        matplotlib = importlib.import_module("matplotlib")
    finally:
        if backend:
            os.environ["MPLBACKEND"] = backend
    if backend:
        with suppress(ValueError):  # there is no such backend, and none is needed
            matplotlib.rcParams["backend"] = backend
    return matplotlib


def load() -> None:
    """Imports matplotlib for a program: no `matplotlibrc` of the current folder, no remarks.

    Raises `WorldError` where matplotlib finds no folder for its cache.
    """
    import logging

    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    with _elsewhere():
        matplotlib = _imported()
    if process.ours:  # docstrings of every class, built at import, which no command shows: 80 ms
        vars(importlib.import_module("matplotlib.artist"))["kwdoc"] = lambda _artist: ""
    with files.telling("make", "the cache of matplotlib (MPLCONFIGDIR)"):
        cache = matplotlib.get_cachedir()
    _unlock(Path(cache))


@contextmanager
def _elsewhere() -> Iterator[None]:
    """A folder without a `matplotlibrc` as the current one."""
    with ExitStack() as stack:
        with suppress(OSError):  # it was deleted: nothing in it can be read
            Path.cwd()
            stack.enter_context(chdir(Path(__file__).parent))
        yield


def _unlock(cache: Path) -> None:
    """Removes locks that a process left that was killed: each later one would wait 5 s for them."""
    for lock in cache.glob("*.matplotlib-lock"):
        with suppress(OSError):
            if time.time() - lock.stat().st_mtime > _STALE:
                lock.unlink()


@contextmanager
def hushed(*names: str) -> Iterator[None]:
    """No warnings of these loggers: of a font without a bold face, or older than its tables say."""
    import logging

    with ExitStack() as stack:
        for logger in map(logging.getLogger, names):
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(logging.CRITICAL)
        yield
