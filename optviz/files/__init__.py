"""Files that appear whole or not at all, and the two standard streams under the name `-`."""

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

from optviz.errors import BadFile, Unfit, WorldError
from optviz.errors.printable import printable
from optviz.files import atomic, limits

_PIECE = 2**20  # bytes read at once


@contextmanager
def writing(path: str, binary: bool) -> Iterator[IO[Any]]:
    """A stream into the file `path`, or into standard output for `-`; text is in UTF-8.

    The file appears when the block ends; if it ends by an exception, what was there before stays.
    What is no regular file (a device, a pipe) is written straight. Standard output is flushed, not
    closed. Raises `Unfit` for binary to a terminal and `WorldError` for what the disk or the system
    refuses; a `BrokenPipeError` passes, as nobody is left to be told.
    """
    shown = "standard output" if path == "-" else path
    with telling("write", shown), _output(path, binary) as stream:
        yield stream


def place(path: str, binary: bool) -> str:
    """Where `path` leads, by its one full name (`-` is itself); nothing is touched.

    Raises, before there is anything to write, what `writing` would raise if nothing changes.
    """
    if path == "-":
        _spare_terminal(sys.stdout, binary)
        return path
    with telling("write", path):
        return str(_target(path)[0])


def full(path: str) -> str:
    """The full name of a file to write, links followed. Raises `WorldError`."""
    with telling("write", path):
        return str(resolved(path))


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


def identity(path: str) -> tuple[int, int] | None:
    """What tells a regular file from every other, whatever it is called; `-` is standard input.

    None for a file that is not there, and for a device or a pipe, which may be read and written.
    """
    try:
        state = os.fstat(sys.stdin.fileno()) if path == "-" else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # no such file, name, or standard input
        return None
    return (state.st_dev, state.st_ino) if stat.S_ISREG(state.st_mode) else None


def display_name(path: str) -> str:
    """What messages call the file `path`: `standard input` for `-`."""
    return "standard input" if path == "-" else path


def reading(path: str, most: int = limits.DATA) -> bytes:
    """All bytes of the file `path`, or of standard input for `-`.

    The one way in which optviz reads what people name. Raises `WorldError`, and `BadFile` beyond
    `most` bytes: what comes from a pipe or a device may never end.
    """
    name = display_name(path)
    with telling("read", name):
        if path == "-":
            if sys.stdin is None:
                raise OSError(errno.EBADF, "it is closed")
            return _bounded(name, sys.stdin.buffer, most)
        state = _state(path)  # refuses what no file can be called
        if state and stat.S_ISREG(state.st_mode) and state.st_size > most:
            raise _too_large(name, most)
        with Path(path).open("rb") as stream:
            return _bounded(name, stream, most)


def decoded(content: bytes, path: str) -> str:
    """The text of the file `path`, in UTF-8 or what a byte order mark says. Raises `BadFile`."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as PowerShell redirects
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        encoding = "UTF-16" if marked else "UTF-8"
        raise BadFile(path, f"byte 0x{content[error.start]:02x} is not {encoding}", line) from None


def expanded(path: str) -> str:
    """The path with a leading `~` or `~user` replaced. Raises `WorldError` for an unknown user."""
    try:
        return str(Path(path).expanduser())
    except RuntimeError as error:
        raise WorldError("read", path, str(error)[:1].lower() + str(error)[1:]) from None


def is_regular(path: str) -> bool:
    """Whether `path` is a file on a disk, not a folder, a pipe or a device."""
    try:
        state = _state(path)
    except OSError:
        return False
    return state is not None and stat.S_ISREG(state.st_mode)


def _bounded(name: str, stream: IO[bytes], most: int) -> bytes:
    """All that a stream gives, read in pieces: one `read` would claim the memory of `most`."""
    content = bytearray()
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > most:
            raise _too_large(name, most)
    return bytes(content)


def _too_large(name: str, most: int) -> BadFile:
    return BadFile(name, f"larger than {most / limits.MB:g} MB; nothing so large is read here")


def folder(path: str) -> None:
    """Makes the folder that the file `path` is to be in, if need be. Raises `WorldError`."""
    with telling("make the folder of", path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def telling(did: str, path: str) -> Iterator[None]:
    """Makes a `WorldError` of what the system refuses in the block; `did` is what was tried."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or str(error)
        if isinstance(error, IsADirectoryError):
            why = "it is a folder"
        elif isinstance(error, FileNotFoundError):
            why = _missing(Path(path).parent)
        elif error.errno == errno.EBADF:
            why = "it is closed"
        raise WorldError(did, path, why[:1].lower() + why[1:]) from error


