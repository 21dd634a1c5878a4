"""Options as fields of frozen dataclasses; each is a flag and a word of spec files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, field, fields
from typing import Any

from optviz.decimals import is_number
from optviz.errors import BadValue, OptvizError

Read = Callable[[str, Any], object]


def option(
    default: Any,
    says: str,
    short: str = "",
    value: str = "TEXT",
    *,
    choices: tuple[str, ...] = (),
    read: Read | None = None,
    group: str = "",
    usual: str = "",
) -> Any:
    """A field with its one-line help, its short flag, the name of its value in help, its choices.

    `read(name, value)` raises `BadValue` for a value that the option cannot have. `group` is the
    heading of its lines in help, `usual` the default in words where it is no plain value.
    """
    metadata = {"says": says, "short": short, "value": value, "choices": choices, "read": read}
    return field(default=default, metadata={**metadata, "group": group, "usual": usual})


def default_text(f: "Field[Any]") -> str:
    """The default of an option as help shows it, "" for none and for a switch that is off."""
    if f.metadata["usual"] or f.default is True:
        return str(f.metadata["usual"] or "on")
    if f.default in (None, (), MISSING) or isinstance(f.default, bool):
        return ""
    return f"{f.default:g}" if isinstance(f.default, float) else str(f.default)


def options(group: type) -> Mapping[str, "Field[Any]"]:
    """The fields of a dataclass that `option` made, by name."""
    return {f.name: f for f in fields(group) if "says" in f.metadata}


def changed(group: Any) -> dict[str, Any]:
    """The options of an instance that differ from their defaults, in order."""
    values = {name: (getattr(group, name), f.default) for name, f in options(type(group)).items()}
    return {name: value for name, (value, default) in values.items() if value != default}


def errors(group: Any) -> Iterator[tuple[str, Any, OptvizError]]:
    """The name, the value and the error of each option whose value is not allowed."""
    for name, value in changed(group).items():
        try:
            _check(options(type(group))[name], value)
        except OptvizError as error:
            yield name, value, error


def check(group: Any) -> None:
    """Raises the first of `errors`."""
    for _, _, error in errors(group):
        raise error


def _check(f: "Field[Any]", value: Any) -> None:
    choices, read = f.metadata["choices"], f.metadata["read"]
    if choices and value not in choices:
        raise BadValue(f.name, value, f"{listed(choices)} is wanted")
    if read:
        read(f.name, value)


def listed(names: Sequence[str], word: str = "or") -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def type_name(f: "Field[Any]") -> str:
    """The type of a field as the source has it, such as `int | None`."""
    return f.type if isinstance(f.type, str) else getattr(f.type, "__name__", str(f.type))


def flag_name(f: "Field[Any]") -> str:
    """The flag of an option: `--max-size`."""
    return "--" + f.name.replace("_", "-")


def convert(f: "Field[Any]", value: Any) -> Any:
    """Converts a value of a spec file to the type of the field. Raises `BadValue`.

    A number becomes a text, but a text does not become a number.
    """
    name, type_ = f.name, type_name(f)
    if "tuple" in type_:
        parts = value if isinstance(value, list | tuple) else [value]
        plain = bool(parts) and all(isinstance(part, int | float) for part in parts)
        if plain and name in ("start", "at"):
            parts = [parts]  # start = [-5, -2] is one point
        return tuple(_text(name, part) for part in parts)
    if "bool" in type_:
        if not isinstance(value, bool):
            raise BadValue(name, repr(value), "true or false is wanted")
        return value
    if "int" in type_ or "float" in type_:
        whole = "int" in type_
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


def numbers(name: str, text: str) -> list[float]:
    """Finite numbers with commas or blanks between, brackets around them or not: `-5,-2`, `1/2`.

    Raises `BadValue`.
    """
    bare = text.strip().removeprefix("(").removesuffix(")").replace("−", "-")
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].replace(";", ",").strip()  # a column of MATLAB
    values = [_ratio(part.strip()) for part in (bare.split(",") if "," in bare else bare.split())]
    if None in values or not values:
        raise BadValue(name, repr(text), "numbers with commas between, as in -5,-2, are wanted")
    found = [value for value in values if value is not None]
    if any(abs(number) == float("inf") for number in found):
        raise BadValue(name, repr(text), "finite numbers are wanted")
    return found


def is_ratio(text: str) -> bool:
    """Whether a text is a decimal number, or one over another: `1/2`."""
    return _ratio(text.replace("−", "-")) is not None


def _ratio(text: str) -> float | None:
    """A decimal number, or one over another that is not 0; None for anything else."""
    above, slash, below = text.partition("/")
    if not is_number(above) or (slash and not (is_number(below) and float(below))):
        return None
    return float(above) / float(below) if slash else float(above)
