"""Python values as the values of a spec file: arrays, tuples and dictionaries become text."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from dataclasses import Field
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from os import PathLike, fspath
from typing import Any

from optviz.api._objective_text import is_array, numbers, objective
from optviz.api._optimizer_text import optimizer
from optviz.api._shown import shown
from optviz.errors import BadValue
from optviz.schedules import Schedule
from optviz.spec import COMMON
from optviz.text.options import convert, listed, type_name

_VIEWS = (KeysView, ValuesView, ItemsView)
_MOST = 100_000  # parts of what may have no end


def gathered(value: Any) -> Any:
    """What can be gone through once, such as a generator or the keys of a dictionary, as a list."""
    return list(islice(value, _MOST)) if isinstance(value, (Iterator, *_VIEWS)) else value


def is_several(value: Any) -> bool:
    """Whether a value has parts of its own: a list, an array, a column of a table."""
    return isinstance(plain(value), list)


def converted(f: "Field[Any]", value: Any) -> Any:
    """A Python value as the type of the option, None for its default. Raises `BadValue`."""
    if f.name == "objective" and isinstance(value, PathLike):
        return f"@{fspath(value)}"
    value = plain(value)
    if value is None:
        return None
    if value in ([], {}):
        raise BadValue(f.name, "nothing", "one value or more is wanted, or None for the default")
    if f.name == "objective":
        return objective(value)
    if f.name == "opt":
        return tuple(optimizer(one) for one in _parts(value))
    if f.name == "colors":
        value = [_colour(one) for one in _parts(value)]
    if "tuple" in type_name(f):
        return convert(f, _many(f, value))
    if type_name(f).startswith("int") and isinstance(value, float) and value.is_integer():
        value = int(value)
    choices = f.metadata["choices"]
    if choices and not isinstance(value, str):
        raise BadValue(f.name, shown(value), f"{listed(choices)} is wanted")
    return convert(f, _joined(f, value) if isinstance(value, list) else value)


def plain(value: Any) -> Any:
    """NumPy's numbers and arrays, paths and schedules as plain values; tuples as lists.

    Decimals and fractions are the nearest float.
    """
    if is_array(value):
        return numbers("array", value, None).tolist()
    if isinstance(value, PathLike):
        return fspath(value)
    if isinstance(value, Schedule):
        return str(value)
    if isinstance(value, Decimal | Fraction):
        return float(value)
    value = gathered(value)
    if isinstance(value, range | tuple | list):
        return [plain(part) for part in value]
    return value


def _colour(value: Any) -> Any:
    """Red, green, blue (and alpha) from 0 to 1, as matplotlib has them, as `#rrggbb`."""
    if not isinstance(value, list):
        return value
    numbers_fit = all(type(part) in (int, float) and 0 <= part <= 1 for part in value)
    if len(value) not in (3, 4) or not numbers_fit:
        wanted = "a name, #rrggbb or three numbers from 0 to 1 are wanted"
        raise BadValue("colors", tuple(value), wanted)
    return "#" + "".join(f"{round(255 * part):02x}" for part in value)


def _joined(f: "Field[Any]", parts: list[Any]) -> str:
    """The parts of a value with several numbers, as it is typed. Raises `BadValue` for others."""
    separator = "x" if f.name == "size" else "," if "," in f.metadata["value"] else ""
    if not separator:
        wanted = "a text is wanted" if "str" in type_name(f) else "a number is wanted"
        if f.name in COMMON and parts:
            pairs = (f'"adagrad:{f.name}={part}"' for part in parts)
            wanted = f"one is wanted; to compare, write opt=[{', '.join(pairs)}]"
        raise BadValue(f.name, parts, wanted)
    return separator.join(convert_part(f.name, part) for part in parts)


def convert_part(name: str, value: Any) -> str:
    """A number or a text as text. Raises `BadValue` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(name, shown(value), "a number or a text is wanted")
    return str(value)


def _many(f: "Field[Any]", value: Any) -> Any:
    """The values of a repeatable option; those of `NAME=VALUE` may be a dictionary."""
    if isinstance(value, Mapping) and "=" in f.metadata["value"]:
        return [f"{key}={_value(f.name, plain(one))}" for key, one in value.items()]
    return value


def _value(name: str, value: Any) -> str:
    if not isinstance(value, list):
        return convert_part(name, value)
    inside = ",".join(convert_part(name, part) for part in value)
    return f"[{inside}]" if name == "over" else f"({inside})"


def _parts(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
