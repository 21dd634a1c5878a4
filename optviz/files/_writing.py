"""Streams into files that appear whole or not at all, and into standard output."""

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

from optviz.errors import Unfit
from optviz.errors.printable import printable
from optviz.files import atomic
from optviz.files._paths import status, telling


@contextmanager
def writing(path: str, binary: bool) -> Iterator[IO[Any]]:
    """A stream into the file `path`, or into standard output for `-`; text is in UTF-8.

    The file appears when the block ends; if it ends by an exception, an old file stays. A device or
    a pipe is written to directly. Standard output is flushed, not closed. Raises `Unfit` for binary
    to a terminal and `WorldError` for what the system refuses; a `BrokenPipeError` passes.
    """
    name = "standard output" if path == "-" else path
    with telling("write", name), _output(path, binary) as stream:
        yield stream


def place(path: str, binary: bool) -> str:
    """The full path that `writing` would write to, links followed (`-` is itself).

    Writes nothing, and raises what `writing` would raise.
    """
    if path == "-":
        _refuse_terminal(sys.stdout, binary)
        return path
    with telling("write", path):
        return str(_target(path)[0])


def _output(path: str, binary: bool) -> AbstractContextManager[IO[Any]]:
    if path == "-":
        return _standard(binary)
    target, old = _target(path)
    if old and not stat.S_ISREG(old.st_mode):
        return _direct(Path(path), binary)
    return _atomic(target, old, binary)


def _target(path: str) -> tuple[Path, os.stat_result | None]:
    """The file to write, links followed so that they stay links, and its old state."""
    old = status(path)
    if path.endswith(("/", os.sep)) or (old and stat.S_ISDIR(old.st_mode)) or not path:
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    target = Path(path).resolve()
    target.parent.stat()  # refuses where there is no such folder
    needed = [path] if old else []  # a protected file must not be replaced either
    if not old or stat.S_ISREG(old.st_mode):
        needed.append(str(target.parent))  # the temporary file is made there
    if not all(os.access(each, os.W_OK) for each in needed):
        raise PermissionError(errno.EACCES, "permission denied")
    return target, old


def _atomic(
    path: Path, old: os.stat_result | None, binary: bool
) -> AbstractContextManager[IO[Any]]:
    """A temporary file beside `path` that replaces it at the end."""
    mode = stat.S_IMODE(old.st_mode) if old else None
    return atomic.replacing(path, mode, lambda temporary: _open(temporary, "x", binary))


@contextmanager
def _direct(path: Path, binary: bool) -> Iterator[IO[Any]]:
    with _open(path, "w", binary) as stream:
        _refuse_terminal(stream, binary)
        text: Any = _Terminal(stream) if stream.isatty() else stream
        yield text


@contextmanager
def _standard(binary: bool) -> Iterator[IO[Any]]:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    _refuse_terminal(sys.stdout, binary)
    sys.stdout.flush()  # earlier output comes first
    stream: Any = getattr(sys.stdout, "buffer", sys.stdout)
    if binary or stream is sys.stdout:
        yield stream
    else:
        text: Any = codecs.getwriter("utf-8")(stream)  # whatever encoding the locale asks for
        safe: Any = _Terminal(text) if sys.stdout.isatty() else text
        yield safe
    stream.flush()


class _Terminal:
    """A text stream to a terminal, without the control characters that data may hold."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes the text, unprintable characters replaced."""
        self._stream.write(printable(text, lines=True))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _open(path: Path, mode: str, binary: bool) -> IO[Any]:
    if binary:
        return path.open(mode + "b")
    return path.open(mode, encoding="utf-8", newline="\n")


def _refuse_terminal(stream: IO[Any], binary: bool) -> None:
    if binary and stream.isatty():
        raise Unfit("binary never goes to a terminal; name a file, or send it into a pipe")
