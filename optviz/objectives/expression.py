"""Reads an expression such as `0.1x1² + 2(x1 - x2)^2` into a Quadratic, exactly: a Pratt parser."""

import re

from optviz.errors import TextError
from optviz.objectives import declaration, polynomial
from optviz.objectives.lexer import WHAT, Lexeme, lexemes
from optviz.objectives.objective import Quadratic
from optviz.objectives.polynomial import Polynomial

# How tightly each operator binds. A minus in front stands between product and power: -x^2 = -(x^2).
_BINDING = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 40}
_IN_FRONT, _RAISED = 30, 50

MAX_LENGTH = 100_000
_MAX_DEPTH = 100
_MAX_PRODUCTS = 250_000  # as many as (x1 + … + x500)^2 takes: a second
_SHOWN = 50  # carets beyond this would run out of the line that a TextError shows


def read(text: str) -> Quadratic:
    """The quadratic that the whole text spells; its coefficients are rounded once, at the end.

    Raises `TextError` where the text is no polynomial of degree 2 at most.
    """
    if len(text) > MAX_LENGTH:
        message = f"more than {MAX_LENGTH} characters; write Q into a file and give @file.json"
        raise TextError(WHAT, text, MAX_LENGTH, message)
    if not text.strip():
        raise TextError(WHAT, text, 0, "nothing is written; try 0.1x1^2 + 2x2^2")
    parser = _Parser(text)
    poly = parser.whole()
    try:
        Q, c, b = polynomial.matrices(poly, parser.dim)
    except polynomial.Refused as refused:
        raise parser.error(str(refused), parser.start, len(text)) from None
    return Quadratic(Q, c, b, text.strip(), parser.names)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.depth, self.products, self.dim = text, 0, 0, 0
        self.header = declaration.read(text)
        self.family: Lexeme | None = None  # the first coordinate: all others are written as it is
        for word in self.header.declared:
            self.note(word)
        self.rest = lexemes(text, self.header.end)
        self.last: Lexeme | None = None
        self.now = next(self.rest)
        self.start = self.now.at

    @property
    def names(self) -> tuple[str, ...]:
        """The coordinates' names where they are letters; () stands for x1, x2, …"""
        lettered = self.family is not None and self.family.text in "xyz"
        return tuple("xyz"[: self.dim]) if lettered else ()

    def whole(self) -> Polynomial:
        poly = self.expression(0)
        if self.now.kind != "end":
            raise self.stray()
        if self.family is None:
            message = "a constant; write at least one coordinate, x1, x2, … or x, y, z"
            raise self.error(message, self.start, self.end - self.start)
        return poly

    @property
    def end(self) -> int:
        return self.last.at + self.last.length if self.last else self.header.end

    def step(self) -> Lexeme:
        word = self.last = self.now
        if word.kind != "end":
            self.now = next(self.rest)
        return word

    def error(self, message: str, at: int, length: int) -> TextError:
        length = max(1, min(length, len(self.text) - at, _SHOWN))
        return TextError(WHAT, self.text, at, message, length)

    def expression(self, binding: int) -> Polynomial:
        """What follows, as far as operators bind more tightly than `binding`."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(f"nested more than {_MAX_DEPTH} deep", self.now.at, 1)
        left = self.operand()
        while self.binding() > binding:
            left = self.operation(left)
        self.depth -= 1
        return left

    def binding(self) -> int:
        if self.now.kind == "sign":
            return _BINDING["*"] if self.now.text == "(" else _BINDING.get(self.now.text, 0)
        return {"end": 0, "raised": _RAISED}.get(self.now.kind, _BINDING["*"])

    def operand(self) -> Polynomial:
        word = self.now
        if word.kind == "number":
            return polynomial.constant(self.step().value)
        if word.kind == "coordinate":
            self.note(word)
            return polynomial.coordinate(self.step().index)
        if word.kind == "sign" and word.text in "+-":
            self.step()
            inside = self.expression(_IN_FRONT)
            return polynomial.negative(inside) if word.text == "-" else inside
        if word.kind == "sign" and word.text == "(":
            return self.bracket()
        raise self.missing()

    def bracket(self) -> Polynomial:
        opening = self.step()
        inside = self.expression(0)
        if self.now.kind == "end":
            raise self.error("this bracket is never closed", opening.at, 1)
        if self.now.text != ")":
            raise self.stray()
        self.step()
        return inside

    def operation(self, left: Polynomial) -> Polynomial:
        """The operator that comes now, or a product sign left out, applied to `left`."""
        if self.now.kind == "number":
            raise self.error("a sign is wanted before this number", self.now.at, self.now.length)
        if self.now.kind == "raised":
            sign, at, right = "^", self.now.at, polynomial.constant(self.step().value)
        else:
            sign = self.step().text if self.now.text in _BINDING else "*"
            at = self.now.at
            right = self.expression(_BINDING[sign] - (sign == "^"))  # ^ groups from the right
        try:
            return self.combined(sign, left, right)
        except polynomial.Refused as refused:
            raise self.error(str(refused), at, self.end - at) from None

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

    def note(self, word: Lexeme) -> None:
        """Keeps count of the coordinates, and their writing to one kind."""
        self.family = self.family or word
        if (word.text in "xyz") != (self.family.text in "xyz"):
            message = f"{self.family.text} and {word.text} are mixed; write x1, x2, … or x, y, z"
            raise self.error(message, word.at, word.length)
        declared = len(self.header.declared)
        if declared and word.index >= declared:
            raise self.error(f"{word.text} is not declared before '='", word.at, word.length)
        if word.text == self.header.name:
            raise self.error(f"{word.text} also stands before '='", word.at, word.length)
        self.dim = max(self.dim, word.index + 1)

    def missing(self) -> TextError:
        """The error where an operand is missing."""
        last, now = self.last, self.now
        if now.kind == "end" or now.text == ")":
            if last and last.text == "(" and now.kind == "end":
                return self.error("this bracket is never closed", last.at, 1)
            if last and last.text == "(":
                return self.error("nothing between these brackets", last.at, now.at + 1 - last.at)
            if last:
                return self.error(f"something is wanted after {last.text!r}", last.at, last.length)
        if now.kind == "end":
            return self.error("something is wanted after '='", self.header.end - 1, 1)
        if now.kind == "raised" or now.text in _BINDING:
            return self.error(f"something is wanted before {now.text!r}", now.at, now.length)
        return self.stray()

    def stray(self) -> TextError:
        """The error at a lexeme that cannot stand where it does."""
        word = self.now
        before = re.search(r"[0-9]{1,20}$", self.text[: word.at])
        after = re.match(r"[0-9]{1,20}", self.text[word.at + 1 :])
        if word.text == "," and before and after:
            return self.error(f"a decimal comma; write {before[0]}.{after[0]}", word.at, 1)
        message = {
            ")": "this bracket was never opened",
            "=": "an objective is one expression; only f(x) = may stand before it",
        }.get(word.text, f"{word.text!r} means nothing here")
        return self.error(message, word.at, word.length)
