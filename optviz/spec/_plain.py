"""The value of a word as a file has it: text, numbers, lists."""

from typing import Any

from optviz.errors import BadValue


def plain(name: str, kind: str, value: Any) -> Any:
    """The value as a field wants it: a number for text is fine, a text for a number is not.

    kind: the type of the field, as it is spelled. Raises `BadValue`.
    """
    if "tuple" in kind:
        parts = value if isinstance(value, list | tuple) else [value]
        if name == "start" and parts and all(isinstance(part, int | float) for part in parts):
            parts = [parts]  # start = [-5, -2] is one start
        return tuple(_text(name, part) for part in parts)
    if "bool" in kind:
        if not isinstance(value, bool):
            raise BadValue(name, repr(value), "true or false is wanted")
        return value
    if "int" in kind or "float" in kind:
        whole = "int" in kind
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise BadValue(name, repr(value), f"{'a whole' if whole else 'a'} number is wanted")
        return value if whole else _float(name, value)
    return _text(name, value)


def _float(name: str, value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise BadValue(
            name, f"{str(value)[:20]}…", "a number that is not so long is wanted"
        ) from None


def _text(name: str, value: Any) -> str:
    if isinstance(value, list | tuple) and all(isinstance(v, int | float) for v in value):
        return ",".join(str(v) for v in value)  # start = [-5, -2] as well as "-5,-2"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(name, repr(value), "a text is wanted")
    return str(value)