def _missing(folder: Path) -> str:
    if not folder.is_absolute():
        try:
            Path.cwd()
        except FileNotFoundError:
            return "the current folder is gone"
    return "there is no such file" if folder.is_dir() else f"there is no folder {folder}"


def _output(path: str, binary: bool) -> AbstractContextManager[IO[Any]]:
    if path == "-":
        return _standard(binary)
    target, old = _target(path)
    if old and not stat.S_ISREG(old.st_mode):
        return _straight(Path(path), binary)
    return _whole(target, old, binary)


def _target(path: str) -> tuple[Path, os.stat_result | None]:
    """The file to write, links followed so that they stay and it changes, and its old state."""
    old = _state(path)
    if path.endswith(("/", os.sep)) or (old and stat.S_ISDIR(old.st_mode)) or not path:
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    target = Path(path).resolve()
    target.parent.stat()  # refuses where there is no such folder
    needed = [path] if old else []  # replacing a protected file would get round its protection
    if not old or stat.S_ISREG(old.st_mode):
        needed.append(str(target.parent))  # the new file is made beside it
    if not all(os.access(each, os.W_OK) for each in needed):
        raise PermissionError(errno.EACCES, "permission denied")
    return target, old


def _state(path: str) -> os.stat_result | None:
    """What the system knows of a file, None if it is not there yet."""
    try:
        return Path(path).stat()
    except FileNotFoundError:
        return None
    except ValueError:  # a NUL, or what the file system cannot encode
        raise OSError(errno.EINVAL, "no file can be called that") from None


def _whole(path: Path, old: os.stat_result | None, binary: bool) -> AbstractContextManager[IO[Any]]:
    """A new file beside `path` that takes its place at the end."""
    mode = stat.S_IMODE(old.st_mode) if old else None
    return atomic.replacing(path, mode, lambda part: _open(part, "x", binary))


@contextmanager
def _straight(path: Path, binary: bool) -> Iterator[IO[Any]]:
    with _open(path, "w", binary) as stream:
        _spare_terminal(stream, binary)
        text: Any = _Terminal(stream) if stream.isatty() else stream
        yield text


@contextmanager
def _standard(binary: bool) -> Iterator[IO[Any]]:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    _spare_terminal(sys.stdout, binary)
    sys.stdout.flush()  # what was printed before comes before
    stream: Any = getattr(sys.stdout, "buffer", sys.stdout)
    if binary or stream is sys.stdout:
        yield stream
    else:
        text: Any = codecs.getwriter("utf-8")(stream)  # whatever encoding the locale asks for
        safe: Any = _Terminal(text) if sys.stdout.isatty() else text
        yield safe
    stream.flush()


class _Terminal:
    """A stream of text to a terminal: data may hold what would act on it."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes the text with a sign for each character that cannot be seen."""
        self._stream.write(printable(text, lines=True))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _open(path: Path, mode: str, binary: bool) -> IO[Any]:
    if binary:
        return path.open(mode + "b")
    return path.open(mode, encoding="utf-8", newline="\n")


def _spare_terminal(stream: IO[Any], binary: bool) -> None:
    if binary and stream.isatty():
        raise Unfit("binary never goes to a terminal; name a file, or send it into a pipe")
