"""Settings of rules and schedules: dataclass fields with a symbol, a meaning and a range.

A rule, a schedule or a gradient source is a frozen dataclass whose fields are made by `setting`.
Reading one from text, checking it, printing it, `explain` and every label use these fields alone.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from itertools import chain
from math import isqrt
from typing import Any, TypeVar

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, TextError, UnknownName
from optviz.text.arguments import Argument
from optviz.text.nodes import Listed, Number, Paired, Thing, Value
from optviz.text.numbers import shortest
from optviz.text.setting import LISTS, Setting

Num = float | Array  # a float, or a (batch, 1) column in a sweep


def is_zero(value: Num) -> bool:
    """Whether a value is the number 0; a column of a sweep never is."""
    if isinstance(value, float | int):
        return not value
    return not (isinstance(value, np.ndarray) or np.ndim(value) or value)


def scalar(value: Num) -> float:
    """A value that is one number; what stands for one on a tape stays as it is."""
    return float(value) if isinstance(value, float | int | np.ndarray | np.generic) else value


# The nodes of the language that a setting is read from, by its `listed`.
_NODES: dict[str, tuple[type[Value], ...]] = {
    "": (Number,),
    "numbers": (Listed,),
    "some": (Number, Listed),
    "table": (Listed,),
    "pairs": (Paired,),
    "calls": (Listed,),
}
Read = Callable[[str, str, Value], Any]  # of a sentence's opening, the text and a node in it


def setting(default: Any, symbol: str, latex: str, says: str, within: str = "", **more: Any) -> Any:
    """A dataclass field with a `Setting`; without a default (`...`) it is required."""
    meta = {"setting": Setting(symbol, latex, says, within, optional=default is None, **more)}
    return field(metadata=meta) if default is ... else field(default=default, metadata=meta)


@dataclass(frozen=True)
class HasSettings:
    """Base of dataclasses whose fields are settings, checked on construction."""

    def __post_init__(self) -> None:
        for name, setting in self.settings().items():
            setting.check(f"{type(self).__name__.lower()}: {name}", getattr(self, name))

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """The settings by name, in order; a shared dict, not to be changed."""
        return _settings(cls)  # type: ignore[arg-type]  # mypy looks for the hash of instances

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """The default of each setting; a shared dict, not to be changed."""
        return _defaults(cls)  # type: ignore[arg-type]

    @classmethod
    def library_arguments(cls) -> dict[str, Argument]:
        """How arguments of a library's function that are not settings are treated."""
        return {}


@cache
def _settings(kind: type) -> dict[str, Setting]:
    in_order = sorted(fields(kind), key=lambda f: bool(f.kw_only))
    return {f.name: f.metadata["setting"] for f in in_order}


@cache
def _defaults(kind: type) -> dict[str, Any]:
    return {f.name: f.default for f in fields(kind)}


class Table(tuple[tuple[float, ...], ...]):
    """The rows of a matrix, to be told from pairs of numbers."""


def show(value: Any) -> str:
    """A setting's value as typed: the shortest decimal that reads back to the same float."""
    if isinstance(value, tuple):
        pairs = bool(value) and isinstance(value[0], tuple) and not isinstance(value, Table)
        parts = [":".join(map(show, part)) if pairs else show(part) for part in value]
        return f"{{{','.join(parts)}}}" if pairs else f"[{','.join(parts)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return shortest(value)
    if isinstance(value, str) and value and not value.isidentifier():
        return f"'{value}'"  # a word of choices such as 1-sqrt
    return str(value)


def read_setting(what: str, text: str, owner: type[HasSettings], name: str, value: Value) -> Any:
    """The plain value of the node `value` for the field `name`; `TextError` at its place."""
    setting = owner.settings()[name]
    words: dict[str, Any] = {word: word for word in setting.choices}
    if isinstance(owner.defaults()[name], bool):
        words = {"true": True, "false": False}
    constants = words | ({"none": None} if setting.optional else {})
    if isinstance(value, Thing) and value.length == len(value.name):
        if value.name.lower() in constants:
            return constants[value.name.lower()]
    elif not words and isinstance(value, _NODES[setting.listed]):
        leaves = _rows(value) if setting.listed == "table" else _leaves(value)
        nodes = [node for node in leaves if isinstance(node, Number)]
        may_be_empty = setting.listed in ("numbers", "pairs")
        if len(nodes) == len(leaves) and (leaves or may_be_empty):
            return _checked(what, text, setting, name, nodes)
    expected = " or ".join(words) or LISTS.get(setting.listed, "a number")
    expected += " or None" if setting.optional else ""
    raise TextError(what, text, value.at, f"{name} is {expected}", value.length)


