"""Processes that answer at a pipe, and how they begin."""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from optviz import process


class Worker:
    """A process, begun as one can be from a process that has threads, and locks."""

    def __init__(self, load: str) -> None:
        context = begin(load)
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, load), daemon=True)
        self._process.start()
        theirs.close()  # now it is the process's alone, and its death is heard

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Waits for its end, as nobody asks any more."""
        self.pipe.close()
        self._process.join()


class Nursery:
    """Processes forked from one that loads first, itself a fork of this: quicker than any other."""

    def __init__(self, jobs: int, load: str) -> None:
        import multiprocessing

        context: Any = multiprocessing.get_context("fork")
        pairs = [context.Pipe() for _ in range(jobs)]
        self.pipes = [ours for ours, _ in pairs]
        _LIVING.add(self)
        ends = [pipe for one in _LIVING for pipe in one.pipes]
        theirs = [pipe for _, pipe in pairs]
        self._process = context.Process(target=_nurse, args=(theirs, ends, load), daemon=True)
        with _deaf(signal.SIGINT):  # Ctrl-C at a terminal is not for them
            self._process.start()
        for pipe in theirs:
            pipe.close()

    def kill(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        """Waits for the end of all, as nobody asks any more."""
        for pipe in self.pipes:
            pipe.close()
        self._process.join()


_LIVING: WeakSet[Nursery] = WeakSet()


def nursery(jobs: int, load: str) -> Nursery | None:
    """A nursery, None where this process may not be forked as it is.

    It may if it is one of ours, has no second thread, and the system lets it.
    """
    try:
        alone = process.ours and len(list(Path("/proc/self/task").iterdir())) == 1
        return Nursery(jobs, load) if alone else None
    except OSError:
        return None


def _nurse(pipes: list[Any], ends: list[Any], load: str) -> None:
    """What the first process of a nursery does: it loads, forks the others, and outlives them.

    `ends` are those of the parent. Each end of a pipe is closed where it is not used, or nobody
    would hear that it is closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in ends:
        end.close()
    _load(load)
    gc.freeze()  # or a collection would touch, and so copy, all that they share
    pids: list[int] = []
    with _deaf(signal.SIGTERM):
        with suppress(OSError):  # too many: at the pipes that are left it is heard
            for pipe in pipes:
                pids.append(_forked(pipe, [other for other in pipes if other is not pipe]))
        signal.signal(signal.SIGTERM, lambda *_: _kill(pids))
    for pipe in pipes:
        pipe.close()
    while pids:
        pids.remove(os.wait()[0])


def _forked(pipe: Any, others: list[Any]) -> int:
    """Forks a process that answers at the pipe; its number."""
    if pid := os.fork():
        return pid
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        for other in others:
            other.close()
        _answer_all(pipe)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):  # closed, or nobody is left to be told
                stream.flush()
        os._exit(0)


def _kill(pids: list[int]) -> None:
    for pid in list(pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def _deaf(sign: signal.Signals) -> Iterator[None]:
    """Holds a signal back, here and in what begins in the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {sign})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin(load: str) -> Any:
    """How processes begin where this one may not be forked.

    On Linux they are forks of one that was begun anew and has loaded what they need.
    """
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([load] if load else [])
    resource_tracker.ensure_running()  # it comes with the other, and takes the mask off
    with _deaf(signal.SIGINT):
        forkserver.ensure_running()
    return context


def _serve(pipe: Any, load: str) -> None:
    """What a worker does. Ctrl-C is its parent's to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _load(load)
    _answer_all(pipe)


def _load(module: str) -> None:
    if module:
        with suppress(Exception):  # the first work meets it again, and says it
            importlib.import_module(module)


def _answer_all(pipe: Any) -> None:
    """Answers until nobody asks."""
    with suppress(EOFError, OSError):  # the parent is done, or gone
        while True:
            said = _answer(pipe)
            try:
                pipe.send(said)
            except OSError:
                raise
            except Exception as error:  # it cannot be pickled
                pipe.send((None, TypeError(f"its answer cannot be sent: {error}")))


def _answer(pipe: Any) -> tuple[Any, Exception | None]:
    try:
        asked = pipe.recv()
    except (EOFError, OSError):
        raise
    except Exception as error:  # it cannot be read here
        return None, TypeError(f"it cannot be read: {error}")
    return answer(*asked)


def answer(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, Exception | None]:
    """What the function gives, and what it raises."""
    try:
        return fn(*args, **kwargs), None
    except Exception as error:
        return None, error
