"""How the terminal shows pictures, as far as its environment says."""

import os
import re
import sys
from collections.abc import Mapping
from typing import NamedTuple


class Sign(NamedTuple):
    """A variable, what it holds in some terminals, and what these can do."""

    variable: str
    pattern: str
    ability: str


# The first that fits decides. A multiplexer passes no pictures on, but it does pass on the
# variables of the terminal that it was started in; so does an editor with a terminal in it.
PICTURES = (
    Sign("TMUX", ".+", "blocks"),
    Sign("STY", ".+", "blocks"),
    Sign("ZELLIJ", ".+", "blocks"),
    Sign("TERM", "(tmux|screen).*", "blocks"),
    Sign("TERM", "xterm-(kitty|ghostty)", "kitty"),
    Sign("TERM_PROGRAM", "ghostty", "kitty"),
    Sign("TERM_PROGRAM", r"iTerm\.app|WezTerm|mintty|rio", "iterm2"),
    Sign("TERM_PROGRAM", ".+", "blocks"),
    Sign("LC_TERMINAL", "iTerm2", "iterm2"),  # the one that ssh passes on
    Sign("KITTY_WINDOW_ID", ".+", "kitty"),
    Sign("GHOSTTY_RESOURCES_DIR", ".+", "kitty"),
    Sign("WEZTERM_PANE", ".+", "iterm2"),
    Sign("KONSOLE_VERSION", r"(220[4-9]|221\d|2[3-9]\d\d|[3-9]\d{3})\d\d", "iterm2"),  # 22.04 on
)
COLOURS = (
    Sign("COLORTERM", "truecolor|24bit", "24-bit"),
    Sign("TERM", ".*-direct", "24-bit"),
    Sign("TERM_PROGRAM", "vscode|WarpTerminal", "24-bit"),
    Sign("WT_SESSION", ".+", "24-bit"),
    Sign("VTE_VERSION", r"\d{4,}", "24-bit"),
    Sign("KONSOLE_VERSION", r"\d+", "24-bit"),
    Sign("TERM", ".*256color", "256"),
)


class Terminal(NamedTuple):
    """How pictures are shown: by the `protocol` kitty or iterm2, or in blocks; and its colours."""

    protocol: str
    colours: str


def terminal(environment: Mapping[str, str] = os.environ) -> Terminal:
    """The terminal that the environment tells of; `colours` are 24-bit, 256 or "" for fewer."""
    return Terminal(_first(PICTURES, environment) or "blocks", _first(COLOURS, environment))


def _first(signs: tuple[Sign, ...], environment: Mapping[str, str]) -> str:
    fitting = (s for s in signs if re.fullmatch(s.pattern, environment.get(s.variable, "")))
    return next((sign.ability for sign in fitting), "")


def pixels_across() -> int:
    """The width of the terminal in pixels, 0 if it does not say."""
    try:
        import fcntl
        import struct
        import termios

        size = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
        return int(struct.unpack("HHHH", size)[2])
    except (ImportError, OSError):  # Windows has none of these
        return 0
