"""What a report of a fault needs to know of a machine: versions, fonts, ffmpeg, cache, terminal."""

import os
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from optviz import __version__
from optviz.cli import _console
from optviz.errors import OptvizError

_PACKAGES = ("numpy", "matplotlib", "typer", "pillow", "contourpy", "rich")
_EXTRAS = ("imageio-ffmpeg", "torch", "distributed")
_VARIABLES = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "LC_TERMINAL", "NO_COLOR", "FORCE_COLOR"),
    *("KITTY_WINDOW_ID", "WEZTERM_PANE", "KONSOLE_VERSION", "VTE_VERSION", "WT_SESSION"),
    *("STY", "ZELLIJ"),
)
_SAMPLE = "Aαж"  # letters of every picture


def versions() -> dict[str, str]:
    """The versions of optviz, Python and the packages; of extras those that are installed."""
    found = {"optviz": __version__, "python": platform.python_version()}
    for name in (*_PACKAGES, *_EXTRAS):
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def system() -> dict[str, str]:
    """The system and its processor."""
    return {"system": platform.platform(), "encoding": sys.getfilesystemencoding()}


def fonts(text: str | None, font: str | None = None) -> list[dict[str, str]]:
    """The fonts of a text, script by script. Raises `OptvizError` for a font that is not there."""
    from optviz.render import fonts

    return [use._asdict() for use in fonts.uses(text or _SAMPLE, font)]


def ffmpeg() -> dict[str, str]:
    """The path and the version of ffmpeg, or what is missing."""
    from optviz.render.formats import mp4

    try:
        program = mp4.ffmpeg()
        done = subprocess.run(
            [program, "-version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OptvizError, OSError, subprocess.SubprocessError) as error:
        return {"problem": str(error).partition(": ")[2] or str(error)}
    words = done.stdout.split()
    return {"path": program, "version": words[2] if len(words) > 2 else ""}


def cache() -> dict[str, Any]:
    """The folder of the cache of batches, its size in bytes, and whether it can be written."""
    from optviz import batch

    try:
        folder = batch.cache_folder()
    except RuntimeError as error:  # no home
        return {"problem": str(error)}
    files = folder.rglob("*") if folder.is_dir() else ()
    size = sum(file.stat().st_size for file in files if file.is_file())
    path = str(folder).replace(str(Path.home()), "~", 1)
    return {"path": path, "bytes": size, "writable": os.access(_existing(folder), os.W_OK)}


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there, where it would be made."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def terminal() -> dict[str, Any]:
    """The terminal as its environment describes it."""
    from optviz.cli._terminal import terminal

    return {
        "pictures": terminal().protocol,
        "input": sys.stdin.isatty() if sys.stdin else False,
        "output": sys.stdout.isatty(),
        "errors": sys.stderr.isatty(),
        "columns": shutil.get_terminal_size().columns,
        "colour": _console.coloured(None, sys.stdout),
        "encoding": sys.stdout.encoding,
        **{name: os.environ[name] for name in _VARIABLES if os.environ.get(name)},
    }
