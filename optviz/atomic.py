"""Atomic writes: a temporary file beside the target takes the target's place at the end.

A temporary file is locked as long as its writer lives. One that is not locked was left by a process
that was killed; the next process that writes into the same folder removes it. Where the system has
no such locks (Windows, some network disks) it stays.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from optviz import signals

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(r"\.optviz-[0-9a-f]{16}\.part")
_temporary: set[Path] = set()  # files of this process
_swept: set[Path] = set()  # folders in which it has looked for those of others


@contextmanager
def replacing(
    path: Path, mode: int | None, create: Callable[[Path], IO[Any]]
) -> Iterator[IO[Any]]:  # fmt: skip
    """A stream into a new file that replaces `path` when the block ends.

    If the block ends by an exception, `path` stays as it was. `mode` are the permissions of the new
    file; `create` opens a file that must not exist yet. Raises `OSError`.
    """
    sweep(path.parent)
    temporary, stream, lock = _begun(path.parent, create)
    try:
        with stream:
            if mode is not None:
                temporary.chmod(mode)
            yield stream
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        _temporary.discard(temporary)
        if lock is not None:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Removes temporary files in the folder whose writers are dead; looks once into each folder."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError):
        for path in folder.glob(".optviz-*.part"):
            with suppress(OSError):
                _remove_if_abandoned(path)


def _begun(
    folder: Path, create: Callable[[Path], IO[Any]]
) -> tuple[Path, IO[Any], int | None]:  # fmt: skip
    """A new temporary file, the stream into it, and the descriptor that holds its lock."""
    while True:
        # A short name: the target's may be as long as names can be.
        temporary = folder / f".optviz-{os.urandom(8).hex()}.part"
        _temporary.add(temporary)
        try:
            stream = create(temporary)
        except BaseException:
            _temporary.discard(temporary)
            raise
        lock = _lock(stream)
        if lock is None or os.fstat(lock).st_nlink:
            return temporary, stream, lock
        stream.close()  # another process found it before it was locked, and removed it
        os.close(lock)
        _temporary.discard(temporary)


def _lock(stream: IO[Any]) -> int | None:
    """A second descriptor of the stream with a lock that lasts until both are closed."""
    if sys.platform == "win32":
        return None
    descriptor = os.dup(stream.fileno())
    with suppress(OSError):  # a file system without locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _remove_if_abandoned(path: Path) -> None:
    if sys.platform == "win32" or not _NAME.fullmatch(path.name):
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails while its writer lives
            path.unlink()
    finally:
        os.close(descriptor)


@signals.cleanup
def _remove_own() -> None:
    for path in _temporary:
        path.unlink(missing_ok=True)
