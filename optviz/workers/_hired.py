"""Worker processes, and how they begin."""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from weakref import WeakSet

from optviz import process
from optviz.process import signals
from optviz.workers import _serving

_SPARE = 12  # file descriptors that drawing needs, for fonts above all


class Worker:
    """A process that was begun anew: safe where this one has threads, and locks."""

    def __init__(self, load: str) -> None:
        context = begin(load)
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serving.serve, args=(theirs, load), daemon=True)
        self._process.start()
        theirs.close()  # now it is the process's alone, and its death is heard

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Waits for its end, as nobody asks any more."""
        self.pipe.close()
        self._process.join()


class Nursery:
    """Workers forked from one that loads first, itself a fork of this: quicker than any other."""

    def __init__(self, jobs: int, load: str) -> None:
        import multiprocessing

        context: Any = multiprocessing.get_context("fork")
        pairs = [context.Pipe() for _ in range(jobs)]
        self.pipes = [ours for ours, _ in pairs]
        _LIVING.add(self)
        ends = [pipe for one in _LIVING for pipe in one.pipes]
        theirs = [pipe for _, pipe in pairs]
        task = (theirs, ends, load, os.getpid())
        self._process = context.Process(target=_serving.serve_many, args=task, daemon=True)
        with signals.blocked():  # until the process has its own handlers
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
    """A nursery of so many workers, None where this process may not be forked as it is.

    It may if it is one of ours, has no second thread, and the system lets it.
    """
    try:
        alone = process.ours and len(list(Path("/proc/self/task").iterdir())) == 1
        return Nursery(jobs, load) if alone else None
    except OSError:
        return None


def room() -> int:
    """For how many workers this process can have file descriptors: a pipe has two ends."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return sys.maxsize
    try:
        return (most - len(list(Path("/dev/fd").iterdir())) - _SPARE) // 2
    except OSError:
        return sys.maxsize


def begin(load: str) -> Any:
    """How processes begin where this one may not be forked. Raises `OSError`.

    On Linux they are forks of one that was begun anew and has loaded what they need.
    """
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([load] if load else [])
    resource_tracker.ensure_running()  # it comes with the other, and takes the mask off
    with signals.blocked((signal.SIGINT,)):
        forkserver.ensure_running()
    return context
