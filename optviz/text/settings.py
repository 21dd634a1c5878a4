"""Settings of rules and schedules: dataclass fields that know their symbol, meaning and range.

A family member is a frozen dataclass whose fields are made by `setting`. Reading one from text,
checking it, printing it back, `explain` and every label come from these fields alone.
"""

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from itertools import chain
from math import isqrt
from typing import Any, TypeVar

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, TextError, UnknownName
from optviz.text.arguments import Argument
from optviz.text.numbers import shortest
from optviz.text.syntax import Listed, Number, Paired, Thing, Value

Num = float | Array  # a float, or a (batch, 1) column in a sweep


def zero(value: Num) -> bool:
    """Whether a value is 0 for every row; a column is not looked at, and is not."""
    return not (isinstance(value, np.ndarray) or value)


_LISTS = {
    "numbers": "a list of numbers, such as [30,80]",
    "some": "a number, or a list such as [1,0.5]",
    "table": "a matrix such as [[1,0.5],[0.5,2]]",
    "pairs": "a dictionary of numbers, such as {30:0.5,80:0.1}",
}
_NODES: dict[str, tuple[type[Value], ...]] = {
    "": (Number,),
    "numbers": (Listed,),
    "some": (Number, Listed),
    "table": (Listed,),
    "pairs": (Paired,),
}


@dataclass(frozen=True)
class Setting:
    """What a field means: symbols in Unicode and LaTeX, a sentence, and what it may be.

    `within` is an interval such as `[0, 1)`; `choices` the words allowed instead. `variant` marks
    what tells library forms apart: it is printed only where it differs from the dialect. A `listed`
    one is a tuple: of `numbers`, of `some` (one may stand without brackets), of `pairs` of them, or
    a `table` of rows; an `optional` one may be None.
    """

    symbol: str
    latex: str
    says: str
    within: str = ""
    choices: tuple[str, ...] = ()
    variant: bool = False
    whole: bool = False
    listed: str = ""
    optional: bool = False

    def check(self, name: str, value: Any) -> None:
        """Raises `BadValue` where `value` is outside the range."""
        if self.choices:
            if value not in self.choices:
                raise BadValue(name, value, f"one of {', '.join(self.choices)} is wanted")
            return
        if not self.within or (value is None and self.optional):
            return
        for number in self._numbers(name, value):
            self.check_number(name, number)

    def _numbers(self, name: str, value: Any) -> Iterable[Any]:
        """Every number, or column, that the value is made of."""
        if not self.listed:
            return [value]
        parts = value if isinstance(value, tuple) else (None,)
        width = {"pairs": 2, "table": len(parts)}.get(self.listed, 1)
        rows = parts if self.listed in ("pairs", "table") else [(part,) for part in parts]
        if any(np.shape(row) != (width,) or None in row for row in rows) or rows == ():
            raise BadValue(name, value, f"{_LISTS[self.listed]}, is wanted")
        return chain.from_iterable(rows)

    def check_number(self, name: str, value: Any) -> None:
        """Raises `BadValue` where a number, or one of a column, is outside the range."""
        low, high = (float(end) for end in self.within[1:-1].split(","))
        above = value > low if self.within[0] == "(" else value >= low
        below = value < high if self.within[-1] == ")" else value <= high
        if not bool((above & below) if isinstance(value, float | int) else (above & below).all()):
            raise BadValue(name, value, f"{self.range_text(name)} is wanted")
        if self.whole and np.any(value % 1 != 0):
            raise BadValue(name, value, "a whole number is wanted")

    def range_text(self, name: str) -> str:
        """The range in words: `0 ≤ rho < 1`."""
        low, high = (end.strip() for end in self.within[1:-1].split(","))
        left = f"{low} {'<' if self.within[0] == '(' else '≤'} {name}"
        return left if high == "inf" else f"{left} {'<' if self.within[-1] == ')' else '≤'} {high}"


def setting(default: Any, symbol: str, latex: str, says: str, within: str = "", **more: Any) -> Any:
    """A dataclass field carrying a `Setting`; without a default (`...`) it must be given."""
    meta = {"setting": Setting(symbol, latex, says, within, optional=default is None, **more)}
    return field(metadata=meta) if default is ... else field(default=default, metadata=meta)


@dataclass(frozen=True)
class Settled:
    """A dataclass of settings, checked when made."""

    def __post_init__(self) -> None:
        for name, meaning in self.settings().items():
            meaning.check(f"{type(self).__name__.lower()}: {name}", getattr(self, name))

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Each field's name and meaning, in order; not to be changed."""
        return _settings(cls)  # type: ignore[arg-type]  # mypy takes the hash of its instances

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Each field's usual value; not to be changed."""
        return _defaults(cls)  # type: ignore[arg-type]

    @classmethod
    def library_arguments(cls) -> dict[str, Argument]:
        """What becomes of the arguments of a library's function that are no settings."""
        return {}


