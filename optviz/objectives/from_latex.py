r"""LaTeX as lecture notes have it: `\frac{1}{2}x_1^2`, `\left(`, `\cdot`, `\theta_1`, `$…$`."""

import re
from typing import NoReturn

from optviz.objectives.latex_commands import KINDS, LETTERS, SIGNS
from optviz.objectives.latex_tokens import MATRICES, Reader
from optviz.objectives.source import Rewriter, Source

_MATH = re.compile(r"\s*+(?:(\$\$?)|\\\[|\\\()")
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


class _Reader(Reader):
    """Knows what the commands mean."""

    def refuse(self, name: str, typed: str, at: int) -> NoReturn:
        message = f"{typed[:20]} is no command of LaTeX that is read here"
        raise self.error(MATRICES if KINDS.get(name) == "matrix" else message, at, len(typed))

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
