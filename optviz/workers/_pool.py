"""Executors on this machine: this process, and a pool of processes."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, NamedTuple

from optviz.process import signals
from optviz.workers._dispatch import Make, given
from optviz.workers._processes import Worker, is_daemon, max_workers, start_context
from optviz.workers._worker import outcome


class _InProcess(Executor):
    """Runs each task in this process when it is submitted."""

    max_pending = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        result, error = outcome(fn, args, kwargs)
        future.set_exception(error) if error else future.set_result(result)
        return future


here: Make = given(_InProcess())


def processes(jobs: int, load: str = "") -> Make:
    """Processes on this machine, `jobs` of them or as many as there can be; 1 is this one alone.

    A worker of another pool, which may have no processes of its own, is alone too.

    load: a module that each imports before its first task; on Linux the process that they are
    forked from starts to at once, while this one goes on.
    """
    jobs = min(jobs, max_workers())
    if jobs <= 1 or is_daemon():
        return here
    try:
        start_context(load)
    except OSError:  # too many processes, or open files
        return here
    return lambda: _Pool(jobs, load)


class _Task(NamedTuple):
    future: "Future[Any]"
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class _Pool(Executor):
    """Processes, each with a pipe and a thread of its own that waits for its results.

    So a process that is killed costs its own task and nothing else. All processes of a
    `ProcessPoolExecutor` share two pipes: one killed while it sends a result blocks the rest for
    ever.
    """

    def __init__(self, jobs: int, load: str) -> None:
        self._load, self._abandoned = load, False
        self._workers: list[Worker] = []
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock, self._active = threading.Lock(), 0
        for _ in range(jobs):
            self._start()
        self.max_pending = 2 * max(1, len(self._threads))

    def _start(self) -> None:
        thread = threading.Thread(target=self._run_tasks, daemon=True)
        self._active += 1
        try:
            thread.start()
            self._threads.append(thread)
        except RuntimeError:  # too many threads
            self._active -= 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if not self._threads:
            return _InProcess().submit(fn, *args, **kwargs)
        task = _Task(Future(), (fn, args, kwargs))
        self._tasks.put(task)
        return task.future

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._abandoned = kind is not None  # by an exception: results are not used
        for worker in list(self._workers) if kind else ():
            worker.kill()
        for _thread in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.end()

    def _run_tasks(self) -> None:
        """The loop of a thread: sends tasks to its process, and starts another if that dies."""
        pipe: Any = None
        while (task := self._tasks.get()) and not signals.ending:
            if task.future.cancelled():
                continue
            pipe = pipe or self._start_worker()
            if pipe is None and not self._is_last():
                self._tasks.put(task)  # for a thread that has a process
                return
            if task.future.set_running_or_notify_cancel() and not _run(pipe, task):
                pipe = None

    def _start_worker(self) -> Any:
        """The pipe of a new process, None where there can be none."""
        try:
            worker = Worker(self._load)
        except (OSError, EOFError):  # too many processes, or open files
            return None
        self._workers.append(worker)
        if self._abandoned:
            worker.kill()
        return worker.pipe if _is_ready(worker.pipe) else None

    def _is_last(self) -> bool:
        """Whether all other threads have stopped; if not, this one is counted as stopped."""
        with self._lock:
            last = self._active == 1
            self._active -= not last
        return last


def _is_ready(pipe: Any) -> bool:
    try:
        return bool(pipe.recv())
    except (EOFError, OSError):
        return False


def _run(pipe: Any, task: _Task) -> bool:
    """Runs a task at the pipe, or here without one; whether the worker at the pipe still lives."""
    try:
        if pipe is None:
            result, error = outcome(*task.call)
        else:
            pipe.send(task.call)
            result, error = pipe.recv()
    except (EOFError, OSError):
        task.future.set_exception(BrokenExecutor("it died"))
        return False
    except Exception as failure:  # it cannot be pickled
        result, error = None, failure
    task.future.set_exception(error) if error else task.future.set_result(result)
    return True
