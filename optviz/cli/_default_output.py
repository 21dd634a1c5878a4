"""The file that a command writes if no output is named: only over a file of optviz's own."""

import sys
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from optviz.cli import _console
from optviz.cli._options import OutSpec
from optviz.cli._output import Output
from optviz.errors import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def refuse_foreign(spec: OutSpec, found: "Iterable[Output]") -> None:
    """Raises `Unfit` if no output is named and one would replace a file that optviz did not make.

    This comes after all that can be wrong with what was typed.
    """
    for out in () if spec.output else found:
        for path in _files(out):
            if not _is_ours(path, out):
                raise Unfit(f"{path} was not made by optviz; write -o {out.path} to replace it")


def _files(out: Output) -> "Iterable[str]":
    """The files of the output that are there already, of frames all."""
    from optviz import files
    from optviz.render.formats import frames

    if out.path in ("-", ""):
        return ()
    if not out.many:
        return filter(files.is_regular, [out.path])
    return takewhile(files.is_regular, (frames.numbered(out.path, i) for i in count()))


def _is_ours(path: str, out: Output) -> bool:
    """Whether the file has optviz's name in it, or is data as optviz writes it.

    A file too large to be read is somebody else's.
    """
    from optviz import files, records
    from optviz.errors import OptvizError
    from optviz.files import limits

    try:
        data = files.reading(path, limits.PICTURE)
    except OptvizError:
        return False
    return b"optviz" in data if out.picture else records.registry[out.format].made(data)


def tell(found: "Sequence[Output]") -> None:
    """Says at a terminal where the file of a command without -o is, and how to name another."""
    if not (sys.stderr and sys.stderr.isatty()):
        return
    for out in found:
        if out.path not in ("-", ""):
            _console.say(f"{Path(out.path).resolve()} (-o FILE names another, --show shows it)")
