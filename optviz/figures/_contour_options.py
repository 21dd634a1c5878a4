"""Options of figures with contour lines: how many, and in which plane."""

import re

from optviz.errors import BadValue
from optviz.text.options import numbers, option

Levels = int | tuple[float, ...] | None  # a number of lines, f on them, or as it is best


def read_plane(name: str, text: str) -> tuple[int | str, int | str]:
    """Two coordinates, each by its number from 1 or by its name. Raises `BadValue`."""
    parts = [part.strip() for part in text.strip().removeprefix("(").removesuffix(")").split(",")]
    pair = [int(part) if re.fullmatch(r"[+-]?\d{1,9}", part, re.ASCII) else part for part in parts]
    odd = any(one < 1 if isinstance(one, int) else re.match(r"[+-]?\.?\d|$", one) for one in pair)
    if len(pair) != 2 or pair[0] == pair[1] or odd:
        raise BadValue(name, text, "two different coordinates such as 1,3 are wanted")
    return pair[0], pair[1]


def read_levels(name: str, text: str) -> int | tuple[float, ...]:
    """A number of contour lines from 1 to 200, or the values of f on them, ascending.

    One number is a count unless it has a point, as 0.5 and 10.0 do. Raises `BadValue`.
    """
    if re.fullmatch(r"\s*[+-]?\d+\s*", text, re.ASCII):
        if not 1 <= int(text) <= _MOST:
            raise BadValue(name, text.strip(), f"1 to {_MOST} lines, or their values, are wanted")
        return int(text)
    values = numbers(name, text)
    if len(values) > _MOST:
        raise BadValue(name, f"{len(values)} of them", f"at most {_MOST} values are wanted")
    return tuple(sorted(set(values)))


_MOST = 200
LEVELS = option(
    None, "number of contour lines, or f on them: 0.1,1,10", value="N|F,F,…", read=read_levels
)
PLANE = option(None, "plane of an n-D trace: two coordinates", value="I,J", read=read_plane)
