"""What is said of a fault of the program itself: three lines in place of a traceback."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb, format_exception

from optviz import __version__
from optviz.errors import OptvizError
from optviz.visible import visible

_HOUSE = Path(__file__).parent
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


def found(error: Exception) -> Bug:
    """The bug that an exception shows, with the innermost place in optviz or in a person's file."""
    what, owner = f"{type(error).__name__}: {error}".removesuffix(": "), ""
    if place := _place(extract_tb(error.__traceback__)):
        ours = Path(place.filename).is_relative_to(_HOUSE)
        name = str(Path(place.filename).relative_to(_HOUSE)) if ours else place.filename
        what, owner = f"{what} ({name}, line {place.lineno})", "" if ours else name
    return Bug(what, owner, "".join(format_exception(error)))


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
