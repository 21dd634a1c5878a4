"""Signals that end a command: SIGINT, SIGTERM and SIGHUP.

Their handler raises nothing: an exception of a handler can occur within an import, a destructor or
a callback, where Python prints it and goes on. Instead it calls the registered cleanup functions
and ends the process at once.
"""

import atexit
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # typing itself would take 10 ms, in which Ctrl-C is not handled yet
if TYPE_CHECKING:
    from types import FrameType

ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_cleanups: list[Callable[[], None]] = []
ending = False  # whether a signal is ending this process


def cleanup(function: Callable[[], None]) -> Callable[[], None]:
    """Registers a function that a signal calls before it ends the process; a decorator."""
    _cleanups.append(function)
    return function


def install() -> None:
    """Installs the handler. Signals that are ignored, by nohup or in the background, stay so."""
    for number in _not_ignored():
        signal.signal(number, _end)


def reset() -> None:
    """Restores the usual handlers in a forked process; SIGINT is left to its parent."""
    for number in _not_ignored():
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def blocked(numbers: tuple[signal.Signals, ...] = ENDING) -> Iterator[None]:
    """Blocks signals, here and in the processes that start in the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _not_ignored() -> list[signal.Signals]:
    return [number for number in ENDING if signal.getsignal(number) != signal.SIG_IGN]


def _end(number: int, _frame: "FrameType | None") -> None:
    global ending  # noqa: PLW0603 - there is one process
    ending = True
    for each in ENDING:  # `timeout` and closing terminals send several
        signal.signal(each, signal.SIG_IGN)
    for function in reversed(_cleanups):
        with suppress(Exception):
            function()
    with suppress(Exception):
        atexit._run_exitfuncs()  # which also end the workers
    os._exit(128 + number)
