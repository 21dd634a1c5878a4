r"""A matrix alone after -f: `[[4,1],[1,3]]`, `[4 1; 1 3]`, `np.array(…)`, `\begin{bmatrix}…`."""

import re

import numpy as np

from optviz.arrays import Array
from optviz.decimals import DECIMAL
from optviz.errors import TextError
from optviz.notes import note
from optviz.objectives import pasted
from optviz.objectives.matrix import CONVENTION, asymmetry
from optviz.objectives.names import MAX_DIM
from optviz.objectives.objective import Quadratic
from optviz.objectives.source import Rewriter, Source

LARGEST = 2**25  # characters; 1000 × 1000 numbers in full precision are 2·10⁷

_LIBRARY = r"(?:(?:np|numpy|jnp|torch|tf|sp|sparse|scipy\.sparse|cvxopt|cp)\.)?"
_MAKER = r"(?:(?:as)?array|mat(?:rix)?|[tT]ensor|constant|c[sc][cr]_(?:matrix|array)|sparse|diag)"
_RATIO = rf"{DECIMAL}(?:[eE][+-]?[0-9]++)?(?:[/⁄]{DECIMAL})?"
_NAMED = r"[\s$]*+(?:[A-Za-z_]\w*+\s*+=\s*+)?"
_IN_LATEX = re.compile(_NAMED + r"\\begin\{(?:[bpvBV]|small)?matrix\}", re.ASCII)
_HEAD = re.compile(
    rf"{_NAMED}(?:(?P<factor>{_RATIO})\s*+\*\s*+)?"
    rf"(?:(?P<maker>{_LIBRARY}{_MAKER})\s*+\(\s*+)?(?=[\[{{(\-+.0-9])",
    re.ASCII,
)
_TAIL = re.compile(r"\s*+(?:,\s*+(?:dtype\s*+=\s*+)?['\"]?[\w.]++['\"]?\s*+)?\)[\s;]*+", re.ASCII)
_LATEX = re.compile(
    r"\\begin\{(?:[bpvBV]|small)?matrix\}|\\end\{(?:[bpvBV]|small)?matrix\}|\\\\|&"
    r"|\\[tdc]?frac\{\s*+(-?[0-9.]++)\s*+\}\{\s*+([0-9.]++)\s*+\}|\\[,;:! ]|\$"
)
_LATEX_SIGNS = {"&": ",", "\\\\": ";", "$": " "}
_WHOLE = re.compile(r"\s*+[-+]?[0-9.][-+0-9.eE/⁄ \t,]*+[;\n]\s*+[-+0-9.][-+0-9.eE/⁄ \t,;\n]*+")
_NUMBERS_IN_BRACKETS = re.compile(r"\s*+(?:\{\s*+\{|\(\s*+\()[-−+0-9.eE/⁄ \t\r,;\n{}()]*+")
_TOKEN = re.compile(rf"(?P<number>[-+]?{_RATIO})(?![\w.⁄/])|(?P<sign>[\[\](){{}},;])|(?P<line>\n)")
_CLOSING = {"[": "]", "(": ")", "{": "}"}

Row = list[float]


def is_meant(text: str) -> bool:
    """Whether a text is a matrix and no expression: it opens with a bracket, or has rows."""
    head = _HEAD.match(text)
    opening = text[head.end() : head.end() + 1] if head else ""
    return bool(
        (head and (head["maker"] or opening == "["))
        or ("," in text and _NUMBERS_IN_BRACKETS.fullmatch(text))
        or _IN_LATEX.match(text)
        or _WHOLE.fullmatch(text.replace("−", "-"))
    )


def read(text: str) -> Quadratic:
    """The quadratic ½xᵀQx of the matrix Q that the text is.

    Raises `TextError` with the place of what is wrong, for a matrix that is not square or not
    symmetric, and for a text that is too long.
    """
    if len(text) > LARGEST:
        raise TextError("objective", text[:100], 0, "a matrix of so many characters is a file's")
    plain = text.replace("−", "-").replace("–", "-")
    source = pasted.plain(Source(text, plain, range(len(text) + 1)))
    source = _without_latex(source)
    reader = _Reader(source)
    rows, at, length = reader.whole()
    rows = [[reader.factor * number for number in row] for row in rows]
    if reader.diagonal and (len(rows) == 1 or all(len(row) == 1 for row in rows)):
        return _quadratic(np.diag([number for row in rows for number in row]), text)
    for row in rows:
        if len(row) != len(rows):
            size = f"{len(rows)} row{'s' * (len(rows) > 1)} but {len(row)} numbers in one"
            raise source.error(f"Q must be square; it has {size}", at, length)
    if message := asymmetry(rows):
        raise source.error(message, at, length)
    return _quadratic(np.array(rows), text)


