"""Workers on this machine: the process itself, and others."""

import importlib
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from optviz.workers._done import Make, given


class _Here(Executor):
    """Works in this process, at once."""

    ahead = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        result, error = _answer(fn, args, kwargs)
        done.set_exception(error) if error else done.set_result(result)
        return done


here: Make = given(_Here())


def processes(jobs: int, load: str = "") -> Make:
    """Processes on this machine, `jobs` of them; 1 is this process alone.

    load: a module that each has imported before its first work.
    """
    if jobs == 1:
        return here
    context = _context(load)
    return lambda: _Pool(jobs, load, context)


class _Pool(ThreadPoolExecutor):
    """Processes, each with a pipe and a thread of its own that waits for it.

    So a process that is killed costs the work it had and nothing else. All processes of a
    `ProcessPoolExecutor` share two pipes: one killed in the middle of an answer stops the rest for
    ever.
    """

    def __init__(self, jobs: int, load: str, context: Any) -> None:
        super().__init__(jobs)
        self._load, self._context = load, context
        self._own = threading.local()
        self._hired: list[tuple[Any, Any]] = []  # processes and our ends of their pipes
        self._leaving = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return super().submit(self._ask, fn, *args, **kwargs)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._leaving = kind is not None  # interrupted, or failed fast: nobody waits any more
        for process, _pipe in list(self._hired) if kind else ():
            process.kill()
        self.shutdown(wait=True, cancel_futures=True)
        for process, pipe in self._hired:
            pipe.close()  # and it ends
            process.join()

    def _ask(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            pipe = getattr(self._own, "pipe", None) or self._hire()
            pipe.send((fn, args, kwargs))
            result, error = pipe.recv()
        except (EOFError, OSError) as broken:
            self._own.pipe = None
            raise BrokenExecutor("it died") from broken
        if error:
            raise error
        return result

    def _hire(self) -> Any:
        self._own.pipe, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._load), daemon=True)
        process.start()
        theirs.close()  # now it is the process's alone, and its death is heard
        self._hired.append((process, self._own.pipe))
        if self._leaving:
            process.kill()
        return self._own.pipe


def _context(load: str) -> Any:
    """How processes begin: never as a fork of this one, which may have threads and locks.

    On Linux they are forks of one that has loaded what they need, and it begins with that at once,
    beside whatever comes before the first work.
    """
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([load] if load else [])
    resource_tracker.ensure_running()  # it comes with the other, and takes the mask off
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C is not for them
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _serve(pipe: Any, load: str) -> None:
    """What a process does: it answers until nobody asks. Ctrl-C is its parent's to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if load:
        with suppress(Exception):  # the first work meets it again, and says it
            importlib.import_module(load)
    with suppress(EOFError, OSError):  # the parent is done, or gone
        while True:
            pipe.send(_answer(*pipe.recv()))


def _answer(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, Exception | None]:
    """What the function gives, and what it raises."""
    try:
        return fn(*args, **kwargs), None
    except Exception as error:
        return None, error
