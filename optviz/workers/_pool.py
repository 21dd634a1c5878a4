"""Workers on this machine: the process itself, and others."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, NamedTuple

from optviz.process import signals
from optviz.workers._done import Make, given
from optviz.workers._hired import Nursery, Worker, begin, nursery, room
from optviz.workers._serving import answer


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
    """Processes on this machine, `jobs` of them or as many as there can be; 1 is this one alone.

    load: a module that each has imported before its first work; on Linux that begins at once,
    beside whatever comes before it.
    """
    jobs = min(jobs, room())
    if jobs <= 1:
        return here
    early = [nursery(jobs, load)]
    if early[0] is None:
        try:
            begin(load)
        except OSError:  # too many processes, or open files
            return here
    return lambda: _Pool(jobs, load, early.pop() if early else nursery(jobs, load))


class _Work(NamedTuple):
    future: "Future[Any]"
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class _Pool(Executor):
    """Processes, each with a pipe and a thread of its own that waits for its answers.

    So a process that is killed costs the work it had and nothing else. All processes of a
    `ProcessPoolExecutor` share two pipes: one killed in the middle of an answer stops the rest for
    ever.
    """

    def __init__(self, jobs: int, load: str, first: Nursery | None) -> None:
        self._load, self._leaving = load, False
        self._hired: list[Nursery | Worker] = [first] if first else []
        self._works: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock, self._working = threading.Lock(), 0
        for pipe in first.pipes if first else [None] * jobs:
            self._start(pipe)
        self.ahead = 2 * max(1, len(self._threads))

    def _start(self, pipe: Any) -> None:
        thread = threading.Thread(target=self._work, args=(pipe,), daemon=True)
        self._working += 1
        try:
            thread.start()
            self._threads.append(thread)
        except RuntimeError:  # too many threads
            self._working -= 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if not self._threads:
            return _Here().submit(fn, *args, **kwargs)
        work = _Work(Future(), (fn, args, kwargs))
        self._works.put(work)
        return work.future

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._leaving = kind is not None  # interrupted, or failed fast: nobody waits any more
        for one in list(self._hired) if kind else ():
            one.kill()
        for _thread in self._threads:
            self._works.put(None)
        for thread in self._threads:
            thread.join()
        for one in self._hired:
            one.end()

    def _work(self, pipe: Any) -> None:
        """What a thread does: it has each work done by its process, and replaces one that died."""
        pipe = pipe if pipe and _has_begun(pipe) else None
        while (work := self._works.get()) and not signals.ending:
            if work.future.cancelled():
                continue
            pipe = pipe or self._hire()
            if pipe is None and not self._is_last():
                self._works.put(work)  # for those that have a process
                return
            if work.future.set_running_or_notify_cancel() and not _ask(pipe, work):
                pipe = None

    def _hire(self) -> Any:
        """The pipe of another process, None where there can be none."""
        try:
            worker = Worker(self._load)
        except (OSError, EOFError):  # too many processes, or open files
            return None
        self._hired.append(worker)
        if self._leaving:
            worker.kill()
        return worker.pipe if _has_begun(worker.pipe) else None

    def _is_last(self) -> bool:
        """Whether all other threads have given up; if they have not, this one has now."""
        with self._lock:
            last = self._working == 1
            self._working -= not last
        return last


def _has_begun(pipe: Any) -> bool:
    try:
        return bool(pipe.recv())
    except (EOFError, OSError):
        return False


def _ask(pipe: Any, work: _Work) -> bool:
    """Has a work done at the pipe, by this process without one; whether the pipe can do more."""
    try:
        if pipe is None:
            result, error = answer(*work.call)
        else:
            pipe.send(work.call)
            result, error = pipe.recv()
    except (EOFError, OSError):
        work.future.set_exception(BrokenExecutor("it died"))
        return False
    except Exception as unsent:  # what cannot be pickled
        result, error = None, unsent
    work.future.set_exception(error) if error else work.future.set_result(result)
    return True
