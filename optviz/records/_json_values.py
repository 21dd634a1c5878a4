"""Values read from JSON, each checked; an error says what is wanted in its place."""

import json
from itertools import chain
from typing import Any, NoReturn

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue
from optviz.files import limits

_NUMBERS = {int, float, type(None)}  # bool is not among them
_SHAPES = ("a number", "a list of numbers", "a list of lists of numbers")


def nested_lists(values: Array) -> Any:
    """The array as lists in lists, None for what is not finite."""
    objects = values.astype(object)
    objects[~np.isfinite(values)] = None
    return objects.tolist()


def numbers(what: str, value: Any, depth: int) -> Array:
    """Lists in lists, `depth` deep (0, 1 or 2), as an array of that many axes; None is nan.

    Raises `BadValue`, which calls the value `what`, for anything else and for unequal lengths.
    """
    items = [value]
    for _ in range(depth):
        _refuse_others(what, items, {list}, _SHAPES[depth])
        lengths = sorted({len(item) for item in items})
        if len(lengths) > 1:
            shown = f"lists of {lengths[0]} and of {lengths[-1]} numbers"
            raise BadValue(what, shown, "equally long ones are wanted")
        items = list(chain.from_iterable(items))
    _refuse_others(what, items, _NUMBERS, "a number or null")
    try:
        return np.array(value, dtype=np.float64)
    except OverflowError:
        raise BadValue(what, "an integer too large for a float", "smaller is wanted") from None


def _refuse_others(what: str, items: list[Any], types: set[type], expected: str) -> None:
    """Raises `BadValue`, with the first of them, for items of other types."""
    if not {type(item) for item in items} <= types:
        refuse(what, next(item for item in items if type(item) not in types), expected)


def integer(
    fields: dict[str, Any], key: str, default: int, least: int = 0, most: int = limits.STEP
) -> int:
    """The integer under `key`, `default` if there is none. Raises `BadValue`."""
    value = fields.get(key)
    if value is None:
        return default
    if type(value) is not int or not least <= value <= most:
        refuse(key, value, f"a whole number from {least} up to {most}")
    return int(value)


def text(fields: dict[str, Any], key: str, choices: tuple[str, ...] = ()) -> str:
    """The text under `key`, "" if there is none. Raises `BadValue` if `choices` lack it."""
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or (choices and value not in choices):
        refuse(key, value, f"one of {', '.join(choices)}" if choices else "a text")
    return str(value)


def refuse(what: str, value: Any, expected: str) -> NoReturn:
    """Raises `BadValue` with the value as JSON."""
    raise BadValue(what, json.dumps(value)[:60], f"{expected} is wanted")
