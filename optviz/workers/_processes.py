"""Worker processes on this machine, and the ways to start them."""

import signal
import sys
from pathlib import Path
from typing import Any

from optviz import process
from optviz.process import signals
from optviz.workers import _worker

_TIED = "optviz.workers._tied"
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


def is_daemon() -> bool:
    """Whether this process is a worker that may start no processes."""
    import multiprocessing

    return multiprocessing.current_process().daemon


def start_context(load: str) -> Any:
    """The multiprocessing context of workers. Raises `OSError`.

    On Linux they are forked from a new process that has imported `load`.
    """
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    tied = [_TIED] if process.ours else []  # in a library, the thread that asks may end before
    context.set_forkserver_preload([*tied, *filter(None, [load])])
    resource_tracker.ensure_running()  # it comes with the other, and takes the mask off
    with signals.blocked((signal.SIGINT,)):
        forkserver.ensure_running()
    return context
