r"""LaTeX as lecture notes have it: `\frac{1}{2}x_1^2`, `\left(`, `\cdot`, `\theta_1`, `$…$`."""

import re
from typing import NoReturn

from optviz.errors import TextError
from optviz.objectives.latex_commands import KINDS, LETTERS, SIGNS
from optviz.objectives.source import Rewriter, Source

MATRICES = "a form of matrices; write quadratic(Q=[[2,0],[0,4]],c=[0,0]) for ½xᵀQx + cᵀx"
_MAX_DEPTH = 100

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[0-9]+|[A-Za-z]+|\s+|.", re.DOTALL)
_MATH = re.compile(r"\s*+(?:(\$\$?)|\\\[|\\\()")
_POWER_WORD = re.compile(r"\s*\{?\s*(?:\\(?:math\w+|rm|text)\s*\{?\s*)?\\?([A-Za-z]+)")
_MATH_ENDS = re.compile(r"(?:(\$\$?)|\\\]|\\\))[\s.,;]*+$")

_INDEX_AFTER = re.compile(r"\^[0-9]++_")  # x^2_1
_TRAILING = " \t\r\n.,;"


def plain(source: Source) -> Source:
    """The source without LaTeX. Raises `TextError` for a command that is no part of polynomials."""
    if not any(sign in source.text for sign in "\\{}$") and not _INDEX_AFTER.search(source.text):
        return source
    return _Reader(_without_dollars(source)).read()


def _without_dollars(source: Source) -> Source:
    """The source without the signs of mathematics around all of it."""
    text = source.text
    start, end = _MATH.match(text), _MATH_ENDS.search(text, max(0, len(text.rstrip(_TRAILING)) - 2))
    if not start or not end or end.start() < start.end():
        return source
    out = Rewriter(source)
    out.keep(start.end(), end.start())
    return out.made()


class _Reader:
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

    def refuse(self, name: str, typed: str, at: int) -> NoReturn:
        message = f"{typed[:20]} is no command of LaTeX that is read here"
        raise self.error(MATRICES if KINDS.get(name) == "matrix" else message, at, len(typed))

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

    def command(self, name: str, at: int) -> None:
        kind = KINDS.get(name, "blank" if name.isspace() else "")
        if name in SIGNS:
            self.out.put(SIGNS[name], at)
        elif name in LETTERS:
            self.letter(LETTERS[name], at)
        elif kind == "function":
            self.function(name, at)
        elif kind == "fraction":
            self.fraction(name, at)
        elif kind == "bar":
            self.bar(name, at)
        elif kind == "fence":
            self.fence(name, at)
        elif kind == "font":
            self.argument(f"\\{name}", at, "", "")
        elif kind == "minimum":
            self.minimum(name)
        elif kind == "ends":
            self.environment(name, at)
        elif kind == "dropped":
            self.word()
        elif kind == "blank":
            self.out.put(" ", at)
        else:
            self.refuse(name, f"\\{name}", at)

    def environment(self, name: str, at: int) -> None:
        inside = self.word()
        if KINDS.get(inside.rstrip("*")) != "lines":
            self.refuse(inside, f"\\{name}{{{inside}}}", at)

    def letter(self, text: str, at: int) -> None:
        """A word, apart from the letters before it."""
        self.out.put(f" {text}" if self.out.last.isalpha() else text, at)

    def function(self, name: str, at: int) -> None:
        r"""`\sin{x}` is sin(x), `\sqrt[3]{x}` a power."""
        if name == "sqrt" and self.peek() == "[":
            self.root(at)
            return
        self.letter(name.replace("arc", "a"), at)
        if self.peek() == "{" or (name == "sqrt" and self.peek()):
            self.argument(f"\\{name}", at)

    def root(self, at: int) -> None:
        """A root whose degree stands in square brackets."""
        degree = [self.next() for _ in range(min(3, len(self.tokens) - self.index))]
        if len(degree) < 3 or not degree[1][0].isdecimal() or degree[2][0] != "]":
            raise self.error("a root such as \\sqrt[3]{x} is wanted", at, 5)
        self.argument("\\sqrt", at)
        self.out.put(f"^(1⁄{degree[1][0]})", at)

    def fraction(self, name: str, at: int) -> None:
        r"""`\frac{1}{2}` becomes 1⁄2, a number; any other a call, `frac(x, 2)`."""
        out, first = self.out, Rewriter(self.source)
        self.out = first
        self.argument(f"\\{name}", at, "", "")
        self.out = second = Rewriter(self.source)
        self.argument(f"\\{name}", at, "", "")
        self.out = out
        above, below = first.made().text.strip(), second.made().text.strip()
        if above.isdecimal() and below.isdecimal():
            before, after = self.out.last.isdigit(), self.peek()[:1].isdigit()
            self.out.put(f"{' ' * before}{above}⁄{below}{' ' * after}", at)
            return
        self.out.put(" frac(" if self.out.last.isalnum() else "frac(", at)
        self.out.take(first)
        self.out.put(",", at)
        self.out.take(second)
        self.out.put(")", at)

    def bar(self, name: str, at: int) -> None:
        """One end of |…|, the left one as the name of the function."""
        if name in ("left", "lvert") or name.endswith("l"):
            self.out.put(" abs(" if self.out.last.isalnum() else "abs(", at)
        else:
            self.out.put(")" if name in ("right", "rvert") or name.endswith("r") else "|", at)

    def fence(self, name: str, at: int) -> None:
        """A bracket that is made large."""
        sign, at = self.next() if self.peek() else ("", at)
        if sign in ("|", "\\vert", "\\lvert", "\\rvert"):
            self.bar(name, at)
        elif sign in ("(", "[", "\\{", "\\lbrack"):
            self.out.put("(", at)
        elif sign in (")", "]", "\\}", "\\rbrack"):
            self.out.put(")", at)
        elif sign != ".":
            raise self.error(MATRICES if "|" in sign else "a bracket is wanted here", at)

    def minimum(self, name: str) -> None:
        r"""`\min_{x}` stands before what is minimised; over what is what the text itself says."""
        if name == "underset":
            self.word()
            self.word()
        elif self.peek() == "_":
            at = self.next()[1]
            if self.peek() == "{":
                self.word()
            else:
                out, self.out = self.out, Rewriter(self.source)
                self.argument("_", at, "", "")
                self.out = out