def _as_call(name: str, value: Value) -> Value:
    """`dict(a=1)` and `{'a': 1}` as a call of `name`, if there is one; anything else as it is."""
    if name and isinstance(value, Thing) and value.name == "dict":
        return replace(value, name=name)
    pairs = value.items if name and isinstance(value, Paired) else ()
    named = {key.name: item for key, item in pairs if isinstance(key, Thing)}
    return Thing(value.at, value.length, name, None, (), named) if named else value


def _leaves(value: Value) -> list[Value]:
    if isinstance(value, Paired):
        return list(chain.from_iterable(value.items))
    return list(value.items) if isinstance(value, Listed) else [value]


def _rows(value: Value) -> list[Value]:
    """The numbers of a square matrix, row by row; empty for anything else."""
    rows = list(value.items) if isinstance(value, Listed) else []
    if any(not isinstance(row, Listed) or len(row.items) != len(rows) for row in rows):
        return []
    return list(chain.from_iterable(_leaves(row) for row in rows))


def _checked(what: str, text: str, setting: Setting, name: str, nodes: list[Number]) -> Any:
    for node in nodes:
        try:
            setting.check_number(name, node.number)
        except BadValue as error:
            raise TextError(what, text, node.at, error.expected, node.length) from None
    numbers = tuple(node.number for node in nodes)
    if setting.listed == "pairs":
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if setting.listed == "table":
        dim = isqrt(len(numbers))
        return Table(numbers[i : i + dim] for i in range(0, len(numbers), dim))
    return numbers if setting.listed else numbers[0]


S = TypeVar("S", bound=HasSettings)


def read_call(
    what: str, text: str, kind: type[S], value: Thing, read_item: Read | None = None
) -> S:
    """The instance that a call spells: `cosine(0.3,60)`, its values in order or by name.

    `read_item` reads each item of a list of calls among its values. Raises `TextError` or
    `UnknownName`.
    """
    word = value.name.lower()
    nodes = _nodes(what, text, kind, value)
    required = [name for name, default in kind.defaults().items() if default is MISSING]
    if missing := [name for name in required if name not in nodes]:
        message = f"{word} also needs {', '.join(missing)}"
        raise TextError(what, text, value.at, message, value.length)
    settings = {}
    for name, node in nodes.items():
        meaning = kind.settings()[name]
        if meaning.listed == "calls" and read_item and isinstance(node, Listed):
            calls = (_as_call(meaning.call, item) for item in node.items)
            settings[name] = tuple(read_item(what, text, call) for call in calls)
        else:
            settings[name] = read_setting(what, text, kind, name, node)
    try:
        return kind(**settings)
    except BadValue as error:  # settings that do not go together
        message = f"{error.what.rpartition(' ')[2]}: {error.expected}"
        raise TextError(what, text, value.at, message, value.length) from None


def _nodes(what: str, text: str, kind: type[HasSettings], value: Thing) -> dict[str, Value]:
    """The node of each setting in a call; arguments of libraries are checked and left out."""
    word, names = value.name.lower(), list(kind.settings())
    if len(value.unnamed) > len(names):
        extra = value.unnamed[len(names)]
        message = f"{word} takes at most {len(names)} values: {', '.join(names)}"
        message = message if names else f"{word} takes no values"
        raise TextError(what, text, extra.at, message, extra.length)
    nodes = dict(zip(names, value.unnamed, strict=False))
    for typed, node in value.named.items():
        name = match_case(typed, names)
        if name not in names and typed in kind.library_arguments():
            kind.library_arguments()[typed].check(what, text, typed, node)
            continue
        check_name(what, text, word, name, names)
        if name in nodes:
            raise TextError(what, text, node.at, f"{name} is set twice", node.length)
        nodes[name] = node
    return nodes


def check_name(what: str, text: str, owner: str, name: str, names: list[str]) -> None:
    """Raises `UnknownName` unless `owner` has a setting called `name`."""
    if name not in names:
        raise UnknownName(f"setting of {owner}", name, names, f"{what} {text}")


def match_case(name: str, names: list[str]) -> str:
    """The one of `names` that differs from `name` in case only, or else the name itself."""
    return next((other for other in names if other.lower() == name.lower()), name)
