"""Reports of faults of the program itself: three lines in place of a traceback."""

import errno
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb, format_exception

from optviz import __version__
from optviz.errors import OptvizError, WorldError
from optviz.errors.printable import printable

_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ENOSPC)
_PACKAGE = Path(__file__).parents[1]
_INSTALLED = tuple(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))


class Bug(OptvizError):
    """An unexpected exception: what it is, in which code, how to report it.

    `owner` is the file at fault where that is not a file of optviz, such as a user's own rule.
    With OPTVIZ_DEBUG=1 in the environment the traceback follows.
    """

    exit_code = 1

    def __init__(self, what: str, owner: str, trace: str) -> None:
        self.what, self.owner, self.trace = what, owner, trace
        super().__init__(what, owner, trace)

    def __str__(self) -> str:
        lines = [self.what, f"this is a fault of {self.owner or 'optviz'}, not of what was asked"]
        report = f"please report it, with the command line and: {_versions()}; "
        lines.append(f"{'' if self.owner else report}OPTVIZ_DEBUG=1 shows the traceback")
        text = "\n  ".join(map(printable, lines))
        debug = os.environ.get("OPTVIZ_DEBUG", "") not in ("", "0")
        return f"{text}\n{printable(self.trace, lines=True).rstrip()}" if debug else text


def diagnose(error: Exception) -> OptvizError:
    """The `Bug` behind an exception, at the innermost place in optviz or in a user's file.

    A library that cannot be loaded, or a system without memory, disk or descriptors, is a
    `WorldError` instead.
    """
    if isinstance(error, ImportError) and (failure := _load_failure(error)):
        return failure
    if isinstance(error, OSError) and error.errno in _EXHAUSTED:
        reason = os.strerror(error.errno)
        path = str(error.filename or "the system")
        return WorldError("use", path, reason[:1].lower() + reason[1:])
    what, owner = f"{type(error).__name__}: {error}".removesuffix(": "), ""
    if frame := _frame_at_fault(extract_tb(error.__traceback__)):
        own = Path(frame.filename).is_relative_to(_PACKAGE)
        name = str(Path(frame.filename).relative_to(_PACKAGE)) if own else frame.filename
        what, owner = f"{what} ({name}, line {frame.lineno})", "" if own else name
    return Bug(what, owner, "".join(format_exception(error)))


def _load_failure(error: ImportError) -> WorldError | None:
    """Why a library cannot be loaded; None for a module of optviz."""
    cause: BaseException = error
    while inner := cause.__cause__ or cause.__context__:
        cause = inner
    library = _library(error)
    if library == "optviz":
        return None
    reason = "not enough memory" if isinstance(cause, MemoryError) else str(cause)
    return WorldError("load", library, reason.strip().partition("\n")[0])


def _library(error: ImportError) -> str:
    """The package that is missing, or whose own file raised the error."""
    if isinstance(error, ModuleNotFoundError):
        return (error.name or "a library").partition(".")[0]
    file = Path(extract_tb(error.__traceback__)[-1].filename)
    homes = [home for home in (str(_PACKAGE.parent), *_INSTALLED) if file.is_relative_to(home)]
    return file.relative_to(max(homes, key=len)).parts[0] if homes else "a library"


@contextmanager
def reported() -> Iterator[None]:
    """Raises a `Bug` for an exception of the block that is not one of optviz; for workers."""
    try:
        yield
    except (OptvizError, MemoryError):
        raise
    except Exception as error:
        raise diagnose(error) from error


def _frame_at_fault(frames: list[FrameSummary]) -> FrameSummary | None:
    """The innermost frame in optviz or in a user's code; those of libraries are passed over."""
    for frame in reversed(frames):
        own = Path(frame.filename).is_relative_to(_PACKAGE)
        if own or not frame.filename.startswith((*_INSTALLED, "<")):
            return frame
    return None


def _versions() -> str:
    """The versions of optviz, Python and the libraries that draw."""
    from importlib.metadata import PackageNotFoundError, version

    names = [f"optviz {__version__}", f"Python {'.'.join(map(str, sys.version_info[:3]))}"]
    for name in ("matplotlib", "numpy", "pillow"):
        with suppress(PackageNotFoundError):
            names.append(f"{name} {version(name)}")
    return ", ".join(names)
