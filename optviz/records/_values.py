"""Values of JSON, each taken with a check that says what was wanted instead."""

import json
from itertools import chain
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue
from optviz.files import limits

_NUMBERS = {int, float, type(None)}  # bool is none of them
_DEEP = ("a number", "a list of numbers", "a list of lists of numbers")


def listed(values: Array) -> Any:
    """Lists in lists, None for what is not finite."""
    plain = values.astype(object)
    plain[~np.isfinite(values)] = None
    return plain.tolist()


def numbers(what: str, value: Any, depth: int) -> Array:
    """Lists in lists, `depth` deep (0, 1 or 2), as an array of that many axes; None is nan.

    Raises `BadValue`, which speaks of `what`, where something else is in it or lengths differ.
    """
    inner = [value]
    for _ in range(depth):
        refuse(what, [item for item in inner if type(item) is not list], _DEEP[depth])
        lengths = sorted({len(item) for item in inner})
        if len(lengths) > 1:
            given = f"lists of {lengths[0]} and of {lengths[-1]} numbers"
            raise BadValue(what, given, "equally long ones are wanted")
        inner = list(chain.from_iterable(inner))
    if not {type(item) for item in inner} <= _NUMBERS:
        refuse(what, [item for item in inner if type(item) not in _NUMBERS], "a number or null")
    try:
        return np.array(value, dtype=np.float64)
    except OverflowError:
        raise BadValue(what, "an integer too large for a float", "smaller is wanted") from None


def whole(
    known: dict[str, Any], key: str, default: int, least: int = 0, most: int = limits.STEP
) -> int:
    """The whole number under `key`, `default` if there is none. Raises `BadValue`."""
    value = known.get(key)
    if value is None:
        return default
    if type(value) is not int or not least <= value <= most:
        refuse(key, [value], f"a whole number from {least} up to {most}")
    return int(value)


def text(known: dict[str, Any], key: str, choices: tuple[str, ...] = ()) -> str:
    """The text under `key`, "" if there is none. Raises `BadValue` if `choices` lack it."""
    value = known.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or (choices and value not in choices):
        refuse(key, [value], f"one of {', '.join(choices)}" if choices else "a text")
    return str(value)


def refuse(what: str, odd: list[Any], wanted: str) -> None:
    """Raises `BadValue` if there is anything odd, and shows the first."""
    if odd:
        raise BadValue(what, json.dumps(odd[0])[:60], f"{wanted} is wanted")
