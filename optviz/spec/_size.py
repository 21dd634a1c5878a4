"""Reads the size of a picture, in pixels or on paper, and that of its letters."""

import re

from optviz.decimals import DECIMAL
from optviz.errors import BadValue
from optviz.spec._fields import LookSpec

LARGEST = 1e15  # pixels or bytes that a number is cut to, all refused alike
_SIZE = re.compile(rf"\(?({DECIMAL})(?:\s*[xX×*,]\s*|\s+)({DECIMAL})\)?\s*(px|in|cm|mm)?", re.ASCII)
_UNITS = {"px": 0.0, "": 0.0, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4}
_ON_PAPER = 8.0  # points of a letter, as journals have them in figures
_SMALLEST = 4.0  # points
_ACROSS, _DOWN = 20, 15  # letters that a picture has room for at least


def pixels(text: str, dpi: int) -> tuple[int, int]:
    """Width and height in pixels of `960x720`, `16x9cm` or `6x4in`. Raises `BadValue`."""
    match = _match(text)
    inches = _UNITS[match[3] or ""]
    sides = [float(match[i]) * (inches * dpi or 1) for i in (1, 2)]
    width, height = (round(min(side, LARGEST)) for side in sides)
    if not (200 <= width <= 20_000 and 150 <= height <= 20_000):
        expected = "200x150 to 20000x20000 is wanted"
        if not inches and max(sides) < 100:
            expected += f"; in inches it is {width}x{height}in"
        raise BadValue("size", f"{width}x{height} pixels", expected)
    return width, height


def font_size(spec: LookSpec, size: tuple[int, int]) -> float | None:
    """Points of the base letter in a picture of `size` pixels; None lets it grow with them.

    A size on paper has letters of a fixed size, whatever the resolution. Raises `BadValue`.
    """
    most = min(size[0] / _ACROSS, size[1] / _DOWN) * 72 / spec.dpi
    if spec.font_size is None:
        return min(_ON_PAPER, most) if _is_on_paper(spec) else None
    if not _SMALLEST <= spec.font_size <= most:
        expected = f"{_SMALLEST:g} to {most:.3g} points are wanted at this size"
        raise BadValue("font-size", spec.font_size, expected)
    return spec.font_size


def has_points(spec: LookSpec) -> bool:
    """Whether the size, or that of letters, is not in pixels, so that the resolution counts."""
    return spec.font_size is not None or _is_on_paper(spec)


def _is_on_paper(spec: LookSpec) -> bool:
    return spec.size is not None and bool(_UNITS[_match(spec.size)[3] or ""])


def _match(text: str) -> re.Match[str]:
    if match := _SIZE.fullmatch(text.strip()):
        return match
    raise BadValue("size", repr(text), "a size such as 960x720, 16x9cm or 6x4in is wanted")