@cache
def _settings(kind: type) -> dict[str, Setting]:
    return {f.name: f.metadata["setting"] for f in fields(kind)}


@cache
def _defaults(kind: type) -> dict[str, Any]:
    return {f.name: f.default for f in fields(kind)}


class Table(tuple[tuple[float, ...], ...]):
    """The rows of a matrix, which are no pairs."""


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
    return str(value)


def take(what: str, text: str, known: type[Settled], name: str, value: Value) -> Any:
    """The plain value of the node `value` for the field `name`; `TextError` at its place."""
    default = known.defaults()[name]
    meaning = known.settings()[name]
    words: dict[str, Any] = {word: word for word in meaning.choices}
    if isinstance(default, bool):
        words = {"true": True, "false": False}
    may = words | ({"none": None} if meaning.optional else {})
    if isinstance(value, Thing) and value.length == len(value.name):
        if value.name.lower() in may:
            return may[value.name.lower()]
    elif not words and isinstance(value, _NODES[meaning.listed]):
        leaves = _rows(value) if meaning.listed == "table" else _leaves(value)
        numbers = [node for node in leaves if isinstance(node, Number)]
        may_be_none = meaning.listed in ("numbers", "pairs")
        if len(numbers) == len(leaves) and (leaves or may_be_none):
            return _checked(what, text, meaning, name, numbers)
    wanted = " or ".join(words) or _LISTS.get(meaning.listed, "a number")
    wanted += " or None" if meaning.optional else ""
    raise TextError(what, text, value.at, f"{name} is {wanted}", value.length)


def _leaves(value: Value) -> list[Value]:
    if isinstance(value, Paired):
        return list(chain.from_iterable(value.items))
    return list(value.items) if isinstance(value, Listed) else [value]


def _rows(value: Value) -> list[Value]:
    """The numbers of a square matrix, row by row; nothing where it is none."""
    rows = list(value.items) if isinstance(value, Listed) else []
    if any(not isinstance(row, Listed) or len(row.items) != len(rows) for row in rows):
        return []
    return list(chain.from_iterable(_leaves(row) for row in rows))


def _checked(what: str, text: str, meaning: Setting, name: str, nodes: list[Number]) -> Any:
    for node in nodes:
        try:
            meaning.check_number(name, node.number)
        except BadValue as error:
            raise TextError(what, text, node.at, error.expected, node.length) from None
    numbers = tuple(node.number for node in nodes)
    if meaning.listed == "pairs":
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if meaning.listed == "table":
        wide = isqrt(len(numbers))
        return Table(numbers[i : i + wide] for i in range(0, len(numbers), wide))
    return numbers if meaning.listed else numbers[0]


S = TypeVar("S", bound=Settled)


def called(what: str, text: str, kind: type[S], value: Thing) -> S:
    """The one of its kind that a call spells: `cosine(0.3,60)`, its values in order or by name.

    Raises `TextError` or `UnknownName`.
    """
    word, names = value.name.lower(), list(kind.settings())
    if len(value.unnamed) > len(names):
        extra = value.unnamed[len(names)]
        said = f"{word} takes at most {len(names)} values: {', '.join(names)}"
        said = said if names else f"{word} takes no values"
        raise TextError(what, text, extra.at, said, extra.length)
    given = dict(zip(names, value.unnamed, strict=False))
    for typed, node in value.named.items():
        name = spelled(typed, names)
        if name not in names and typed in kind.library_arguments():
            kind.library_arguments()[typed].check(what, text, typed, node)
            continue
        known_name(what, text, word, name, names)
        if name in given:
            raise TextError(what, text, node.at, f"{name} is set twice", node.length)
        given[name] = node
    if missing := [n for n, v in kind.defaults().items() if v is MISSING and n not in given]:
        said = f"{word} also needs {', '.join(missing)}"
        raise TextError(what, text, value.at, said, value.length)
    settings = {name: take(what, text, kind, name, node) for name, node in given.items()}
    try:
        return kind(**settings)
    except BadValue as error:  # settings that do not go together
        setting = error.what.rpartition(" ")[2]
        raise TextError(
            what, text, value.at, f"{setting}: {error.expected}", value.length
        ) from None


def known_name(what: str, text: str, owner: str, name: str, names: list[str]) -> None:
    """Raises `UnknownName` unless `owner` has a setting called `name`."""
    if name not in names:
        raise UnknownName(f"setting of {owner}", name, names, f"{what} {text}")


def spelled(name: str, names: list[str]) -> str:
    """The one of `names` that differs from `name` in case only, or else the name itself."""
    return next((known for known in names if known.lower() == name.lower()), name)
