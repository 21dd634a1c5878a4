"""`optviz new`."""

from pathlib import Path
from typing import Annotated

import typer

from optviz.cli import _console
from optviz.errors import BadValue, WorldError

File = Annotated[str, typer.Argument(metavar="FILE", help="the file to write, such as course.toml")]


def command(file: File) -> None:
    """Write a commented specimen of a spec file for `optviz batch`."""
    from optviz import files
    from optviz.batch import SPECIMEN

    if file != "-" and Path(file).suffix.lower() != ".toml":
        raise BadValue("new", file, "a name that ends in .toml is wanted")
    with files.telling("write", file):
        taken = file != "-" and (Path(file).exists() or Path(file).is_symlink())
    if taken:
        raise WorldError("write", file, "it is there already; remove it, or give another name")
    with files.writing(file, binary=False) as stream:
        stream.write(SPECIMEN.replace("batch FILE", f"batch {file}"))
    if file != "-":
        _console.path(file)
