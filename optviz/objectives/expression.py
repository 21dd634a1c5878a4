"""Reads an expression: `0.1x1² + 2(x1 - x2)^2` is a Quadratic, exactly; `x^4 + cos(y)` a Smooth."""

from itertools import groupby
from typing import Any

from optviz.errors import TextError
from optviz.notes import note
from optviz.objectives import coefficients
from optviz.objectives.coefficients import Polynomial
from optviz.objectives.lexer import WHAT, Lexeme
from optviz.objectives.objective import Objective, Quadratic
from optviz.objectives.operations import Operations
from optviz.objectives.parser import Parser
from optviz.objectives.smooth import Smooth
from optviz.tape import TooLong

MAX_LENGTH = 100_000
_MAX_PRODUCTS = 250_000  # as many as (x1 + … + x500)^2 takes: a second


def read(text: str) -> Objective:
    """What the whole text spells. The coefficients of a quadratic are rounded once, at the end.

    Raises `TextError` with the place of what cannot be read.
    """
    if len(text) > MAX_LENGTH:
        message = f"more than {MAX_LENGTH} characters; write Q into a file and give @file.json"
        raise TextError(WHAT, text, MAX_LENGTH, message)
    if not text.strip():
        raise TextError(WHAT, text, 0, "nothing is written; try 0.1x1^2 + 2x2^2")
    try:
        return _quadratic(text)
    except TextError as error:
        if not isinstance(error.__cause__, coefficients.NoQuadratic):
            raise
    return _smooth(text)


def _quadratic(text: str) -> Quadratic:
    parser = Parser(text, _Polynomials())
    poly = parser.whole()
    try:
        Q, c, b = coefficients.matrices(poly, parser.dim)
    except coefficients.Refused as refused:
        raise parser.error(str(refused), parser.start, len(text)) from None
    if sentence := _missing(parser, linear=not Q.any()):
        note(sentence)
    return Quadratic(Q, c, b, text.strip(), parser.names)


def _smooth(text: str) -> Smooth:
    operations = Operations()
    parser = Parser(text, operations)
    place = parser.whole()
    if sentence := _missing(parser, linear=False):
        note(sentence)
    try:
        tape = operations.build.tape([place])
        return Smooth(tape, parser.dim, text.strip(), parser.names)
    except TooLong:
        raise parser.error("derivatives of too many operations", parser.start, len(text)) from None


def _missing(parser: Parser[Any], linear: bool) -> str:
    """The sentence on coordinates that occur nowhere; or "".

    `x21 + x22` is what a PDF makes of two squares, so a `linear` one is told how these are written.
    """
    indices = parser.missing_coordinates
    if not indices or parser.family is None:
        return ""
    names = parser.names or tuple(f"x{i + 1}" for i in range(parser.dim))
    spans = [(key, [i for _, i in group]) for key, group in groupby(enumerate(indices), _gap)]
    listed = ", ".join(_span([names[i] for i in span]) for _, span in spans)
    one = len(indices) == 1
    said = f"coordinate{'' if one else 's'} {listed} do{'es' if one else ''} not occur"
    if parser.family.style.endswith("[0]"):
        return f"{said}; {parser.vector}[0] is the first, {names[0]}"
    return said + ("; x₁² is written x1^2" if linear and not parser.names else "")


def _gap(numbered: tuple[int, int]) -> int:
    """The same for indices that follow each other."""
    return numbered[1] - numbered[0]


def _span(names: list[str]) -> str:
    return f"{names[0]} … {names[-1]}" if len(names) > 2 else ", ".join(names)


class _Polynomials:
    """The algebra of polynomials of degree 2 at most; it counts products, which take the time."""

    def __init__(self) -> None:
        self.products = 0

    def constant(self, word: Lexeme) -> Polynomial:
        return coefficients.constant(word.value)

    def coordinate(self, word: Lexeme) -> Polynomial:
        return coefficients.coordinate(word.index)

    def negative(self, inside: Polynomial) -> Polynomial:
        return coefficients.negative(inside)

    def bracketed(self, inside: Polynomial) -> Polynomial:
        return inside

    def applied(self, function: str, arguments: list[Polynomial]) -> Polynomial:
        return coefficients.applied(function, arguments)

    def combined(self, sign: str, left: Polynomial, right: Polynomial) -> Polynomial:
        if sign in "+-":
            coefficients.add(left, right, 1 if sign == "+" else -1)
            return left
        self.products += len(left) * len(left if sign == "^" else right)
        if self.products > _MAX_PRODUCTS:
            raise coefficients.Refused("too many terms; write Q into a file and give @file.json")
        if sign == "^":
            return coefficients.power(left, right)
        return (coefficients.times if sign == "*" else coefficients.divided)(left, right)
