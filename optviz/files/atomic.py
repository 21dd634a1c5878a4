"""Atomic writes: a temporary file beside the target takes the target's place at the end.

A temporary file is locked while its writer lives. One without a lock was left by a process that was
killed; the next process that writes into the same folder removes it. Where the system has no such
locks (Windows, some network disks) it stays.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from optviz.files import watching
from optviz.process import signals

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(r"\.optviz-[0-9a-f]{16}\.part")
_SCRATCH = "optviz-scratch-"
_temporary: set[Path] = set()  # files of this process
_swept: set[Path] = set()  # folders that this process has swept


@contextmanager
def replacing(path: Path, mode: int | None, create: Callable[[Path], IO[Any]]) -> Iterator[IO[Any]]:
    """A stream into a new file that replaces `path` when the block ends.

    If the block ends by an exception, `path` stays as it was. `mode` are the permissions of the new
    file; `create` opens a file that must not exist yet. Raises `OSError`.
    """
    sweep(path.parent)
    temporary, stream, lock = _created(path.parent, create)
    try:
        with stream:
            if mode is not None:
                temporary.chmod(mode)
            yield stream
        watching.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        _temporary.discard(temporary)
        _unlock(lock)


def sweep(folder: Path) -> None:
    """Removes temporary files in the folder whose writers are dead; each folder once."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError):
        for path in folder.glob(".optviz-*.part"):
            with suppress(OSError):
                _remove_if_abandoned(path)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the files of other programs, locked and removed as temporary files are."""
    from tempfile import TemporaryDirectory, gettempdir  # 5 ms

    for path in Path(gettempdir()).glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            _remove_if_abandoned(path)
    while True:
        with TemporaryDirectory(prefix=_SCRATCH, ignore_cleanup_errors=True) as name:
            lock = None if sys.platform == "win32" else _locked(os.open(name, os.O_RDONLY))
            if not _still_exists(lock):
                continue
            try:
                yield Path(name)
            finally:
                _unlock(lock)
            return


def _created(folder: Path, create: Callable[[Path], IO[Any]]) -> tuple[Path, IO[Any], int | None]:
    """A new temporary file, a stream into it, and the descriptor that holds its lock."""
    while True:
        # A short name: that of the target may have the maximal length.
        temporary = folder / f".optviz-{os.urandom(8).hex()}.part"
        _temporary.add(temporary)
        try:
            stream = create(temporary)
        except BaseException:
            _temporary.discard(temporary)
            raise
        # The lock is on a second descriptor: it lasts until both are closed.
        lock = None if sys.platform == "win32" else _locked(os.dup(stream.fileno()))
        if _still_exists(lock):
            return temporary, stream, lock
        stream.close()
        _temporary.discard(temporary)


def _locked(descriptor: int) -> int:
    with suppress(OSError):  # a file system without locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _still_exists(lock: int | None) -> bool:
    """Whether the file was not removed by others before it was locked; else closes the lock."""
    if lock is None or os.fstat(lock).st_nlink:
        return True
    os.close(lock)
    return False


def _remove_if_abandoned(path: Path) -> None:
    """Removes a file or folder that no process has locked. Raises `OSError` where one has."""
    if sys.platform == "win32":
        return
    mode = os.O_RDONLY if path.is_dir() else os.O_RDWR  # network disks lock writable files only
    descriptor = os.open(path, mode | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        state = os.fstat(descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if stat.S_ISREG(state.st_mode) and _NAME.fullmatch(path.name):
            path.unlink()
        elif path.name.startswith(_SCRATCH) and state.st_uid == os.geteuid():
            from shutil import rmtree

            rmtree(path)
    finally:
        os.close(descriptor)


@signals.cleanup
def _remove_own() -> None:
    for path in _temporary:
        path.unlink(missing_ok=True)
