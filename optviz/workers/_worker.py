"""The loop of a worker process: it runs what comes through a pipe until the pipe is closed."""

import importlib
import os
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from optviz.process import signals

READY = True  # the first message of a worker


def serve(pipe: Any, load: str) -> None:
    """Runs a worker started with forkserver or spawn."""
    signals.reset()
    _end_with(pipe)
    _load(load)
    _run_all(pipe)


def outcome(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, Exception | None]:
    """What the function returns, and the exception that it raises."""
    try:
        return fn(*args, **kwargs), None
    except Exception as error:
        return None, error


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
