"""The command `optviz`: from the words typed to an exit status."""

import os
import sys

TYPE_CHECKING = False  # typing itself would take 10 ms
if TYPE_CHECKING:
    from types import TracebackType
    from typing import BinaryIO, NoReturn, TextIO


def _hook(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """Ends the process without a traceback for a Ctrl-C before `main` installs its handler.

    The same if memory is so short that not even the error can be handled.
    """
    if issubclass(kind, KeyboardInterrupt):
        os._exit(130)
    if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
        os.write(2, b"optviz: not enough memory\n")
        os._exit(1)
    sys.__excepthook__(kind, error, trace)


sys.excepthook = _hook

import codecs
import io
from contextlib import suppress

from optviz import __version__, process
from optviz.process import signals


def main() -> "NoReturn":
    """Runs the command line and leaves."""
    signals.install()
    process.settle()
    _open_streams()
    if sys.argv[1:] == ["--version"]:  # answered before anything is imported
        with suppress(Exception):  # the command line meets it again, and says it
            print(f"optviz {__version__}", flush=True)
            _leave(0)
    from optviz import cli

    _leave(cli.main(sys.argv[1:]))


class _Output(io.TextIOWrapper):
    """Standard output: a full disk or a closed stream is a `WorldError`."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            _tell(error)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            _tell(error)


class _Errors(io.TextIOWrapper):
    """Standard error: where nobody can hear it the work goes on."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def _tell(error: OSError) -> "NoReturn":
    from optviz import files

    with files.telling("write", "standard output"):
        raise error


def _open_streams() -> None:
    """Standard streams that can say any text, and that are there even where they were closed."""
    codecs.register_error("optviz", _spelled)
    out, err = sys.stdout, sys.stderr
    below = _below(out, os.O_RDONLY)  # where it is closed each write fails, as it should
    sys.stdout = _Output(
        below,
        getattr(out, "encoding", None),
        "optviz",
        line_buffering=below.isatty(),
        write_through=getattr(out, "write_through", False),
    )
    below = _below(err, os.O_WRONLY)
    sys.stderr = _Errors(
        below, getattr(err, "encoding", None), "backslashreplace", line_buffering=True
    )


def _below(stream: "TextIO | None", flags: int) -> "BinaryIO":
    return stream.buffer if stream else os.fdopen(os.open(os.devnull, flags), "wb")


def _spelled(error: UnicodeError) -> tuple[str | bytes, int]:
    """What an encoding lacks: the bytes a path came from if it is that, else its number."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.backslashreplace_errors(error)


def _leave(status: int) -> "NoReturn":
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # told already, or nobody is left to be told
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
