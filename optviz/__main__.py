"""The command `optviz`: from the words typed to an exit status."""

import codecs
import gc
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn

from optviz import __version__


def main() -> NoReturn:
    """Runs the command line and leaves.

    No cyclic garbage is collected in a short command, and none at exit: both are felt, neither
    frees anything that the end of the process does not.
    """
    gc.set_threshold(1_000_000, 50, 50)
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


def _tell(error: OSError) -> NoReturn:
    from optviz import files

    with files.telling("write", "standard output"):
        raise error


def _open_streams() -> None:
    """Standard streams that can say any text, and that are there even where they were closed."""
    codecs.register_error("optviz", _spelled)
    if sys.stdout is None:  # read only: each write fails, as it should
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    out, err = sys.stdout, sys.stderr
    sys.stdout = _Output(
        out.buffer, out.encoding, "optviz", line_buffering=out.isatty(),
        write_through=getattr(out, "write_through", False),
    )  # fmt: skip
    sys.stderr = _Errors(err.buffer, err.encoding, "backslashreplace", line_buffering=True)


def _spelled(error: UnicodeError) -> tuple[str | bytes, int]:
    """What an encoding lacks: the bytes a path came from if it is that, else its number."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.backslashreplace_errors(error)


def _leave(status: int) -> NoReturn:
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # told already, or nobody is left to be told
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
