"""The one seam of all workers: a `concurrent.futures.Executor`, and what to do when one dies."""

import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any, cast

from optviz.batch._work import Result, Work, draw
from optviz.errors import WorldError

_AHEAD = 16  # workers to give out to where their number is not known
Make = Callable[[], AbstractContextManager[Executor]]  # each call makes new workers


class Here(Executor):
    """Draws in this process, at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))  # `draw` raises nothing
        return done


class _Pool(ProcessPoolExecutor):
    """Processes that end at once where their work is not waited for any more."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:  # interrupted, or failed fast
            for process in list((self._processes or {}).values()):
                process.terminate()
        self.shutdown(wait=True, cancel_futures=True)


def processes(jobs: int) -> Make:
    """Processes on this machine, `jobs` of them, that load matplotlib once; 1 is this process."""
    if jobs == 1:
        return given(Here())
    return lambda: _Pool(jobs, _context(), initializer=_ready)


def given(executor: Executor) -> Make:
    """Workers that somebody else made, and will close."""
    return lambda: nullcontext(executor)


class _Cluster:
    """The executor of a Dask cluster, connected while it is used."""

    def __init__(self, scheduler: str) -> None:
        self.scheduler = scheduler
        self.client = self._connected()  # told before anything is drawn

    def __enter__(self) -> Executor:
        if self.client.status != "running":
            self.client = self._connected()
        return cast(Executor, self.client.get_executor(pure=False))

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def _connected(self) -> Any:
        try:
            distributed: Any = importlib.import_module("dask.distributed")
        except ImportError:
            why = "it is not installed; pip install 'optviz[dask]'"
            raise WorldError("import", "dask.distributed", why) from None
        try:
            return distributed.Client(self.scheduler, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WorldError("reach", self.scheduler, str(error).splitlines()[0]) from None


def dask(scheduler: str) -> Make:
    """The workers of a Dask cluster. Raises `WorldError` where Dask or the cluster is missing."""
    cluster = _Cluster(scheduler)
    return lambda: cluster


def done(works: Iterable[Work], make: Make) -> Generator[tuple[int, Result], None, None]:
    """Each work's number and what came of it, as it comes.

    A work whose worker died is tried once more, by itself; then that is its error. Stop asking and
    no more is given out.
    """
    left = enumerate(works)
    again: list[tuple[int, Work]] = []
    while True:
        with make() as workers:
            yield from _round(left, workers, again)
        if not again:
            return
        for number, work in again:
            yield number, _alone(work, make)
        again.clear()


def _round(
    left: Iterator[tuple[int, Work]], workers: Executor, again: list[tuple[int, Work]]
) -> Iterator[tuple[int, Result]]:
    """Works until nothing is left or the workers break; what they had then goes into `again`."""
    flying: dict[Future[Result], tuple[int, Work]] = {}
    ahead = 1 if isinstance(workers, Here) else 2 * getattr(workers, "_max_workers", _AHEAD)
    try:
        while True:
            while len(flying) < ahead and not again and (one := next(left, None)):
                again.append(one)  # until it is handed over
                flying[workers.submit(draw, one[1])] = again.pop()
            if not flying:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                one = flying.pop(future)
                try:
                    result = future.result()
                except Exception:  # of the worker, its process or its network; `draw` raises none
                    again.append(one)
                else:
                    yield one[0], result
    except BrokenExecutor:  # while one was handed over
        again += flying.values()
    finally:
        for future in flying:
            future.cancel()
        again.sort(key=lambda one: one[0])


def _alone(work: Work, make: Make) -> Result:
    try:
        with make() as workers:
            return workers.submit(draw, work).result()
    except Exception as error:
        why = "it died" if isinstance(error, BrokenExecutor) else f"{type(error).__name__}: {error}"
        said = f"its worker was lost twice ({why}); is there enough memory?"
        return {"data": {}, "said": {}, "runs": [], "alt": "", "error": said}


def _context() -> Any:
    """Never a fork of this process, which may have threads and locks."""
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["optviz.batch._warm"])
    return context


def _ready() -> None:
    """Makes a worker ready: loaded, deaf to Ctrl-C (its parent hears it), gone with its parent."""
    import multiprocessing
    from multiprocessing.connection import wait as watch

    with suppress(Exception):  # the first figure meets it again, and says it
        importlib.import_module("optviz.batch._warm")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def leave() -> None:
        watch([parent.sentinel])
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
