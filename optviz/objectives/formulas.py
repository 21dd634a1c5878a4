"""Typesets an expression as it was typed, in LaTeX and in Unicode: `x^2/20` is x²/20."""

import re
from dataclasses import dataclass

from optviz.objectives.lexer import Lexeme
from optviz.objectives.parser import Parser
from optviz.text import numbers

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Piece:
    """A part of a formula in LaTeX and in Unicode, and what it is.

    The kinds are number, coordinate, bracket, power, quotient, product, negative and sum.
    """

    latex: str
    plain: str
    kind: str

    @property
    def enclosed(self) -> "Piece":
        """The piece in brackets, with its sums set closely."""
        tight = re.sub(" ([+−]) ", r"\1", self.plain)
        return Piece(f"({self.latex})", f"({tight})", "bracket")

    @property
    def operand(self) -> "Piece":
        """The piece as it stands after an operator: a sign in front needs brackets."""
        return self.enclosed if self.plain.startswith("−") else self

    @property
    def atom(self) -> "Piece":
        """The piece as it stands beside / and under ^: a power of ten needs brackets."""
        is_compound = self.kind == "number" and not self.plain[-1].isascii()
        return self.enclosed if is_compound else self.operand


def typeset(text: str) -> Piece:
    """The formula `f(x) = …` of an expression that was read before."""
    parser = Parser(text, _Pieces())
    body = parser.whole()
    names = [_coordinate(name[0], name[1:]) for name in parser.names] or [
        _coordinate("x", str(i + 1)) for i in range(parser.dim)
    ]
    vector = not parser.names and not parser.header.declared
    arguments = [Piece("x", "x", "")] if vector else names
    latex, plain = (", ".join(getattr(name, form) for name in arguments) for form in _FORMS)
    return Piece(f"f({latex}) = {body.latex}", f"f({plain}) = {body.plain}", "")


_FORMS = ("latex", "plain")


class _Pieces:
    """The algebra of formulas: the brackets are those that were typed, but around a single word."""

    def constant(self, word: Lexeme) -> Piece:
        if word.kind == "raised":
            return Piece(str(word.value), str(word.value), "number")
        mantissa, sign, exponent = word.text.lower().partition("e")
        mantissa = re.sub(r"^0+(?=\d)|\.$", "", f"0{mantissa}")
        decimal = mantissa + sign + exponent
        return Piece(numbers.tex_of(decimal), numbers.typographic(decimal), "number")

    def coordinate(self, word: Lexeme) -> Piece:
        return _coordinate(word.text[0], "" if word.text in "xyz" else str(word.index + 1))

    def negative(self, inside: Piece) -> Piece:
        inside = inside.operand
        return Piece(f"-{inside.latex}", f"−{inside.plain}", "negative")

    def bracketed(self, inside: Piece) -> Piece:
        return inside if inside.kind in ("number", "coordinate", "bracket") else inside.enclosed

    def combined(self, sign: str, left: Piece, right: Piece) -> Piece:
        if sign == "^":
            return _power(left.atom, right)
        if sign == "*":
            return _product(left, right.operand)
        if sign == "/":
            return _quotient(left, right.atom)
        right, plain = right.operand, "−" if sign == "-" else "+"
        latex = f"{left.latex} {sign} {right.latex}"
        return Piece(latex, f"{left.plain} {plain} {right.plain}", "sum")


def _coordinate(letter: str, index: str) -> Piece:
    below = f"_{{{index}}}" if len(index) > 1 else f"_{index}".rstrip("_")
    return Piece(letter + below, letter + index.translate(_LOWERED), "coordinate")


def _power(base: Piece, exponent: Piece) -> Piece:
    latex = exponent.latex if len(exponent.latex) == 1 else f"{{{exponent.latex}}}"
    plain = f"^({exponent.plain})"
    if re.fullmatch("−?[0-9]+", exponent.plain):
        plain = numbers.raised(int(exponent.plain.replace("−", "-")))
    return Piece(f"{base.latex}^{latex}", base.plain + plain, "power")


def _product(left: Piece, right: Piece) -> Piece:
    """A product sign stands only where the factors would run together without."""
    if ratio := re.fullmatch(r"(−?)([0-9.]+)/([0-9.]+)", left.plain):
        sign = "-" if ratio[1] else ""
        fraction = rf"{sign}\frac{{{ratio[2]}}}{{{ratio[3]}}}\,"
        return Piece(fraction + right.latex, f"{left.plain}·{right.plain}", "product")
    if left.kind == "quotient" or right.plain[0].isdigit():
        kind = left.kind if left.kind == "quotient" else "product"
        return Piece(rf"{left.latex} \cdot {right.latex}", f"{left.plain}·{right.plain}", kind)
    digit = left.plain[-1] in "0123456789"
    gap = "" if left.kind == right.kind == "bracket" else r"\," if digit else " "
    return Piece(left.latex + gap + right.latex, left.plain + right.plain, "product")


def _quotient(left: Piece, right: Piece) -> Piece:
    return Piece(f"{left.latex}/{right.latex}", f"{left.plain}/{right.plain}", "quotient")
