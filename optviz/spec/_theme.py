"""Reads themes: a name, or the path of a TOML file whose content goes into the look."""

from pathlib import PurePath

from optviz import files
from optviz.files import limits
from optviz.spec._fields import LookSpec

USUAL_THEME = "light"  # of pictures; that of a page is auto


def theme_file(look: LookSpec) -> str:
    """The path of the theme's file, "" for a name, for none, and for what is content already."""
    theme = (look.theme or "").strip()
    return theme if "\n" not in theme and PurePath(theme).suffix.lower() == ".toml" else ""


def embedded_theme(path: str) -> str:
    """The theme of a file as its name and, in the lines below, its content.

    Raises `WorldError`, and `BadFile` with the line for what is no theme.
    """
    from optviz import render
    from optviz.scene import Look

    content = files.decoded(files.reading(path, limits.THEME), path).replace("\r\n", "\n")
    render.check(Look(theme=f"{path}\n{content}"))
    return f"{PurePath(path).name}\n{content}"
