"""Half blocks: each character shows two pixels, one above the other, in colours of its own."""

import io
from itertools import pairwise

import numpy as np
from PIL import Image

from optviz.arrays import Ints

_LEVELS = (0, 95, 135, 175, 215, 255)  # of each channel in the cube of xterm's 256 colours
_CUBE, _GREYS = 16, 232  # the numbers of the first colours of the cube and of the greys
_OPAQUE = 128


def blocks(png: bytes, columns: int, rows: int, *, exact: bool = True) -> str:
    """A PNG in at most `columns` x `rows` characters; what is transparent shows the terminal.

    With `exact` the colours have 24 bits, else they are the nearest of xterm's 256.
    """
    pixels = _pixels(png, columns, rows)
    upper, lower = pixels[0::2], pixels[1::2]
    lines = (_line(above, below, exact) for above, below in zip(upper, lower, strict=True))
    return "".join(f"{line}\x1b[0m\n" for line in lines)


def _pixels(png: bytes, columns: int, rows: int) -> Ints:
    """The picture with two pixels a character, as large as fits: (2·rows, columns, 4)."""
    with Image.open(io.BytesIO(png)) as picture:
        width, height = picture.size
        scale = min(columns / width, 2 * rows / height, 1.0)
        down = max(round(height * scale / 2), 1)
        size = max(round(width * scale), 1), 2 * down
        small = picture.convert("RGBA").resize(size, Image.Resampling.BOX)
    return np.asarray(small).astype(np.int64)


def _line(upper: Ints, lower: Ints, exact: bool) -> str:
    """One line of characters; a colour is written where it changes."""
    cells = [("", "", "")]
    cells += [_cell(above, below, exact) for above, below in zip(upper, lower, strict=True)]
    parts = []
    for before, (sign, front, back) in pairwise(cells):
        codes = [code for code, old in ((front, before[1]), (back, before[2])) if code != old]
        parts.append((f"\x1b[{';'.join(codes)}m" if codes else "") + sign)
    return "".join(parts)


def _cell(above: Ints, below: Ints, exact: bool) -> tuple[str, str, str]:
    """The sign of two pixels, the code of its colour, and that of the colour behind it."""
    if below[3] < _OPAQUE:
        return (" ", "39", "49") if above[3] < _OPAQUE else ("▀", _code(38, above, exact), "49")
    if above[3] < _OPAQUE:
        return "▄", _code(38, below, exact), "49"
    return "▀", _code(38, above, exact), _code(48, below, exact)


def _code(ground: int, pixel: Ints, exact: bool) -> str:
    red, green, blue, _ = (int(value) for value in pixel)
    return paint(ground, (red, green, blue), exact)


def paint(ground: int, colour: tuple[int, int, int], exact: bool) -> str:
    """The code of a colour, from 0 to 255, in front (ground 38) or behind (48)."""
    red, green, blue = colour
    if exact:
        return f"{ground};2;{red};{green};{blue}"
    return f"{ground};5;{_nearest(red, green, blue)}"


def _nearest(*colour: int) -> int:
    """The number of the nearest of xterm's colours from 16 on: a cube, and 24 greys."""
    places = [min(range(6), key=lambda i: abs(_LEVELS[i] - value)) for value in colour]
    grey = min(max(round((sum(colour) / 3 - 8) / 10), 0), 23)
    cube = [_LEVELS[place] for place in places]
    if _distance(colour, [8 + 10 * grey] * 3) < _distance(colour, cube):
        return _GREYS + grey
    return _CUBE + 36 * places[0] + 6 * places[1] + places[2]


def _distance(one: tuple[int, ...], other: list[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
