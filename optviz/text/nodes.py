"""What a name with settings is read into: values, each with its place in the text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """A number, a list, pairs, or a named thing, with its place in the text."""

    at: int
    length: int


@dataclass(frozen=True)
class Number(Value):
    """A finite number or a fraction as typed, and as float."""

    number: float
    text: str


@dataclass(frozen=True)
class Listed(Value):
    """Values in square or round brackets."""

    items: tuple[Value, ...]


@dataclass(frozen=True)
class Paired(Value):
    """Pairs of values in braces: `{30:0.5,80:0.1}`."""

    items: tuple[tuple[Value, Value], ...]


@dataclass(frozen=True)
class Formula(Value):
    """An expression in the step t, which is not read here."""


@dataclass(frozen=True)
class Thing(Value):
    """A name with its dialect and its settings, in order and by name."""

    name: str
    dialect: str | None
    unnamed: tuple[Value, ...]
    named: dict[str, Value]