def _quadratic(Q: Array, text: str) -> Quadratic:
    note(CONVENTION)
    return Quadratic(Q, np.zeros(len(Q)), 0.0, text.strip())


def _without_latex(source: Source) -> Source:
    """The source with the rows of `bmatrix` as those of MATLAB."""
    if "\\" not in source.text:
        return source
    out, at = Rewriter(source), 0
    for match in _LATEX.finditer(source.text):
        sign = match.group()
        plain = f" {match[1]}/{match[2]} " if match[1] else _LATEX_SIGNS.get(sign, " ")
        out.keep(at, match.start())
        out.put("[" if sign[:6] == "\\begin" else "]" if sign[:4] == "\\end" else plain, at)
        at = match.end()
    out.keep(at, len(source.text))
    return out.made()


class _Reader:
    """Reads lists in brackets; rows are lists in a list, or numbers that `;` or a line parts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        head = _HEAD.match(source.text)
        self.made_by = (head["maker"] or "") if head else ""
        self.factor = self.number(head["factor"], 0) if head and head["factor"] else 1.0
        self.at = head.end() if head else 0

    @property
    def diagonal(self) -> bool:
        return self.made_by.endswith("diag")

    def error(self, message: str, at: int | None = None, length: int = 1) -> TextError:
        return self.source.error(message, self.at if at is None else at, length)

    def whole(self) -> tuple[list[Row], int, int]:
        """The rows of the text, and the place and the length of the matrix in it."""
        start = self.at
        opening = self.source.text[start : start + 1]
        if opening in _CLOSING:
            self.at += 1
            rows = self.rows(opening, 1)
        else:
            rows = self.rows(")" if self.made_by else "", 1)
        end = self.at
        rest = self.source.text[end:]
        in_call = self.made_by and opening in _CLOSING
        if not _TAIL.fullmatch(rest) if in_call else rest.strip(" \t\r\n;.,$"):
            wanted = "')' is wanted here" if in_call else "the matrix ends before this"
            raise self.error(wanted, end + len(rest) - len(rest.lstrip()))
        if not rows or not all(rows):
            raise self.error("a matrix without numbers", start, max(1, end - start))
        return rows, start, end - start

    def rows(self, opening: str, depth: int) -> list[Row]:
        """What stands up to the closing bracket: rows, which are one if nothing parts them."""
        rows, row = list[Row](), Row()
        start, comma = self.at - 1, False
        closing = _CLOSING.get(opening, opening)
        while token := self.token():
            kind, text, at = token
            if kind == "number":
                row.append(self.number(text, at))
            elif text == closing:
                return [*rows, *([row] if row or not rows else [])]
            elif text in _CLOSING:
                rows += self.inner(text, at, depth, row)
            elif text == ";" or (kind == "line" and depth == 1 and not comma):
                rows, row = [*rows, row] if row else rows, Row()
            elif text not in (",", "\n"):
                raise self.error(f"{text!r} means nothing here", at)
            comma = text == "," or (comma and kind == "line")
            if len(rows) > MAX_DIM or len(row) > MAX_DIM:
                raise self.error(f"more than {MAX_DIM} coordinates", at)
        if closing:
            raise self.error("this bracket is never closed", max(start, 0))
        return [*rows, row] if row else rows

    def inner(self, opening: str, at: int, depth: int, row: Row) -> list[Row]:
        """The one row of a list in a list."""
        if depth == 2 or row:
            raise self.error("a list of rows of numbers is wanted here", at)
        rows = self.rows(opening, depth + 1)
        if len(rows) != 1:
            raise self.error("one row is wanted in these brackets", at)
        return rows

    def token(self) -> tuple[str, str, int] | None:
        text = self.source.text
        while self.at < len(text) and text[self.at] != "\n" and text[self.at].isspace():
            self.at += 1
        if self.at == len(text):
            return None
        start = self.at
        match = _TOKEN.match(text, start)
        if not match:
            raise self.error("a number is wanted here")
        self.at = match.end()
        return str(match.lastgroup), match.group(), start

    def number(self, text: str, at: int) -> float:
        above, _, below = text.replace("⁄", "/").partition("/")
        number = float(above) / (float(below) or float("nan")) if below else float(above)
        if not np.isfinite(number):
            raise self.error("a finite number is wanted here", at, len(text))
        return number
