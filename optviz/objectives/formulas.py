"""Typesets an expression as it was typed, in LaTeX and in Unicode: `x^2/20` is x²/20."""

import re
from dataclasses import dataclass

from optviz.objectives.lexer import Lexeme
from optviz.objectives.parser import Parser
from optviz.text import letters, numbers

_LETTER = letters.LETTER
_WORDS = re.compile(f"{_LETTER}{{2}} {_LETTER}|{_LETTER} {_LETTER}{{2}}")


@dataclass(frozen=True)
class Piece:
    """A part of a formula in LaTeX and in Unicode, and what it is.

    The kinds are number, ratio, coordinate, word (a coordinate's), bracket, power, quotient,
    fraction, product, negative and sum.
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
        is_compound = is_compound or self.kind in ("ratio", "fraction")
        return self.enclosed if is_compound else self.operand


def typeset(text: str) -> Piece:
    """The formula `f(x) = …` of an expression that was read before."""
    parser = Parser(text, _Pieces())
    body = parser.whole()
    names = parser.names or [f"x{i + 1}" for i in range(parser.dim)]
    arguments = [_coordinate(name) for name in ([parser.vector] if parser.vector else names)]
    latex, plain = (", ".join(getattr(name, form) for name in arguments) for form in _FORMS)
    return Piece(f"f({latex}) = {body.latex}", f"f({plain}) = {body.plain}", "")


def called(text: str, names: tuple[str, ...], style: str) -> str:
    """`name(x, y)` of a Python function `python(name)`."""
    word = text.removeprefix("python(").removesuffix(")").partition(",")[0]
    arguments = ", ".join(getattr(_coordinate(name), style) for name in names)
    return f"{getattr(_coordinate(word), style)}({arguments})"


_FORMS = ("latex", "plain")
_SINGLE = ("number", "coordinate", "word")


class _Pieces:
    """The algebra of formulas: the brackets are those that were typed, but around a single word."""

    def constant(self, word: Lexeme) -> Piece:
        if word.kind == "constant":
            letter = letters.greek(word.text)
            return Piece(letters.tex(letter), letter, "coordinate")
        if word.kind == "raised":
            return Piece(str(word.value), str(word.value), "number")
        if "⁄" in word.text:
            above, below = word.text.split("⁄")
            return Piece(rf"\frac{{{above}}}{{{below}}}", f"{above}/{below}", "ratio")
        mantissa, sign, exponent = word.text.lower().partition("e")
        mantissa = re.sub(r"^0+(?=\d)|\.$", "", f"0{mantissa}")
        decimal = mantissa + sign + exponent
        return Piece(numbers.tex_of(decimal), numbers.typographic(decimal), "number")

    def coordinate(self, word: Lexeme) -> Piece:
        return _coordinate(word.name)

    def negative(self, inside: Piece) -> Piece:
        inside = inside.operand
        return Piece(f"-{inside.latex}", f"−{inside.plain}", "negative")

    def bracketed(self, inside: Piece) -> Piece:
        return (
            inside
            if inside.kind in ("number", "coordinate", "word", "bracket")
            else inside.enclosed
        )

    def applied(self, function: str, arguments: list[Piece]) -> Piece:
        return _function(function, arguments)

    def combined(self, sign: str, left: Piece, right: Piece) -> Piece:
        if sign == "^":
            return _power(left.atom, right)
        if sign == "*":
            return _product(left, right.operand)
        if sign == "/":
            return _quotient(left, right.atom)
        if sign == "frac":
            return _fraction(left, right)
        right, plain = right.operand, "−" if sign == "-" else "+"
        latex = f"{left.latex} {sign} {right.latex}"
        return Piece(latex, f"{left.plain} {plain} {right.plain}", "sum")


def _coordinate(name: str) -> Piece:
    letter, index = letters.parts(name) or ("", "")
    if not letter:
        return Piece(rf"\mathrm{{{name}}}".replace("_", r"\_"), name, "word")
    below = f"_{{{index}}}" if len(index) > 1 else f"_{index}".rstrip("_")
    return Piece(letters.tex(letter) + below, letter + letters.subscript(index), "coordinate")


def _function(name: str, arguments: list[Piece]) -> Piece:
    """`cos(x)`, `√(x + 1)`, `|x|`; the logarithms to other bases have theirs lowered."""
    within = [a.enclosed if a.kind == "" else a for a in arguments]
    latex, plain = (", ".join(getattr(a, form) for a in within) for form in _FORMS)
    if name == "abs":
        return Piece(rf"|{latex}|", f"|{plain}|", "bracket")
    if name == "sqrt":
        single = arguments[0].kind in _SINGLE
        return Piece(rf"\sqrt{{{latex}}}", f"√{plain}" if single else f"√({plain})", "function")
    base = name.removeprefix("log") if name.startswith("log") else ""
    word = name.removesuffix(base) if base else name
    shown = _ARCS.get(word, word)
    latex = rf"\{shown}" + (rf"_{{{base}}}" if base else "") + rf"({latex})"
    return Piece(latex, f"{shown}{letters.subscript(base)}({plain})", "function")


_ARCS = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}


def _power(base: Piece, exponent: Piece) -> Piece:
    if base.kind == "function":
        raised = _raised_name(base, exponent)
        if raised:
            return raised
    inside = exponent.latex[1:-1] if exponent.kind == "bracket" else exponent.latex
    latex = inside if len(inside) == 1 else f"{{{inside}}}"
    single = exponent.kind in _SINGLE or exponent.kind == "bracket"
    plain = f"^{exponent.plain}" if single else f"^({exponent.plain})"
    if re.fullmatch("−?[0-9]+", exponent.plain):
        plain = letters.superscript(str(int(exponent.plain.replace("−", "-"))))
    return Piece(f"{base.latex}^{latex}", base.plain + plain, "power")


def _raised_name(base: Piece, exponent: Piece) -> Piece | None:
    """`sin²(x)` for the square of `sin(x)`; None for other powers, and for roots."""
    if not re.fullmatch("[0-9]", exponent.plain) or not base.plain[0].isalpha():
        return None
    latex, plain = (getattr(base, form).partition("(") for form in _FORMS)
    raised = f"{plain[0]}{letters.superscript(exponent.plain)}({plain[2]}"
    return Piece(f"{latex[0]}^{exponent.latex}({latex[2]}", raised, "function")


def _product(left: Piece, right: Piece) -> Piece:
    """A product sign stands only where the factors would run together without."""
    if ratio := re.fullmatch(r"(−?)([0-9.]+)/([0-9.]+)", left.plain):
        sign = "-" if ratio[1] else ""
        fraction = rf"{sign}\frac{{{ratio[2]}}}{{{ratio[3]}}}\,"
        return Piece(fraction + right.latex, f"{left.plain}·{right.plain}", "product")
    if left.kind in ("quotient", "fraction") or right.plain[0].isdigit():
        kind = "quotient" if left.kind in ("quotient", "fraction") else "product"
        return Piece(rf"{left.latex} \cdot {right.latex}", f"{left.plain}·{right.plain}", kind)
    if _WORDS.search(f"{left.plain[-2:]} {right.plain[:2]}"):
        return Piece(rf"{left.latex}\,{right.latex}", f"{left.plain}·{right.plain}", "product")
    digit = left.plain[-1] in "0123456789"
    gap = "" if left.kind == right.kind == "bracket" else r"\," if digit else " "
    kind = "quotient" if right.kind == "fraction" else "product"
    return Piece(left.latex + gap + right.latex, left.plain + right.plain, kind)


def _quotient(left: Piece, right: Piece) -> Piece:
    return Piece(f"{left.latex}/{right.latex}", f"{left.plain}/{right.plain}", "quotient")


def _fraction(above: Piece, below: Piece) -> Piece:
    """A fraction of LaTeX; beside a slash, what is more than one word needs brackets."""
    latex = rf"\frac{{{above.latex}}}{{{below.latex}}}"
    over = above if above.kind in (*_SINGLE, "power") else above.enclosed
    under = below.atom if below.kind in _SINGLE else below.enclosed
    return Piece(latex, f"{over.plain}/{under.plain}", "fraction")
