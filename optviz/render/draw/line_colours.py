"""The theme of a look: where colours of curves were typed, these stand before the theme's own."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from optviz.errors import BadValue
from optviz.render.draw import backend, colour
from optviz.render.draw.theme import Theme, theme
from optviz.scene import Look

_SEEN = 1.5  # WCAG's ratio of a line and the page below which it is lost
_READ = 4.5  # of words and what they stand on: WCAG, level AA
_STEP = 0.01  # of OKLab's lightness


def themed(look: Look) -> Theme:
    """The theme of the look, with its colours of curves.

    Raises what `theme` raises, and `BadValue` for a colour that cannot be read, or not be seen.
    """
    return _with_colours(look.theme, look.colors) if look.colors else theme(look.theme)


@lru_cache(maxsize=8)
def _with_colours(name: str | None, typed: tuple[str, ...]) -> Theme:
    plain = theme(name)
    lines = [_read(text) for text in typed]
    for text, line in zip(typed, lines, strict=True):
        if colour.contrast(line, plain.paper) < _SEEN:
            wanted = f"one that can be seen on the page, {plain.paper}, is wanted"
            raise BadValue("colors", text, wanted)
    words = [_readable(line, plain) for line in lines]
    count = len(lines)
    return replace(
        plain, lines=(*lines, *plain.lines[count:]), words=(*words, *plain.words[count:])
    )


def _read(text: str) -> str:
    """A colour of matplotlib, by name or in hexadecimal digits, as `#rrggbb`."""
    backend.ready()
    from matplotlib.colors import to_rgba

    try:
        *values, opacity = to_rgba(text)
    except ValueError:
        opacity = 0.0
    if opacity < 1:
        wanted = "an opaque colour such as #e04e10, navy or tab:blue is wanted"
        raise BadValue("colors", text, wanted)
    return colour.hexadecimal(np.array(values))


def _readable(line: str, plain: Theme) -> str:
    """The colour, darker or lighter until words in it can be read on the page and on all levels."""
    grounds = [plain.paper, *(c for k in range(13) if (c := plain.height_colour(k / 12)))]
    bright = float(colour.luminance(colour.rgb(plain.paper))) > 0.18
    lightness, *hue = colour.lab(colour.rgb(line)).tolist()
    words = line
    while min(colour.contrast(words, ground) for ground in grounds) < _READ:
        lightness += -_STEP if bright else _STEP
        words = colour.hexadecimal(colour.srgb(np.array([lightness, *hue])))
        if not 0 <= lightness <= 1:
            return plain.ink
    return words
