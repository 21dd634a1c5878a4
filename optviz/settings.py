"""Settings of rules and schedules: dataclass fields that know their symbol, meaning and range.

A family member is a frozen dataclass whose fields are made by `setting`. Reading one from text,
checking it, printing it back, `explain` and every label come from these fields alone.
"""

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, TextError, UnknownName
from optviz.syntax import Number, Thing, Value

Num = float | Array  # a float, or a (batch, 1) column in a sweep


@dataclass(frozen=True)
class Setting:
    """What a field means: symbols in Unicode and LaTeX, a sentence, and what it may be.

    `within` is an interval such as `[0, 1)`; `choices` the words allowed instead. `variant` marks
    what tells library forms apart: it is printed only where it differs from the dialect.
    """

    symbol: str
    latex: str
    says: str
    within: str = ""
    choices: tuple[str, ...] = ()
    variant: bool = False
    whole: bool = False

    def check(self, name: str, value: Any) -> None:
        """Raises `BadValue` where `value` is outside the range."""
        if self.choices:
            if value not in self.choices:
                raise BadValue(name, value, f"one of {', '.join(self.choices)} is wanted")
            return
        if not self.within:
            return
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
    meta = {"setting": Setting(symbol, latex, says, within, **more)}
    return field(metadata=meta) if default is ... else field(default=default, metadata=meta)


@dataclass(frozen=True)
class Settled:
    """A dataclass of settings, checked when made."""

    def __post_init__(self) -> None:
        for name, meaning in self.settings().items():
            meaning.check(f"{type(self).__name__.lower()}: {name}", getattr(self, name))

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Each field's name and meaning, in order."""
        return {f.name: f.metadata["setting"] for f in fields(cls)}


def show(value: Any) -> str:
    """A setting's value as typed: the shortest decimal that reads back to the same float."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return repr(float(value)).removesuffix(".0")
    return str(value)


def take(what: str, text: str, known: type[Settled], name: str, value: Value) -> Any:
    """The plain value of the node `value` for the field `name`; `TextError` at its place."""
    default = next(f.default for f in fields(known) if f.name == name)
    meaning, plain = known.settings()[name], None
    if isinstance(value, Number) and not meaning.choices and not isinstance(default, bool):
        plain = value.number
    elif isinstance(value, Thing) and value.length == len(value.name):
        words: dict[str, Any] = {word: word for word in meaning.choices}
        if isinstance(default, bool):
            words = {"true": True, "false": False}
        plain = words.get(value.name.lower())
    if plain is None:
        wanted = " or ".join(meaning.choices) or "a number"
        wanted = "true or false" if isinstance(default, bool) else wanted
        raise TextError(what, text, value.at, f"{name} is {wanted}", value.length)
    try:
        meaning.check(name, plain)
    except BadValue as error:
        raise TextError(what, text, value.at, error.wanted, value.length) from None
    return plain


def known_name(what: str, text: str, owner: str, name: str, names: list[str]) -> None:
    """Raises `UnknownName` unless `owner` has a setting called `name`."""
    if name not in names:
        raise UnknownName(f"setting of {owner}", name, names, f"{what} {text}")
