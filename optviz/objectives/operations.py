"""The algebra that makes a tape of an expression: the places of its operations."""

from optviz.objectives import formula
from optviz.objectives.coefficients import Refused
from optviz.objectives.lexer import Lexeme
from optviz.tape import Builder, TooLong, Undefined

_BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "div", "frac": "div"}


class Operations:
    """An `Algebra` of places on the tape that `build` holds."""

    def __init__(self) -> None:
        self.build = Builder(strict=True)

    def constant(self, word: Lexeme) -> int:
        return self.build.constant(float(word.value))

    def coordinate(self, word: Lexeme) -> int:
        return self.build.input(word.index)

    def negative(self, inside: int) -> int:
        return self.build.apply("neg", inside)

    def bracketed(self, inside: int) -> int:
        return inside

    def applied(self, function: str, arguments: list[int]) -> int:
        """Raises `Refused` for a function of numbers that has no value there."""
        try:
            return formula.applied(self.build, function, arguments)
        except Undefined as undefined:
            raise Refused(str(undefined)) from None
        except TooLong:
            raise Refused("an expression of too many operations") from None

    def combined(self, sign: str, left: int, right: int) -> int:
        """Raises `Refused` for numbers that are divided by zero, or overflow."""
        try:
            if sign == "^":
                return self.build.power(left, right)
            return self.build.apply(_BINARY[sign], left, right)
        except Undefined as undefined:
            raise Refused(str(undefined)) from None
        except TooLong:
            raise Refused("an expression of too many operations") from None
