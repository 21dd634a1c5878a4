"""Paths of files, and the errors of the system about them."""

import errno
import os
import shlex
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optviz.errors import WorldError


@contextmanager
def telling(action: str, path: str) -> Iterator[None]:
    """Raises a `WorldError` for an `OSError` in the block; `action` is a verb such as `write`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        if isinstance(error, IsADirectoryError):
            reason = "it is a folder"
        elif isinstance(error, FileNotFoundError):
            reason = _missing(Path(path).parent, action)
        elif error.errno == errno.EBADF:
            reason = "it is closed"
        raise WorldError(action, path, reason[:1].lower() + reason[1:]) from error


def _missing(folder: Path, action: str) -> str:
    if not folder.is_absolute():
        try:
            Path.cwd()
        except FileNotFoundError:
            return "the current folder is gone"
    if folder.is_dir():
        return "there is no such file"
    hint = f"; mkdir -p {shlex.quote(str(folder))} makes it" if action == "write" else ""
    return f"there is no folder {folder}{hint}"


def display_name(path: str) -> str:
    """What messages call the file `path`: `standard input` for `-`."""
    return "standard input" if path == "-" else path


def expanded(path: str) -> str:
    """The path with a leading `~` or `~user` replaced. Raises `WorldError` for an unknown user."""
    try:
        return str(Path(path).expanduser())
    except RuntimeError as error:
        raise WorldError("read", path, str(error)[:1].lower() + str(error)[1:]) from None


def resolved(path: str | Path) -> Path:
    """The path with links followed. Raises `OSError` for links in a circle, in any Python."""
    path = Path(path)
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise
    except ValueError:  # a NUL, or what the file system cannot encode
        raise OSError(errno.EINVAL, "no file can be called that") from None
    return path.resolve()


def full(path: str) -> str:
    """The full path of a file to write, links followed. Raises `WorldError`."""
    with telling("write", path):
        return str(resolved(path))


def folder(path: str) -> None:
    """Creates the folder of the file `path` if it is missing. Raises `WorldError`."""
    with telling("make the folder of", path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)


def identity(path: str) -> tuple[int, int] | None:
    """The device and inode of a regular file, whatever its path; `-` is standard input.

    None for a missing file, and for a device or a pipe, which may be both read and written.
    """
    try:
        state = os.fstat(sys.stdin.fileno()) if path == "-" else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # no such file, name, or standard input
        return None
    return (state.st_dev, state.st_ino) if stat.S_ISREG(state.st_mode) else None


def is_regular(path: str) -> bool:
    """Whether `path` is a file on a disk, not a folder, a pipe or a device."""
    try:
        state = status(path)
    except OSError:
        return False
    return state is not None and stat.S_ISREG(state.st_mode)


def status(path: str) -> os.stat_result | None:
    """The state of a file, None if it does not exist."""
    try:
        return Path(path).stat()
    except FileNotFoundError:
        return None
    except ValueError:  # a NUL, or what the file system cannot encode
        raise OSError(errno.EINVAL, "no file can be called that") from None
