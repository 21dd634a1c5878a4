"""Functions in an expression: `cos(x)`, `sin² 2x`, `max(x, y, 0)`, `pow(x, 2)`, `|x|`."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Protocol, TypeVar

from optviz.errors import TextError
from optviz.objectives.algebra import Algebra
from optviz.objectives.lexer import CALLS, Lexeme

T = TypeVar("T")

_PAIRS = ("min", "max")


class Grammar(Protocol[T]):
    """What a parser has beside calls. `barred`: a bar that comes now closes the open ones."""

    algebra: Algebra[T]
    now: Lexeme
    barred: bool

    @property
    def end(self) -> int: ...
    def step(self) -> Lexeme: ...
    def error(self, message: str, at: int, length: int) -> TextError: ...
    def expression(self, binding: int) -> T: ...
    def operand(self) -> T: ...
    def operation(self, left: T) -> T: ...
    def bracketed(self, most: int | None = None) -> list[T]: ...
    def combined(self, sign: str, left: T, right: T, at: int) -> T: ...
    def made(self, at: int, make: Callable[[], T]) -> T: ...


def called(parser: Grammar[T]) -> T:
    """The call whose name comes now. Raises `TextError` for arguments it cannot have."""
    name = parser.step()
    if name.text in CALLS:
        return _operator(parser, name)
    at, power = parser.now.at, _power(parser)
    bracketed = parser.now.text == "("
    arguments = parser.bracketed() if bracketed else [_bare_argument(parser, name)]
    result = _applied(parser, name, arguments)
    return result if power is None else parser.combined("^", result, power, at)


def size(parser: Grammar[T]) -> T:
    """The size |…|; bars within bars stand in brackets, as they are all alike."""
    opening, outer, parser.barred = parser.step(), parser.barred, True
    inside = parser.expression(0)
    if parser.now.text != "|":
        raise parser.error("this bar is never closed", opening.at, 1)
    parser.step()
    parser.barred = outer
    return parser.made(opening.at, lambda: parser.algebra.applied("abs", [inside]))


def _operator(parser: Grammar[T], name: Lexeme) -> T:
    """The power or the fraction that `square(…)`, `pow(…, 2)` or `frac(…, …)` is."""
    if parser.now.text != "(":
        raise parser.error(f"'(' is wanted after {name.text}", name.at, name.length)
    count = 1 if name.text == "square" else 2
    arguments = parser.bracketed(most=count)
    if len(arguments) < count:
        message = f"{name.text} has two arguments, as in {name.text}(x, 2)"
        raise parser.error(message, name.at, parser.end - name.at)
    left, right = arguments if count == 2 else (arguments[0], _square(parser, name))
    sign = CALLS[name.text]
    left = left if sign == "frac" else parser.algebra.bracketed(left)
    return parser.combined(sign, left, right, name.at)


def _square(parser: Grammar[T], name: Lexeme) -> T:
    return parser.algebra.constant(replace(name, kind="raised", value=Fraction(2)))


def _power(parser: Grammar[T]) -> T | None:
    """The power between a function and its argument, `sin²`; −1 would be read as the inverse."""
    word = parser.now
    if word.kind != "raised" and word.text != "^":
        return None
    if word.text == "^":
        parser.step()
    first = parser.now
    power = parser.algebra.constant(parser.step()) if word is first else parser.operand()
    if first.text == "-" or first.value < 0:
        message = "a negative power of a function; write 1/sin(x), or asin(x) for the inverse"
        raise parser.error(message, word.at, max(1, parser.end - word.at))
    return power


def _bare_argument(parser: Grammar[T], name: Lexeme) -> T:
    """The product that stands without brackets after a function, up to a sign."""
    if parser.now.kind not in ("number", "constant", "coordinate"):
        raise parser.error(f"'(' is wanted after {name.text}", name.at, name.length)
    argument = _factor(parser)
    while parser.now.kind in ("constant", "coordinate"):
        at = parser.now.at
        argument = parser.combined("*", argument, _factor(parser), at)
    return argument


def _factor(parser: Grammar[T]) -> T:
    """A number, a constant or a coordinate, and its power."""
    factor = parser.operand()
    while parser.now.kind == "raised" or parser.now.text == "^":
        factor = parser.operation(factor)
    return factor


def _applied(parser: Grammar[T], name: Lexeme, arguments: list[T]) -> T:
    """The function of its arguments. Raises `TextError` where these are too few or too many."""
    pairs = name.text in _PAIRS
    if pairs != (len(arguments) > 1):
        wanted = f"two arguments or more, {name.text}(x, y)" if pairs else f"one, {name.text}(x)"
        message = f"{name.text} has {wanted}; {len(arguments)} here"
        raise parser.error(message, name.at, parser.end - name.at)
    return parser.made(name.at, lambda: parser.algebra.applied(name.text, arguments))
