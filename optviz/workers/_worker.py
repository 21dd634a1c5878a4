"""The loop of a worker process: it runs what comes through a pipe until the pipe is closed."""

import gc
import importlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from optviz.process import signals

_PR_SET_PDEATHSIG = 1  # of Linux's prctl(2)
READY = True  # the first message of a worker


def serve(pipe: Any, load: str) -> None:
    """Runs a worker started with forkserver or spawn."""
    signals.reset()
    _end_with(pipe)
    _load(load)
    _run_all(pipe)


def serve_many(pipes: list[Any], other_ends: list[Any], load: str, parent: int) -> None:
    """Runs a process that imports `load`, forks a worker for each pipe, and waits for their end.

    `other_ends` belong to the parent. Each end is closed in every process that does not use it:
    a pipe reports its end only when the last copy of the other end is closed.
    """
    signals.reset()
    end_with_parent(parent)
    signals.unblock()
    for end in other_ends:
        end.close()
    _load(load)
    gc.freeze()  # or a collection would touch, and so copy, all that they share
    workers: list[int] = []
    with signals.blocked():
        with suppress(OSError):  # too many processes: the other pipes are closed
            for pipe in pipes:
                workers.append(_forked(pipe, [other for other in pipes if other is not pipe]))
        signal.signal(signal.SIGTERM, lambda *_: _kill(workers))
    for pipe in pipes:
        pipe.close()
    while workers:
        workers.remove(os.wait()[0])


def end_with_parent(parent: int) -> None:
    """Ends this process at once when the process that forked it ends."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended already
        os._exit(1)


def outcome(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, Exception | None]:
    """What the function returns, and the exception that it raises."""
    try:
        return fn(*args, **kwargs), None
    except Exception as error:
        return None, error


def _forked(pipe: Any, others: list[Any]) -> int:
    """Forks a worker and returns its process number."""
    parent = os.getpid()
    if pid := os.fork():
        return pid
    try:
        end_with_parent(parent)
        signals.unblock()
        for other in others:
            other.close()
        _run_all(pipe)
    finally:
        os._exit(0)


def _kill(workers: list[int]) -> None:
    for worker in list(workers):
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def _end_with(pipe: Any) -> None:
    """Ends this process at once when the other end of the pipe is closed."""
    if not hasattr(select, "poll"):
        return
    hangup = select.poll()
    hangup.register(pipe.fileno(), 0)

    def watch() -> None:
        hangup.poll()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _load(module: str) -> None:
    if module:
        with suppress(Exception):  # the first task raises it again
            importlib.import_module(module)


def _run_all(pipe: Any) -> None:
    """Runs tasks until the other end of the pipe is closed."""
    with suppress(EOFError, OSError):
        pipe.send(READY)
        while True:
            result = _run_next(pipe)
            for stream in (sys.stdout, sys.stderr):  # this process may end at any time
                with suppress(Exception):
                    stream.flush()
            try:
                pipe.send(result)
            except OSError:
                raise
            except Exception as error:  # it cannot be pickled
                pipe.send((None, TypeError(f"its answer cannot be sent: {error}")))


def _run_next(pipe: Any) -> tuple[Any, Exception | None]:
    try:
        fn, args, kwargs = pipe.recv()
    except (EOFError, OSError):
        raise
    except Exception as error:  # it cannot be read here
        return None, TypeError(f"it cannot be read: {error}")
    return outcome(fn, args, kwargs)
