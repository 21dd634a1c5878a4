"""Shortcuts for drawing letters and formulas, with the matplotlib that they were written for.

They use parts of it that have no public names and may change with a minor version. With another
version everything is drawn by public names alone: more slowly, and the same pixels.
"""

from typing import Any

import matplotlib

VERSION = (3, 11)


def fit() -> bool:
    """Whether the installed matplotlib is of that version."""
    return matplotlib.__version_info__[:2] == VERSION


def take(renderer: Any) -> None:
    """Lets a renderer take them, if they fit."""
    if fit():
        from optviz.render.fast import formulas, glyphs

        for shortcut in (formulas, glyphs):
            shortcut.remember(renderer)
