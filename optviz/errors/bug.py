"""What is said of a fault of the program itself: three lines in place of a traceback."""

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
from optviz.errors.printable import visible

_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ENOSPC)
_HOUSE = Path(__file__).parents[1]
_INSTALLED = tuple(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))


class Bug(OptvizError):
    """An exception that nobody expected: what it is, whose fault, how to report it.

    `owner` is the file at fault where that is no file of optviz, such as somebody's own rule.
    With OPTVIZ_DEBUG=1 in the environment the traceback comes before.
    """

    exit_code = 1

    def __init__(self, what: str, owner: str, trace: str) -> None:
        self.what, self.owner, self.trace = what, owner, trace
        super().__init__(what, owner, trace)

    def __str__(self) -> str:
        lines = [self.what, f"this is a fault of {self.owner or 'optviz'}, not of what was asked"]
        how = f"please report it, with the command line and: {_versions()}; "
        lines.append(f"{'' if self.owner else how}OPTVIZ_DEBUG=1 shows the traceback")
        text = "\n  ".join(map(visible, lines))
        debug = os.environ.get("OPTVIZ_DEBUG", "") not in ("", "0")
        return f"{text}\n{visible(self.trace, lines=True).rstrip()}" if debug else text


def found(error: Exception) -> OptvizError:
    """The bug that an exception shows, with the innermost place in optviz or in a person's file.

    A library that cannot be loaded, and a system that has run out of something, are no bugs.
    """
    if isinstance(error, ImportError) and (refusal := _unloadable(error)):
        return refusal
    if isinstance(error, OSError) and error.errno in _EXHAUSTED:
        why = os.strerror(error.errno)
        return WorldError("use", str(error.filename or "the system"), why[:1].lower() + why[1:])
    what, owner = f"{type(error).__name__}: {error}".removesuffix(": "), ""
    if place := _place(extract_tb(error.__traceback__)):
        ours = Path(place.filename).is_relative_to(_HOUSE)
        name = str(Path(place.filename).relative_to(_HOUSE)) if ours else place.filename
        what, owner = f"{what} ({name}, line {place.lineno})", "" if ours else name
    return Bug(what, owner, "".join(format_exception(error)))


def _unloadable(error: ImportError) -> WorldError | None:
    """What keeps a library from being loaded; None for a module of optviz."""
    cause: BaseException = error
    while inner := cause.__cause__ or cause.__context__:
        cause = inner
    library = _library(error)
    if library == "optviz":
        return None
    said = "not enough memory" if isinstance(cause, MemoryError) else str(cause)
    return WorldError("load", library, said.strip().partition("\n")[0])


def _library(error: ImportError) -> str:
    """The package that is missing, or whose own file raised the error."""
    if isinstance(error, ModuleNotFoundError):
        return (error.name or "a library").partition(".")[0]
    file = Path(extract_tb(error.__traceback__)[-1].filename)
    homes = [home for home in (str(_HOUSE.parent), *_INSTALLED) if file.is_relative_to(home)]
    return file.relative_to(max(homes, key=len)).parts[0] if homes else "a library"


@contextmanager
def reported() -> Iterator[None]:
    """Raises a `Bug` for what the block raises that is no error of optviz's; for workers."""
    try:
        yield
    except (OptvizError, MemoryError):
        raise
    except Exception as error:
        raise found(error) from error


def _place(frames: list[FrameSummary]) -> FrameSummary | None:
    """The innermost frame in optviz, or in code that a person gave it; libraries have no part."""
    for frame in reversed(frames):
        ours = Path(frame.filename).is_relative_to(_HOUSE)
        if ours or not frame.filename.startswith((*_INSTALLED, "<")):
            return frame
    return None


def _versions() -> str:
    """What a report is to tell: optviz, Python and the libraries that draw."""
    from importlib.metadata import PackageNotFoundError, version

    names = [f"optviz {__version__}", f"Python {'.'.join(map(str, sys.version_info[:3]))}"]
    for name in ("matplotlib", "numpy", "pillow"):
        with suppress(PackageNotFoundError):
            names.append(f"{name} {version(name)}")
    return ", ".join(names)
