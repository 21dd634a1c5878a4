"""Files that are watched: what a block of code read, and which of it has changed since.

    with watching.reads(Path.cwd()) as states:
        plan = batch.read(["course.toml"])
    changed = watching.changes(states)  # waits

What a block reads decides what it makes, so exactly that is watched, also what was missing. Files
are compared by `stat`, a dozen of them every 30 ms for 0.4 % of a processor. Libraries for events
of file systems step as long, and do not see network disks, the ends of links, or a folder that was
removed and is there again.
"""

import math
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.03  # seconds between two looks
_SPARING = 20  # a pause is as many times as long as a look, where there are very many files
_QUIET = 0.015  # seconds; longer than the steps of the clock of a file system, 4 to 10 ms on Linux
_LOOKS = 12  # at most, for a file that is never quiet

State = tuple[int, ...] | None  # None for a missing file
States = dict[str, State]  # by full path


class _Reads(NamedTuple):
    home: Path
    states: States


_reads: ContextVar[_Reads | None] = ContextVar("reads", default=None)


@contextmanager
def reads(home: Path) -> Iterator[States]:
    """The files that are read in the block, each in its state before that, as they come.

    `home` is the folder in which relative paths begin, even if it is gone meanwhile.
    """
    collected = _Reads(home, {})
    token = _reads.set(collected)
    try:
        yield collected.states
    finally:
        _reads.reset(token)


def note(path: str) -> None:
    """Adds a file to those that are read, if they are collected; called before it is opened."""
    if (collected := _reads.get()) and path != "-":
        full = str(collected.home / path)
        if full not in collected.states:  # of two states the earlier: a change between them counts
            collected.states[full] = _state(full)


@contextmanager
def paused() -> Iterator[None]:
    """Files that are read in the block are not collected: they are made where others are."""
    token = _reads.set(None)
    try:
        yield
    finally:
        _reads.reset(token)


def replace(temporary: Path, path: Path) -> None:
    """Moves a finished file to its place; to a block that has read the old one it is no change."""
    collected = _reads.get()
    before, after = _state(path), _state(temporary)
    temporary.replace(path)
    if collected and before:
        collected.states.update({p: after for p, s in collected.states.items() if s == before})


def outdated() -> bool:
    """Whether a file that was read in this block has changed since; False where none collects."""
    collected = _reads.get()
    return collected is not None and _look(collected.states) != collected.states


def changes(states: States, seconds: float = math.inf) -> set[str]:
    """Waits until files differ from their `states` and are quiet; their paths.

    Empty if none differs after so many seconds, or if a change was undone.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        if _look(states) != states:
            return _quiet(states)
        time.sleep(max(_PAUSE, _SPARING * (time.perf_counter() - begun)))
    return set()


def _quiet(states: States) -> set[str]:
    """The paths of files that differ, once two looks are the same: a checkout changes many.

    What is written after that is not in the same step of the file system's clock.
    """
    after = _look(states)
    for _ in range(_LOOKS):
        time.sleep(_QUIET)
        before, after = after, _look(states)
        if before == after:
            break
    return {path for path, state in after.items() if state != states[path]}


def _look(paths: Iterable[str]) -> States:
    return {path: _state(path) for path in paths}


def _state(path: str | Path) -> State:
    """What differs after a write, a new permission, and where another file took the name."""
    try:
        s = Path(path).stat()
    except (OSError, ValueError):  # the latter: no file can be called that
        return None
    return s.st_mtime_ns, s.st_size, s.st_mode, s.st_ino, s.st_dev
