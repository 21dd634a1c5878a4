"""The tokens of a text in LaTeX: groups in braces, arguments, powers and indices."""

import re
from abc import ABC, abstractmethod

from optviz.errors import TextError
from optviz.objectives.source import Rewriter, Source

MATRICES = "a form of matrices; write quadratic(Q=[[2,0],[0,4]],c=[0,0]) for ½xᵀQx + cᵀx"
_MAX_DEPTH = 100

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[0-9]+|[A-Za-z]+|\s+|.", re.DOTALL)
_POWER_WORD = re.compile(r"\s*\{?\s*(?:\\(?:math\w+|rm|text)\s*\{?\s*)?\\?([A-Za-z]+)")


class Reader(ABC):
    """Goes through the tokens once; a group in braces is one step deeper."""

    def __init__(self, source: Source) -> None:
        self.source, self.out = source, Rewriter(source)
        self.tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(source.text)]
        self.index, self.depth = 0, 0
        self.in_math = source.text.count("$") % 2 == 0  # x$^2$ + y$^2$

    def read(self) -> Source:
        while self.index < len(self.tokens):
            self.item()
        return self.out.made()

    def error(self, message: str, at: int, length: int = 1) -> TextError:
        return self.source.error(message, at, length)

    def peek(self) -> str:
        """The next token that is not blank; "" at the end."""
        following = (token for token, _ in self.tokens[self.index : self.index + 2])
        return next((token for token in following if not token.isspace()), "")

    def next(self) -> tuple[str, int]:
        """Goes to the next token that is not blank, and on: that token, which is there."""
        while self.tokens[self.index][0].isspace():
            self.index += 1
        self.index += 1
        return self.tokens[self.index - 1]

    def item(self) -> None:
        token, at = self.tokens[self.index]
        self.index += 1
        if token[0] == "\\" and len(token) > 1:
            self.command(token[1:], at)
        elif token == "{":
            self.index -= 1
            inside = "".join(token for token, _ in self.tokens[self.index + 1 : self.index + 3])
            single = inside.endswith("}") and inside[:-1].isalpha()  # {x}_{1}
            self.argument(token, at, *("", "") if single else ("(", ")"))
        elif token == "}":
            raise self.error("this brace was never opened", at)
        elif token in "^_":
            self.script(token, at)
        elif token in "~&" or (token == "$" and self.in_math):
            self.out.put(" ", at)
        else:
            self.out.keep(at, at + len(token))

    def braces(self, at: int, opening: str, closing: str) -> None:
        """What stands in braces, the opening one of which was read; nothing for empty ones."""
        if self.peek() == ",":  # 0{,}5 as the decimal comma is set
            self.next()
            opening, closing = ".", ""
        elif self.peek() == "}":
            opening = closing = ""
        self.out.put(opening, at)
        while self.peek() != "}":
            if not self.peek():
                raise self.error("this brace is never closed", at)
            self.item()
        self.out.put(closing, self.next()[1])

    def argument(self, of: str, at: int, opening: str = "(", closing: str = ")") -> None:
        """The argument of a command: a group in braces, a command, or a single letter or digit."""
        if self.peek() in ("", "}"):
            raise self.error(f"something is wanted after {of[:20]}", at, len(of))
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(f"nested more than {_MAX_DEPTH} deep", at)
        token, place = self.next()
        if token == "{":
            self.braces(place, opening, closing)
        else:
            self.out.put(opening, place)
            self.index -= 1
            self.item() if token[0] == "\\" else self.single(token, place)
            self.out.put(closing, place)
        self.depth -= 1

    def single(self, token: str, place: int) -> None:
        """The first letter of a token; the others stay."""
        self.out.keep(place, place + 1)
        if len(token) > 1:
            self.tokens[self.index] = (token[1:], place + 1)
        else:
            self.index += 1

    def word(self) -> str:
        """The letters of the argument in braces, which is passed over."""
        word = ""
        if self.peek() == "{":
            depth = 0
            while self.index < len(self.tokens):
                token = self.tokens[self.index][0]
                depth += (token == "{") - (token == "}")
                self.index += 1
                if not depth:
                    break
                word += token
        return word.strip("{ ")

    def script(self, sign: str, at: int) -> None:
        """A power or an index; of x^2_1 the index comes first."""
        if sign == "_":
            self.raised("_", at, "", "")
            return
        if self.word_ahead() in ("T", "t", "top", "intercal"):
            raise self.error(MATRICES, at)
        out, self.out = self.out, Rewriter(self.source)
        self.raised("^", at, "(", ")")
        power, self.out = self.out, out
        if self.peek() == "_":
            self.raised("_", self.next()[1], "", "")
        self.out.take(power)

    def raised(self, sign: str, at: int, opening: str, closing: str) -> None:
        """The sign of a power or an index with what it applies to: a group, or a number."""
        self.out.keep(at, at + 1)
        token = self.peek()
        if token == "{" or token[:1] == "\\":
            self.argument(sign, at, opening, closing)
        elif token.isdigit():
            token, place = self.next()
            self.out.keep(place, place + len(token))

    def word_ahead(self) -> str:
        """The single word that a power is, without braces, fonts and backslash; or ""."""
        ahead = "".join(token for token, _ in self.tokens[self.index : self.index + 8])
        match = _POWER_WORD.match(ahead)
        return match[1] if match else ""

    @abstractmethod
    def command(self, name: str, at: int) -> None:
        """Reads the command whose token was read. Raises `TextError` for one that is not known."""
