"""Works given out to an executor, no more than it can take, and what to do when a worker dies."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from optviz.errors import OptvizError

_AHEAD = 16  # workers to give out to where their number is not known
Make = Callable[[], AbstractContextManager[Executor]]  # each call makes new workers
W = TypeVar("W")
R = TypeVar("R")


@dataclass(frozen=True)
class Lost:
    """What comes of a work whose worker was lost twice."""

    why: str

    def __str__(self) -> str:
        return f"its worker was lost twice ({self.why}); is there enough memory?"


def given(executor: Executor) -> Make:
    """Workers that somebody else made, and will close."""
    return lambda: nullcontext(executor)


def done(
    call: Callable[[W], R], works: Iterable[W], make: Make
) -> Generator[tuple[int, R | Lost], None, None]:
    """Each work's number and what `call` made of it, as it comes.

    What `call` raises of optviz's own ends the rest and passes; it raises nothing else. A work
    whose worker died is tried once more, by itself. Stop asking and no more is given out.
    """
    left = enumerate(works)
    again: list[tuple[int, W]] = []
    while True:
        with make() as workers:
            yield from _round(call, left, workers, again)
        if not again:
            return
        for number, work in again:
            yield number, _alone(call, work, make)
        again.clear()


def _round(
    call: Callable[[W], R],
    left: Iterator[tuple[int, W]],
    workers: Executor,
    again: list[tuple[int, W]],
) -> Iterator[tuple[int, R]]:
    """Works until nothing is left or a worker is lost; what was lost goes into `again`."""
    flying: dict[Future[R], tuple[int, W]] = {}
    ahead: int = getattr(workers, "ahead", 0) or 2 * getattr(workers, "_max_workers", _AHEAD)
    try:
        while True:
            while len(flying) < ahead and not again and (one := next(left, None)):
                again.append(one)  # until it is handed over
                future = workers.submit(call, one[1])
                flying[future] = again.pop()
            if not flying:
                return
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                one = flying.pop(future)
                try:
                    result = future.result()
                except OptvizError:
                    raise
                except Exception:  # of the worker, its process or its network
                    again.append(one)
                else:
                    yield one[0], result
    except BrokenExecutor:  # while one was handed over
        again += flying.values()
    finally:
        for future in flying:
            future.cancel()
        again.sort(key=lambda one: one[0])


def _alone(call: Callable[[W], R], work: W, make: Make) -> R | Lost:
    try:
        with make() as workers:
            return workers.submit(call, work).result()
    except OptvizError:
        raise
    except BrokenExecutor:
        return Lost("it died")
    except Exception as error:
        return Lost(f"{type(error).__name__}: {error}")
