"""The grammar of expressions such as `0.1x1² + 2(x1 - x2)^2`: a Pratt parser over any algebra."""

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from optviz.errors import TextError
from optviz.objectives import calls, coefficients, declaration, notation
from optviz.objectives.algebra import Algebra
from optviz.objectives.latex_tokens import MATRICES
from optviz.objectives.lexer import WHAT, Lexeme, lexemes

# How tightly each operator binds. A minus in front stands between product and power: -x^2 = -(x^2).
_BINDING = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 40}
_IN_FRONT, _RAISED = 30, 50

_MAX_DEPTH = 100
_SHOWN = 50  # carets beyond this would run out of the line that a TextError shows

T = TypeVar("T")


class Parser(Generic[T]):
    """Parses one text, and builds what it spells by the operations of an algebra.

    Raises `TextError` with the place of what is wrong.
    """

    def __init__(self, text: str, algebra: Algebra[T]) -> None:
        self.text, self.algebra, self.depth = text, algebra, 0
        source = notation.plain(text)
        self.header = declaration.read(source)
        self.header_end = source.places[self.header.end]  # as it was typed
        self.family: Lexeme | None = None  # the first coordinate: all others are written as it is
        self.barred = False  # whether a bar that comes closes the bars that are open
        self.dim, self.met = len(self.header.declared), set[int]()
        self.rest = lexemes(source, self.header.end, names=self.header.names)
        self.last: Lexeme | None = None
        self.now = next(self.rest)
        self.start = self.now.at

    @property
    def names(self) -> tuple[str, ...]:
        """The coordinates' names where they are others; () stands for x1, x2, …"""
        if self.header.declared or self.family is None or self.family.style == "declared":
            return self.header.names.declared
        if self.family.style == "x, y, z":
            return tuple("xyz"[: self.dim])
        letter = self.vector
        return () if letter == "x" else tuple(f"{letter}{i + 1}" for i in range(self.dim))

    @property
    def vector(self) -> str:
        """The name of the vector whose coordinates are x1, x2, …; "" where they have no such."""
        numbered = not self.header.declared and self.family and self.family.index >= 0
        if not numbered or self.family is None or self.family.style in ("x, y, z", "declared"):
            return ""
        return self.family.name.rstrip("0123456789")

    @property
    def missing_coordinates(self) -> list[int]:
        """The coordinates up to the last that occur nowhere and are not declared: from 0."""
        return [] if self.header.declared else [i for i in range(self.dim) if i not in self.met]

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
        return self.last.at + self.last.length if self.last else self.header_end

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
            opens = self.now.text == "(" or (self.now.text == "|" and not self.barred)
            return _BINDING["*"] if opens else _BINDING.get(self.now.text, 0)
        return {"end": 0, "raised": _RAISED}.get(self.now.kind, _BINDING["*"])

    def operand(self) -> T:
        word = self.now
        if word.kind in ("number", "constant"):
            return self.algebra.constant(self.step())
        if word.kind == "coordinate":
            self.note(word)
            return self.algebra.coordinate(self.step())
        if word.kind == "call":
            return calls.called(self)
        if word.text == "|":
            return calls.size(self)
        if word.kind == "sign" and word.text in "+-":
            self.step()
            inside = self.expression(_IN_FRONT)
            return self.algebra.negative(inside) if word.text == "-" else inside
        if word.kind == "sign" and word.text == "(":
            return self.bracket()
        raise self.missing()

    def bracket(self) -> T:
        (inside,) = self.bracketed(most=1)
        return self.algebra.bracketed(inside)

    def bracketed(self, most: int | None = None) -> list[T]:
        """What stands in the brackets that open now: expressions with commas between."""
        opening, outer, self.barred = self.step(), self.barred, False
        found = [self.expression(0)]
        while self.now.text == "," and (most is None or len(found) < most):
            self.step()
            found.append(self.expression(0))
        self.close(opening)
        self.barred = outer
        return found

    def close(self, opening: Lexeme) -> None:
        """The bracket that closes another."""
        if self.now.kind == "end":
            raise self.error("this bracket is never closed", opening.at, 1)
        if self.now.text != ")":
            raise self.stray()
        self.step()

    def combined(self, sign: str, left: T, right: T, at: int) -> T:
        """What the algebra makes of two. Raises `TextError` where it refuses."""
        return self.made(at, lambda: self.algebra.combined(sign, left, right))

    def made(self, at: int, make: Callable[[], T]) -> T:
        """What the algebra makes. Raises `TextError` at a place where it refuses."""
        try:
            return make()
        except coefficients.Refused as refused:
            raise self.error(str(refused), at, self.end - at) from refused

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
        return self.combined(sign, left, right, at)

    def note(self, word: Lexeme) -> None:
        """Keeps count of the coordinates, and their writing to one kind."""
        self.family = self.family or word
        if word.style != self.family.style:
            hint = "write x1, x2, … or x, y, z"
            if {word.style[1:], self.family.style[1:]} == {"1"}:
                hint += "; x² is written x^2"
            if "[0]" in word.style + self.family.style:
                hint = "x[0] counts from 0 and is x1, x[1] is x2"
            message = f"{self.family.text} and {word.text} are mixed; {hint}"
            raise self.error(message, word.at, word.length)
        if word.text == self.header.name:
            raise self.error(f"{word.text} also stands before '='", word.at, word.length)
        self.dim = max(self.dim, word.index + 1)
        self.met.add(word.index)

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
        if now.kind == "end" and self.header_end:
            return self.error("something is wanted after '='", self.header_end - 1, 1)
        if now.kind == "end":
            return self.error("nothing is written; try 0.1x1^2 + 2x2^2", 0, 1)
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
            "|": "this bar closes nothing",
            "@": MATRICES,
            "=": "an objective is one expression; only f(x) = may stand before it",
        }.get(word.text, f"{word.text!r} means nothing here")
        return self.error(message, word.at, word.length)
