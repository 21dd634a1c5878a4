"""What an expression is made into while it is parsed: a polynomial, a tape, or its formula."""

from typing import Protocol, TypeVar

from optviz.objectives.lexer import Lexeme

T = TypeVar("T")


class Algebra(Protocol[T]):
    """The operations that a parser builds with.

    `combined` and `applied` raise `coefficients.Refused` for what they cannot keep.
    """

    def constant(self, word: Lexeme) -> T:
        """A number, a constant such as π, or a raised power."""

    def coordinate(self, word: Lexeme) -> T:
        """A coordinate."""

    def negative(self, inside: T) -> T:
        """What a minus stands in front of."""

    def bracketed(self, inside: T) -> T:
        """What stands in round brackets."""

    def applied(self, function: str, arguments: list[T]) -> T:
        """A function of `lexer.FUNCTIONS`, of one argument; of min and max, two or more."""

    def combined(self, sign: str, left: T, right: T) -> T:
        """The sum, difference, product, quotient (/ or frac) or power; `left` may be changed."""
