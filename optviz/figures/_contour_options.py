"""Options of figures with contour lines: how many, and in which plane."""

import re

from optviz.errors import BadValue
from optviz.text.options import option


def read_plane(name: str, text: str) -> tuple[int | str, int | str]:
    """Two coordinates, each by its number from 1 or by its name. Raises `BadValue`."""
    parts = [part.strip() for part in text.strip().removeprefix("(").removesuffix(")").split(",")]
    pair = [int(part) if re.fullmatch(r"[+-]?\d{1,9}", part, re.ASCII) else part for part in parts]
    odd = any(one < 1 if isinstance(one, int) else re.match(r"[+-]?\.?\d|$", one) for one in pair)
    if len(pair) != 2 or pair[0] == pair[1] or odd:
        raise BadValue(name, text, "two different coordinates such as 1,3 are wanted")
    return pair[0], pair[1]


def check_levels(name: str, count: int) -> None:
    """Raises `BadValue` for a number of levels outside 1 to 200."""
    if not 1 <= count <= 200:
        raise BadValue(name, count, "1 to 200 is wanted")


LEVELS = option(None, "number of contour levels", value="N", read=check_levels)
PLANE = option(None, "plane of an n-D trace: two coordinates, such as 1,3", read=read_plane)
