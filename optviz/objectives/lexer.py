"""Splits an expression into lexemes: numbers, coordinates, raised digits and signs, with places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from optviz.errors import TextError
from optviz.files import limits
from optviz.text.tokens import Token, tokens

WHAT = "objective"
MAX_DIM = limits.DIMENSIONS
FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "ln"}
    | {"log10", "sqrt", "abs", "max", "min", "norm", "sum"}
)
CONSTANTS = {"pi": "3.14159", "e": "2.71828", "tau": "6.28319"}
NOT_FINITE = {"nan": "not a number", "inf": "not finite", "infinity": "not finite"}

_MAX_DIGITS = 1000
_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "₀₁₂₃₄₅₆₇₈₉"
_FIGURES = str.maketrans(_RAISED + _LOWERED, "0123456789-0123456789")
_POWER = re.compile(r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,20}(?![⁰¹²³⁴⁵⁶⁷⁸⁹⁻])")
_COORDINATE = re.compile(r"x(?:_?([0-9]+|[₀₁₂₃₄₅₆₇₈₉]+))?|[yz]")


@dataclass(frozen=True)
class Lexeme:
    """One word: its kind (number, coordinate, raised, sign, end), letters and place.

    `value` is the number or the raised power; `index` is a coordinate's, counted from 0.
    """

    kind: str
    text: str
    at: int
    length: int
    value: Fraction = Fraction(0)
    index: int = -1


def lexemes(text: str, start: int = 0, end: int | None = None) -> Iterator[Lexeme]:
    """The words from `start` to `end`, closed by one of kind `end`; `TextError` at what is none."""
    done = 0
    try:
        for token in tokens(WHAT, " " * start + text[start:end], _RAISED + _LOWERED):
            if token.at >= done:  # what is before `done` was a figure of the word just given
                for word in _lexemes(text, token):
                    done = word.at + word.length
                    yield word
    except TextError as error:
        raise TextError(WHAT, text, error.at, error.message, error.length) from None


def _lexemes(text: str, token: Token) -> Iterator[Lexeme]:
    if token.kind == "name":
        yield from _coordinates(text, token)
    elif token.kind == "number":
        yield Lexeme("number", token.text, token.at, len(token.text), _number(text, token))
    elif token.text and token.text in _RAISED:
        if not (match := _POWER.match(text, token.at)):
            raise TextError(WHAT, text, token.at, "a raised whole number is wanted here")
        power = Fraction(int(match.group().translate(_FIGURES)))
        yield Lexeme("raised", match.group(), token.at, len(match.group()), power)
    elif token.text and token.text in _LOWERED:
        raise TextError(WHAT, text, token.at, "a lowered figure belongs right after an x")
    elif token.text == "**" and text[token.at : token.at + 2] != "**":
        raise TextError(WHAT, text, token.at, "two product signs in a row", 2)
    else:
        sign = "^" if token.text == "**" else token.text
        yield Lexeme(token.kind, sign, token.at, len(token.text))


def _number(text: str, token: Token) -> Fraction:
    """Exactly what is written. Guarded, as 1e999999999 would fill the memory."""

    def error(message: str) -> TextError:
        return TextError(WHAT, text, token.at, message, min(len(token.text), 50))

    if len(token.text) > _MAX_DIGITS:
        raise error(f"a number of more than {_MAX_DIGITS} digits")
    if not token.text.lower().split("e")[0].strip("0."):
        return Fraction(0)
    if float(token.text) in (0.0, float("inf")):
        size = "large" if float(token.text) else "small"
        raise error(f"a number too {size} for a float")
    return Fraction(token.text)


def _coordinates(text: str, token: Token) -> Iterator[Lexeme]:
    """The coordinates that stand side by side in one name, e.g. x1x2 or xy."""
    at, end = token.at, token.at + len(token.text)
    while at < end:
        if not (match := _COORDINATE.match(text, at)):
            raise _unknown(text, token, at)
        yield Lexeme("coordinate", match.group(), at, match.end() - at, index=_index(text, match))
        at = match.end()


def _index(text: str, match: re.Match[str]) -> int:
    if match.group(1) is None:
        return "xyz".index(match.group())
    figures = match.group(1).translate(_FIGURES).lstrip("0")
    length = min(len(match.group()), 50)
    if not figures:
        raise TextError(WHAT, text, match.start(), "coordinates count from 1: x1, x2, …", length)
    if len(figures) > 4 or int(figures) > MAX_DIM:
        message = f"more than {MAX_DIM} coordinates"
        raise TextError(WHAT, text, match.start(), message, length)
    return int(figures) - 1


def _unknown(text: str, token: Token, at: int) -> TextError:
    """What is wrong with a name: the part from `at` on if that is a function, else all of it."""
    rest = text[at : token.at + len(token.text)]
    if rest.lower() not in FUNCTIONS:
        rest, at = token.text, token.at
    name = rest.lower()
    if name in FUNCTIONS:
        message = f"{rest} is a function; only polynomials of degree 2 are read"
    elif name in NOT_FINITE:
        message = f"{rest} is {NOT_FINITE[name]}; finite numbers are wanted"
    elif name in CONSTANTS:
        message = f"constants have no names here; write {rest} as {CONSTANTS[name]}"
    elif _is_product(name):
        message = f"coordinates are written small: {name[:20]}"
    else:
        message = f"{rest[:20]!r} is no coordinate; write x1, x2, … or x, y, z"
    return TextError(WHAT, text, at, message, min(len(rest), 50))


def _is_product(name: str) -> bool:
    """Whether a name is one coordinate or several side by side: x1, xy, x_1x_2."""
    return re.fullmatch(f"(?:{_COORDINATE.pattern})+", name) is not None
