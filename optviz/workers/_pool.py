"""Workers on this machine: the process itself, and others."""

import queue
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

from optviz.workers._done import Make, given
from optviz.workers._hired import Nursery, Worker, answer, begin, nursery


class _Here(Executor):
    """Works in this process, at once."""

    ahead = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        result, error = answer(fn, args, kwargs)
        done.set_exception(error) if error else done.set_result(result)
        return done


here: Make = given(_Here())


def processes(jobs: int, load: str = "") -> Make:
    """Processes on this machine, `jobs` of them; 1 is this process alone.

    load: a module that each has imported before its first work; on Linux that begins at once,
    beside whatever comes before it.
    """
    if jobs == 1:
        return here
    early = [nursery(jobs, load)]
    if early[0] is None:
        begin(load)
    return lambda: _Pool(jobs, load, early.pop() if early else nursery(jobs, load))


class _Pool(ThreadPoolExecutor):
    """Processes, each with a pipe of its own; a thread waits for each answer.

    So a process that is killed costs the work it had and nothing else. All processes of a
    `ProcessPoolExecutor` share two pipes: one killed in the middle of an answer stops the rest for
    ever.
    """

    def __init__(self, jobs: int, load: str, first: Nursery | None) -> None:
        super().__init__(jobs)
        self._load = load
        self._hired: list[Nursery | Worker] = []
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()  # pipes of those without a work
        self._leaving = False
        if first:
            self._hired.append(first)
            for pipe in first.pipes:
                self._idle.put(pipe)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return super().submit(self._ask, fn, *args, **kwargs)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._leaving = kind is not None  # interrupted, or failed fast: nobody waits any more
        for one in list(self._hired) if kind else ():
            one.kill()
        self.shutdown(wait=True, cancel_futures=True)
        for one in self._hired:
            one.end()

    def _ask(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        pipe = self._free()
        try:
            pipe.send((fn, args, kwargs))
            result, error = pipe.recv()
        except (EOFError, OSError) as broken:
            raise BrokenExecutor("it died") from broken
        except Exception:  # what cannot be pickled
            self._idle.put(pipe)
            raise
        self._idle.put(pipe)
        if error:
            raise error
        return result

    def _free(self) -> Any:
        """The pipe of a process without a work, a new one if there is none."""
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            pass
        worker = Worker(self._load)
        self._hired.append(worker)
        if self._leaving:
            worker.kill()
        return worker.pipe
