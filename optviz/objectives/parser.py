"""The grammar of expressions such as `0.1x1² + 2(x1 - x2)^2`: a Pratt parser over any algebra."""

import re
from typing import Generic, Protocol, TypeVar

from optviz.errors import TextError
from optviz.objectives import declaration, polynomial
from optviz.objectives.lexer import WHAT, Lexeme, lexemes

# How tightly each operator binds. A minus in front stands between product and power: -x^2 = -(x^2).
_BINDING = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 40}
_IN_FRONT, _RAISED = 30, 50

_MAX_DEPTH = 100
_SHOWN = 50  # carets beyond this would run out of the line that a TextError shows

T = TypeVar("T")


class Algebra(Protocol[T]):
    """What an expression is made into: a polynomial, or its formula.

    `combined` raises `polynomial.Refused` for what is no quadratic.
    """

    def constant(self, word: Lexeme) -> T:
        """A number, or a raised power."""

    def coordinate(self, word: Lexeme) -> T:
        """A coordinate."""

    def negative(self, inside: T) -> T:
        """What a minus stands in front of."""

    def bracketed(self, inside: T) -> T:
        """What stands in round brackets."""

    def combined(self, sign: str, left: T, right: T) -> T:
        """The sum, difference, product, quotient or power of two; `left` may be changed."""


class Parser(Generic[T]):
    """Parses one text, and builds what it spells by the operations of an algebra."""

    def __init__(self, text: str, algebra: Algebra[T]) -> None:
        self.text, self.algebra, self.depth, self.dim = text, algebra, 0, 0
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

    def whole(self) -> T:
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

    def expression(self, binding: int) -> T:
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

    def operand(self) -> T:
        word = self.now
        if word.kind == "number":
            return self.algebra.constant(self.step())
        if word.kind == "coordinate":
            self.note(word)
            return self.algebra.coordinate(self.step())
        if word.kind == "sign" and word.text in "+-":
            self.step()
            inside = self.expression(_IN_FRONT)
            return self.algebra.negative(inside) if word.text == "-" else inside
        if word.kind == "sign" and word.text == "(":
            return self.bracket()
        raise self.missing()

    def bracket(self) -> T:
        opening = self.step()
        inside = self.expression(0)
        if self.now.kind == "end":
            raise self.error("this bracket is never closed", opening.at, 1)
        if self.now.text != ")":
            raise self.stray()
        self.step()
        return self.algebra.bracketed(inside)

    def operation(self, left: T) -> T:
        """The operator that comes now, or a product sign left out, applied to `left`."""
        if self.now.kind == "number":
            raise self.error("a sign is wanted before this number", self.now.at, self.now.length)
        if self.now.kind == "raised":
            sign, at, right = "^", self.now.at, self.algebra.constant(self.step())
        else:
            sign = self.step().text if self.now.text in _BINDING else "*"
            at = self.now.at
            right = self.expression(_BINDING[sign] - (sign == "^"))  # ^ groups from the right
        try:
            return self.algebra.combined(sign, left, right)
        except polynomial.Refused as refused:
            raise self.error(str(refused), at, self.end - at) from None

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
