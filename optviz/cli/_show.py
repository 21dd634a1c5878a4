"""`--show`: the picture in the terminal."""

import io
import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from optviz.cli import _console
from optviz.cli._options import OutSpec
from optviz.cli._terminal import pixels_across, terminal
from optviz.errors import OptvizError, Unfit

if TYPE_CHECKING:
    from optviz.scene import Look, Scene

_FILE = "-o FILE writes the picture into a file"


def settled(out: OutSpec, typed: frozenset[str] | None) -> OutSpec:
    """The outputs, without `show` where the environment asks for it and it cannot be done.

    Raises `Unfit` if it was typed.
    """
    if not out.show:
        return out
    try:
        _check(out)
    except OptvizError:
        if typed is None or "show" in typed:
            raise
        return replace(out, show=False)
    return out


def _check(out: OutSpec) -> None:
    """Raises `Unfit` where the picture cannot be shown: no terminal, or too few colours."""
    if not (sys.stdout and sys.stdout.isatty()):
        raise Unfit(f"--show draws in a terminal, and standard output is none; {_FILE}")
    if out.json or "-" in out.output:
        other = "--json" if out.json else "-o -"
        raise Unfit(f"--show and {other} both want standard output; leave one out")
    if os.environ.get("TERM") == "dumb":
        raise Unfit(f"a terminal with TERM=dumb shows no pictures; {_FILE}")
    screen = terminal()
    if screen.protocol != "blocks":
        return
    if not _console.coloured(out.color, sys.stdout):
        reason = "--no-color" if out.color is False else "NO_COLOR"
        raise Unfit(f"this terminal shows pictures in coloured blocks, and {reason} wants none")
    if not screen.colours:
        name = os.environ.get("TERM") or "unknown"
        raise Unfit(f"this terminal (TERM is {name}) has too few colours for pictures; {_FILE}")
    if not _has_blocks():
        raise Unfit(f"standard output is in {sys.stdout.encoding}, which has no blocks; {_FILE}")


def _has_blocks() -> bool:
    try:
        return bool("▀▄".encode(sys.stdout.encoding))
    except UnicodeEncodeError:
        return False


def show(scene: "Scene", look: "Look") -> None:
    """Draws the scene as a PNG and shows it; blocks are too coarse for words, so have a title.

    Raises what `render.write` raises.
    """
    from optviz import render
    from optviz.render import terminal as ways
    from optviz.render.format import plain

    stream = io.BytesIO()
    render.write(scene, look, "png", stream)
    png, screen = stream.getvalue(), terminal()
    columns, lines = shutil.get_terminal_size()
    if screen.protocol in ways.PROTOCOLS:
        width = columns if 0 < pixels_across() < look.size[0] else None
        _console.picture(ways.PROTOCOLS[screen.protocol](png, width))
        return
    if scene.title and look.heading != "none":
        _console.show(plain(scene.title))
    exact = screen.colours == "24-bit"
    _console.picture(ways.blocks(png, columns, lines - 3, exact=exact))
    _console.picture(ways.swatches(scene, look, exact=exact))
