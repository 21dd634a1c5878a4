"""Reads an expression such as `0.1x1² + 2(x1 - x2)^2` into a Quadratic, exactly."""

from optviz.errors import TextError
from optviz.objectives import polynomial
from optviz.objectives.lexer import WHAT, Lexeme
from optviz.objectives.objective import Quadratic
from optviz.objectives.parser import Parser
from optviz.objectives.polynomial import Polynomial

MAX_LENGTH = 100_000
_MAX_PRODUCTS = 250_000  # as many as (x1 + … + x500)^2 takes: a second


def read(text: str) -> Quadratic:
    """The quadratic that the whole text spells; its coefficients are rounded once, at the end.

    Raises `TextError` where the text is no polynomial of degree 2 at most.
    """
    if len(text) > MAX_LENGTH:
        message = f"more than {MAX_LENGTH} characters; write Q into a file and give @file.json"
        raise TextError(WHAT, text, MAX_LENGTH, message)
    if not text.strip():
        raise TextError(WHAT, text, 0, "nothing is written; try 0.1x1^2 + 2x2^2")
    parser = Parser(text, _Polynomials())
    poly = parser.whole()
    try:
        Q, c, b = polynomial.matrices(poly, parser.dim)
    except polynomial.Refused as refused:
        raise parser.error(str(refused), parser.start, len(text)) from None
    return Quadratic(Q, c, b, text.strip(), parser.names)


class _Polynomials:
    """The algebra of polynomials of degree 2 at most; it counts products, which take the time."""

    def __init__(self) -> None:
        self.products = 0

    def constant(self, word: Lexeme) -> Polynomial:
        return polynomial.constant(word.value)

    def coordinate(self, word: Lexeme) -> Polynomial:
        return polynomial.coordinate(word.index)

    def negative(self, inside: Polynomial) -> Polynomial:
        return polynomial.negative(inside)

    def bracketed(self, inside: Polynomial) -> Polynomial:
        return inside

    def combined(self, sign: str, left: Polynomial, right: Polynomial) -> Polynomial:
        if sign in "+-":
            polynomial.add(left, right, 1 if sign == "+" else -1)
            return left
        self.products += len(left) * len(left if sign == "^" else right)
        if self.products > _MAX_PRODUCTS:
            raise polynomial.Refused("too many terms; write Q into a file and give @file.json")
        if sign == "^":
            return polynomial.power(left, right)
        return (polynomial.times if sign == "*" else polynomial.divided)(left, right)
