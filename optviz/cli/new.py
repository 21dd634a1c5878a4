"""`optviz new`."""

from pathlib import Path, PurePath
from typing import Annotated

import typer

from optviz.cli import _console
from optviz.errors import BadValue, WorldError

GROUP = "Files and batches"
EXAMPLES = """
A specimen of a batch:
  optviz new course.toml
  optviz batch course.toml --check
A theme of your own, with every colour and size:
  optviz new mine.theme.toml
  optviz trace --theme mine.theme.toml
A document with figures, to draw with book:
  optviz new lesson.md
  optviz book lesson.md
A filter with which pandoc and Quarto draw such documents:
  optviz new optviz.lua
A rule of your own, which runs as it is:
  optviz new rule.py
To look at, without a file:
  optviz new -
"""

File = Annotated[
    str, typer.Argument(metavar="FILE", help="such as course.toml, theme.toml, lesson.md, rule.py")
]


def command(file: File) -> None:
    """Write a specimen of a batch, theme, document, rule or filter.

    If the name ends in theme.toml, of a theme of your own for --theme: every colour and size. If it
    ends in .md, of a document for book. If it ends in .py, of a rule of your own for --opt, an
    optimizer in some fifty lines. If it ends in .lua, the filter of pandoc and Quarto that draws
    the blocks of documents.
    """
    from optviz import files

    if file != "-" and Path(file).suffix.lower() not in (".toml", ".md", ".py", ".lua"):
        raise BadValue("new", file, "a name that ends in .toml, .md, .lua or .py is wanted")
    with files.telling("write", file):
        taken = file != "-" and (Path(file).exists() or Path(file).is_symlink())
    if taken:
        raise WorldError("write", file, "it is there already; remove it, or give another name")
    with files.writing(file, binary=False) as stream:
        stream.write(_specimen(file))
    if file != "-":
        _console.path(file)


def _specimen(file: str) -> str:
    if file.lower().endswith(".py"):
        from optviz.cli._rule_specimen import SPECIMEN as RULE

        return RULE.replace("FILE", file if PurePath(file).name != file else f"./{file}")
    if PurePath(file).name.lower().endswith("theme.toml"):
        from optviz.render.draw import theme, theme_file

        return theme_file.specimen(theme.theme("light")).replace("FILE", file)
    if file.lower().endswith(".md"):
        from optviz.documents import SPECIMEN as DOCUMENT

        return DOCUMENT.replace("book FILE", f"book {file}")
    if file.lower().endswith(".lua"):
        from optviz.documents import pandoc_filter

        return pandoc_filter()
    from optviz.batch import SPECIMEN

    return SPECIMEN.replace("batch FILE", f"batch {file}")
