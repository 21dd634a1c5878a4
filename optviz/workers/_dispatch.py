"""Submits tasks to an executor, no more than it needs at once, and repeats those that it lost."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from optviz.errors import OptvizError

_WORKERS = 16  # of an executor that does not say how many it has
Make = Callable[[], AbstractContextManager[Executor]]  # each call makes a new executor
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Lost:
    """The result of a task whose worker died twice."""

    reason: str

    def __str__(self) -> str:
        return f"its worker was lost twice ({self.reason}); is there enough memory?"


def given(executor: Executor) -> Make:
    """An executor that the caller made, and will shut down."""
    return lambda: nullcontext(executor)


def done(
    call: Callable[[T], R], tasks: Iterable[T], make: Make
) -> Generator[tuple[int, R | Lost], None, None]:
    """The number of each task and what `call` returns for it, as they complete.

    An `OptvizError` of `call` ends the rest and is raised; it must raise nothing else. A task
    whose worker died is tried once more, alone. When the generator is closed, no more tasks are
    submitted.
    """
    left = enumerate(tasks)
    lost: list[tuple[int, T]] = []
    while True:
        with make() as executor:
            yield from _round(call, left, executor, lost)
        if not lost:
            return
        for number, task in lost:
            yield number, _alone(call, task, make)
        lost.clear()


def _round(
    call: Callable[[T], R],
    left: Iterator[tuple[int, T]],
    executor: Executor,
    lost: list[tuple[int, T]],
) -> Iterator[tuple[int, R]]:
    """Runs tasks until none is left or a worker dies; the tasks that this cost go into `lost`."""
    pending: dict[Future[R], tuple[int, T]] = {}
    most: int = getattr(executor, "max_pending", 0)
    most = most or 2 * getattr(executor, "_max_workers", _WORKERS)
    try:
        while True:
            while len(pending) < most and not lost and (item := next(left, None)):
                lost.append(item)  # until it is submitted
                future = executor.submit(call, item[1])
                pending[future] = lost.pop()
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                item = pending.pop(future)
                try:
                    result = future.result()
                except OptvizError:
                    raise
                except Exception:  # of the worker, its process or its network
                    lost.append(item)
                else:
                    yield item[0], result
    except BrokenExecutor:  # while a task was submitted
        lost += pending.values()
    finally:
        for future in pending:
            future.cancel()
        lost.sort(key=lambda item: item[0])


def _alone(call: Callable[[T], R], task: T, make: Make) -> R | Lost:
    try:
        with make() as executor:
            return executor.submit(call, task).result()
    except OptvizError:
        raise
    except BrokenExecutor:
        return Lost("it died")
    except Exception as error:
        return Lost(f"{type(error).__name__}: {error}")
