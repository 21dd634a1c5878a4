"""Options as fields of frozen dataclasses: each is a flag, a word of spec files, and its help."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, field, fields
from typing import Any

from optviz.errors import BadValue, OptvizError
from optviz.text.decimals import is_number

Read = Callable[[str, Any], object]


def option(
    default: Any,
    says: str,
    short: str = "",
    value: str = "TEXT",
    *,
    choices: tuple[str, ...] = (),
    read: Read | None = None,
) -> Any:
    """A field with its one-line help, its short flag, the name of its value, and what it may be.

    `read(name, text)` raises `BadValue` for a text that cannot be read.
    """
    known = {"says": says, "short": short, "value": value, "choices": choices, "read": read}
    return field(default=default, metadata=known)


def options(group: type) -> Mapping[str, "Field[Any]"]:
    """The options of a dataclass, by name; its other fields are none."""
    return {f.name: f for f in fields(group) if "says" in f.metadata}


def changed(group: Any) -> dict[str, Any]:
    """The options of an instance that differ from their defaults, in order."""
    values = {name: (getattr(group, name), f.default) for name, f in options(type(group)).items()}
    return {name: value for name, (value, default) in values.items() if value != default}


def wrong(group: Any) -> Iterator[tuple[str, Any, OptvizError]]:
    """Each option of an instance that has no such value: its name, the value, the error."""
    for name, value in changed(group).items():
        try:
            _check(options(type(group))[name], value)
        except OptvizError as error:
            yield name, value, error


def check(group: Any) -> None:
    """Raises the first error of `wrong`."""
    for _, _, error in wrong(group):
        raise error


def _check(f: "Field[Any]", value: Any) -> None:
    choices, read = f.metadata["choices"], f.metadata["read"]
    if choices and value not in choices:
        raise BadValue(f.name, value, f"{listed(choices)} is wanted")
    if read:
        read(f.name, value)


def listed(names: tuple[str, ...], word: str = "or") -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def kind(f: "Field[Any]") -> str:
    """The type of a field, as it is spelled."""
    return f.type if isinstance(f.type, str) else getattr(f.type, "__name__", str(f.type))


def spelled(f: "Field[Any]") -> str:
    """The flag of an option: `--max-size`."""
    return "--" + f.name.replace("_", "-")


def plain(f: "Field[Any]", value: Any) -> Any:
    """A value as a spec file has it, as the field takes it. Raises `BadValue`.

    A number for a text is fine, a text for a number is not.
    """
    name, words = f.name, kind(f)
    if "tuple" in words:
        parts = value if isinstance(value, list | tuple) else [value]
        if name == "start" and parts and all(isinstance(part, int | float) for part in parts):
            parts = [parts]  # start = [-5, -2] is one start
        return tuple(_text(name, part) for part in parts)
    if "bool" in words:
        if not isinstance(value, bool):
            raise BadValue(name, repr(value), "true or false is wanted")
        return value
    if "int" in words or "float" in words:
        whole = "int" in words
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise BadValue(name, repr(value), f"{'a whole' if whole else 'a'} number is wanted")
        return value if whole else _float(name, value)
    return _text(name, value)


def _float(name: str, value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        shown = f"{str(value)[:20]}…"
        raise BadValue(name, shown, "a number that is not so long is wanted") from None


def _text(name: str, value: Any) -> str:
    if isinstance(value, list | tuple) and all(isinstance(v, int | float) for v in value):
        return ",".join(str(v) for v in value)  # start = [-5, -2] as well as "-5,-2"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(name, repr(value), "a text is wanted")
    return str(value)


def numbers(name: str, text: str) -> list[float]:
    """Finite numbers separated by commas, brackets around them or not. Raises `BadValue`."""
    bare = text.strip().removeprefix("(").removesuffix(")").replace("−", "-")
    values = []
    for part in bare.split(","):
        if not is_number(part.strip()):
            raise BadValue(name, repr(text), "numbers with commas between, as in -5,-2, are wanted")
        values.append(float(part))
    if any(abs(number) == float("inf") for number in values):
        raise BadValue(name, repr(text), "finite numbers are wanted")
    return values
