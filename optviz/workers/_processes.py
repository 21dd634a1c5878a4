"""Worker processes on this machine, and the ways to start them."""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from weakref import WeakSet

from optviz import process
from optviz.process import signals
from optviz.workers import _worker

_RESERVED = 12  # file descriptors that drawing needs, for fonts above all


class Worker:
    """A worker started with forkserver, which is safe when this process has threads or locks."""

    def __init__(self, load: str) -> None:
        context = start_context(load)
        self.pipe, other_end = context.Pipe()
        self._process = context.Process(target=_worker.serve, args=(other_end, load), daemon=True)
        self._process.start()
        other_end.close()  # the process holds it alone, so its death closes the pipe

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Closes the pipe and waits for the process to end."""
        self.pipe.close()
        self._process.join()


class ForkPool:
    """Workers forked from one process that imports first, itself a fork of this: the fastest way.

    `pipes` are the ends of this process, one for each worker.
    """

    def __init__(self, jobs: int, load: str) -> None:
        import multiprocessing

        context: Any = multiprocessing.get_context("fork")
        pairs = [context.Pipe() for _ in range(jobs)]
        self.pipes = [own for own, _ in pairs]
        _FORK_POOLS.add(self)
        own_ends = [pipe for pool in _FORK_POOLS for pipe in pool.pipes]
        other_ends = [pipe for _, pipe in pairs]
        args = (other_ends, own_ends, load, os.getpid())
        self._process = context.Process(target=_worker.serve_many, args=args, daemon=True)
        with signals.blocked():  # until the process has its own handlers
            self._process.start()
        for pipe in other_ends:
            pipe.close()

    def kill(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        """Closes the pipes and waits for all processes to end."""
        for pipe in self.pipes:
            pipe.close()
        self._process.join()


_FORK_POOLS: WeakSet[ForkPool] = WeakSet()  # those that exist


def fork_pool(jobs: int, load: str) -> ForkPool | None:
    """A pool of so many workers; None where this process must not be forked or cannot be.

    It may be forked if it is a command or a worker of optviz and has one thread.
    """
    try:
        alone = process.ours and len(list(Path("/proc/self/task").iterdir())) == 1
        return ForkPool(jobs, load) if alone else None
    except OSError:
        return None


def max_workers() -> int:
    """How many workers this process has file descriptors for: a pipe has two ends."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return sys.maxsize
    try:
        return (most - len(list(Path("/dev/fd").iterdir())) - _RESERVED) // 2
    except OSError:
        return sys.maxsize


def start_context(load: str) -> Any:
    """The multiprocessing context where this process must not be forked. Raises `OSError`.

    On Linux it forks from a new process that has imported `load`.
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
