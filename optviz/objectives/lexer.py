"""Splits an expression into lexemes: numbers, coordinates, raised digits and signs, with places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import e, pi, tau

from optviz.errors import TextError
from optviz.objectives.names import MAX_DIM, Names
from optviz.objectives.source import WHAT, Source
from optviz.text.letters import GREEK, SUBSCRIPTS, SUPERSCRIPTS, digits
from optviz.text.tokens import Token, tokens

__all__ = ["CALLS", "CONSTANTS", "FUNCTIONS", "MAX_DIM", "NOT_FINITE", "WHAT", "Lexeme", "lexemes"]

FUNCTIONS = {
    **{name: name for name in ("exp", "log", "sqrt", "abs", "min", "max", "log10", "log2")},
    **{name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: name for name in ("asin", "acos", "atan")},
    **{"ln": "log", "lg": "log10", "arcsin": "asin", "arccos": "acos", "arctan": "atan"},
    **{"fabs": "abs", "absolute": "abs", "minimum": "min", "maximum": "max"},
}
CALLS = {"pow": "^", "power": "^", "square": "^", "frac": "frac"}  # functions that are operators
CONSTANTS = {"pi": pi, "π": pi, "e": e, "tau": tau, "τ": tau}
VECTORS = {"norm": "x1^2 + x2^2 for the square of a norm", "sum": "the terms, as in x1^2 + x2^2"}
NOT_FINITE = {"nan": "not a number", "inf": "not finite", "infinity": "not finite"}

_MAX_DIGITS = 1000
_EXPONENTS = f"{SUPERSCRIPTS}⁻"
_STRAY = {
    **dict.fromkeys(SUBSCRIPTS, "a lowered figure belongs right after an x"),
    "⁄": "a fraction slash belongs between whole numbers; write /",
}
_POWER = re.compile(r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,20}(?![⁰¹²³⁴⁵⁶⁷⁸⁹⁻])")
_RATIO = re.compile(r"([0-9]{1,30})⁄([0-9]{1,30})(?![0-9⁄.]|[eE][+-]?[0-9])")
_PRODUCT = re.compile(r"(?:x(?:_?[0-9]+)?|[yz])+", re.ASCII)
_CONSTANT = re.compile("|".join(sorted(CONSTANTS, key=len, reverse=True)))


@dataclass(frozen=True)
class Lexeme:
    """One word: its kind, letters and place.

    The kinds are number, constant (π, e), coordinate, raised, call (of a function), sign and end.
    `value` is the number or the raised power; `index` is a coordinate's, counted from 0, `name` and
    `style` are as in `names.Name`. The place is that in the typed text.
    """

    kind: str
    text: str
    at: int
    length: int
    value: Fraction = Fraction(0)
    index: int = -1
    name: str = ""
    style: str = ""


def lexemes(
    source: Source,
    start: int = 0,
    end: int | None = None,
    names: Names = Names(),  # noqa: B008
) -> Iterator[Lexeme]:
    """The words from `start` to `end`, closed by one of kind `end`; `TextError` at what is none."""
    done = 0
    try:
        part = " " * start + source.text[start:end]
        for token in tokens(WHAT, part, f"{_EXPONENTS}{SUBSCRIPTS}⁄|"):
            if token.at >= done:  # what is before `done` was a figure of the word just given
                for word, end_of_word in _lexemes(source, token, names):
                    done = end_of_word
                    yield word
    except TextError as error:
        if error.text == source.typed and error.text != part:
            raise
        raise source.error(error.message, error.at, error.length) from None


def _lexemes(source: Source, token: Token, names: Names) -> Iterator[tuple[Lexeme, int]]:
    """The words that open with a token, each with the place in the plain text where it ends."""
    text = source.text

    def word(kind: str, shown: str, end: int, value: Fraction = Fraction(0)) -> tuple[Lexeme, int]:
        return Lexeme(kind, shown, *source.span(token.at, end), value), end

    if token.kind == "name":
        yield from _coordinates(source, token, names)
    elif token.kind == "number" and (ratio := _RATIO.match(text, token.at)):
        yield word("number", ratio[0], ratio.end(), _ratio(source, ratio))
    elif token.kind == "number":
        end = token.at + len(token.text)
        yield word("number", token.text, end, _number(source, token))
    elif token.text and token.text in _EXPONENTS:
        if not (match := _POWER.match(text, token.at)):
            raise source.error("a raised whole number is wanted here", token.at)
        power = Fraction(int(digits(match.group())))
        yield word("raised", match.group(), match.end(), power)
    elif token.text in _STRAY:
        raise source.error(_STRAY[token.text], token.at)
    elif token.text == "**" and text[token.at : token.at + 2] != "**":
        raise source.error("two product signs in a row", token.at, 2)
    else:
        sign = "^" if token.text == "**" else token.text
        yield word(token.kind, sign, token.at + len(token.text))


def _ratio(source: Source, match: re.Match[str]) -> Fraction:
    if not int(match[2]):
        raise source.error("divided by zero", match.start(), len(match[0]))
    return Fraction(int(match[1]), int(match[2]))


def _number(source: Source, token: Token) -> Fraction:
    """Exactly what is written. Guarded, as 1e999999999 would fill the memory."""

    def error(message: str) -> TextError:
        return source.error(message, token.at, min(len(token.text), 50))

    if len(token.text) > _MAX_DIGITS:
        raise error(f"a number of more than {_MAX_DIGITS} digits")
    if not token.text.lower().split("e")[0].strip("0."):
        return Fraction(0)
    if float(token.text) in (0.0, float("inf")):
        size = "large" if float(token.text) else "small"
        raise error(f"a number too {size} for a float")
    return Fraction(token.text)


def _coordinates(source: Source, token: Token, names: Names) -> Iterator[tuple[Lexeme, int]]:
    """The coordinates that stand side by side in one name, e.g. x1x2 or xy."""
    at, end = token.at, token.at + len(token.text)
    while at < end:
        name = names.match(source, at, end)
        place, length = source.span(at, name.end if name else end)
        rest = source.text[at:end]
        if name is None and (rest in CALLS or rest in FUNCTIONS):
            yield Lexeme("call", FUNCTIONS.get(rest, rest), place, length), end
            return
        if name is None and (found := _constant(source, at, end, names)):
            place, length = source.span(at, at + len(found))
            value = Fraction(CONSTANTS[found])
            yield Lexeme("constant", found, place, length, value), at + len(found)
            at += len(found)
            continue
        if name is None:
            raise _unknown(source, token, at, names)
        shown = Lexeme("coordinate", source.text[at : name.end], place, length)
        yield replace(shown, index=name.index, name=name.name, style=name.style), name.end
        at = name.end


def _constant(source: Source, at: int, end: int, names: Names) -> str:
    """The constant at a place: the whole rest of a name, or before a coordinate; else ""."""
    match = _CONSTANT.match(source.text, at, end)
    if match and (match.end() == end or names.match(source, match.end(), end)):
        return match[0]
    return ""


def _unknown(source: Source, token: Token, at: int, names: Names) -> TextError:
    """What is wrong with a name: the part from `at` on if that is a function, else all of it."""
    rest = source.text[at : token.at + len(token.text)]
    if rest.lower() not in FUNCTIONS:
        rest, at = token.text, token.at
    name = GREEK.get(rest, rest).lower()
    if name in FUNCTIONS:
        message = f"functions are written small: {name}"
    elif name in VECTORS:
        message = f"{name} is of a vector; write {VECTORS[name]}"
    elif name in NOT_FINITE:
        message = f"{rest} is {NOT_FINITE[name]}; finite numbers are wanted"
    elif name in CONSTANTS:
        message = f"constants are written small: {name}"
    elif names.declared:
        squared = rest[:-1] if rest[1:] == "2" and rest[:-1] in names.declared else ""
        message = f"{rest[:20]} is not declared before '='"
        message += f"; {squared}² is written {squared}^2" if squared else ""
    elif _PRODUCT.fullmatch(name):
        message = f"coordinates are written small: {name[:20]}"
    else:
        message = f"{rest[:20]!r} is no coordinate; write x1, x2, … or x, y, z, or f(…) = in front"
    return source.error(message, at, min(len(rest), 50))
