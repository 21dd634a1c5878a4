"""Rows of text: words and formulas side by side on one baseline, measured and broken into lines.

matplotlib's mathtext sets a text with a formula in it as a whole, in one size. Here words and
formulas are runs of their own, so that Computer Modern can be as large as the words look, numbers
stand in the letters of the words, and the same formula is parsed once for all figures.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from optviz.errors import BadValue
from optviz.render.draw.fonts import DEFAULT
from optviz.render.lru import LruCache

FORMULA = 1.16  # times the size of words: x-heights and capitals then look equal
BLANK = 0.318  # em: a blank of DejaVu Sans
ABOVE, BELOW = 0.78, 0.24  # em: the room of a line of words over and under its baseline
LEADING = 1.3  # em from one baseline to the next


class Run(NamedTuple):
    """Words, or a formula with its dollars, after so many blanks."""

    text: str
    formula: bool
    blanks: int = 0


class Extent(NamedTuple):
    """The size of a text in pixels; `above` and `below` are measured from its first baseline."""

    width: float
    above: float
    below: float

    @property
    def height(self) -> float:
        return self.above + self.below


class Type(NamedTuple):
    """What a text is set in: the families, the size in points, the weight, the dots an inch."""

    families: tuple[str, ...]
    size: float
    weight: str
    dpi: float

    @property
    def em(self) -> float:
        """The size in pixels."""
        return self.size * self.dpi / 72

    def font(self, formula: bool) -> FontProperties:
        """The properties that matplotlib wants."""
        return _FONTS.get((self, formula), lambda: self._font(formula))

    def _font(self, formula: bool) -> FontProperties:
        font = FontProperties(
            family=list(self.families),
            size=self.size * (FORMULA if formula else 1.0),
            weight=self.weight,
            math_fontfamily="cm",
        )
        if self.families == (DEFAULT,):  # matplotlib brings it; to find fonts takes 1 ms each
            face = "DejaVuSans-Bold" if self.weight == "bold" else "DejaVuSans"
            font.set_file(str(Path(matplotlib.get_data_path(), "fonts", "ttf", f"{face}.ttf")))
        return font


_FONTS: LruCache[FontProperties] = LruCache(100)
_EXTENTS: LruCache[Extent] = LruCache(5000)
_DOLLARS = r"(?<!\\)\$(?:[^$\\]|\\.)*\$"
_FORMULA = re.compile(f"({_DOLLARS})")
_LETTER = re.compile(rf"{_DOLLARS}|\\\$|.")
_SOLID = rf"(?:\([^()]*\)|{_DOLLARS}|\\\$|[^ ])+"
_WORD = re.compile(rf"( *)({_SOLID}(?: = {_SOLID})*)")  # `f = 0.6` stays on one line
LOOSE = re.compile(rf"( *)((?:{_DOLLARS}|\\\$|[^ ])+)")  # where what is solid is too wide
_PART = re.compile(r"(?<=_)(?=[^_])|(?<=\w\.)(?=[^\W\d])|(?<=[^\W\d]\.)(?=\d)")  # of a name of code
_WIDE = re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef])")  # break anywhere


def runs(line: str) -> list[Run]:
    r"""The runs of a line. What stands between two dollars is a formula, `\$` is a dollar."""
    found, blanks = list[Run](), 0
    for part in _FORMULA.split(line):
        formula = len(part) > 1 and part.startswith("$") and part.endswith("$")
        words = _close(part) if formula else part.replace(r"\$", "$")
        bare = words.strip(" ")
        if not bare:
            blanks += len(words)
            continue
        blanks += len(words) - len(words.lstrip(" "))
        found.append(Run(bare, formula, blanks if found else 0))
        blanks = len(words) - len(words.rstrip(" "))
    return found


def _close(formula: str) -> str:
    """Stars and transposes without the room that mathtext gives operators at both sides."""
    return formula.replace("^*", "^{*}").replace(r"^\top", r"^{\!\top\!}")


def has_formula(text: str) -> bool:
    """Whether a formula stands in the text."""
    return any(run.formula for line in text.split("\n") for run in runs(line))


def run_extent(run: Run, kind: Type, renderer: RendererAgg) -> Extent:
    """The size of a run, in letters as `settings` has them hinted.

    Raises `BadValue` where its LaTeX cannot be read.
    """
    key = run.text, run.formula, kind, matplotlib.rcParams["text.hinting"]
    return _EXTENTS.get(key, lambda: _measured(run, kind, renderer))


def _measured(run: Run, kind: Type, renderer: RendererAgg) -> Extent:
    try:
        width, height, depth = renderer.get_text_width_height_descent(  # type: ignore[no-untyped-call]
            run.text, kind.font(run.formula), run.formula
        )
    except RecursionError:
        raise BadValue("text", run.text, "its $…$ is nested too deep") from None
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1]
        reason = re.sub(r"^Expected .*, found (.*)", r"not expected: \1", _plain(reason))
        raise BadValue("text", run.text, f"its $…$ cannot be read ({reason})") from None
    return Extent(float(width), float(height - depth), float(depth))


def _plain(reason: str) -> str:
    """What the parser says, without the name of its exception and its own places."""
    return re.sub(r"^Parse\w+: |(, found .)? *\(at char \d+\).*", "", reason)


def line_extent(line: str, kind: Type, renderer: RendererAgg) -> Extent:
    """The size of a line: at least as high as letters with their ascenders and descenders."""
    width, above, below = 0.0, ABOVE * kind.em, BELOW * kind.em
    for run in runs(line):
        size = run_extent(run, kind, renderer)
        width += run.blanks * BLANK * kind.em + size.width
        if run.formula:
            above, below = max(above, size.above), max(below, size.below)
    return Extent(width, above, below)


def extent(text: str, kind: Type, renderer: RendererAgg) -> Extent:
    """The size of a text of one or more lines."""
    lines = [line_extent(line, kind, renderer) for line in text.split("\n")]
    drop = sum(step(one, other, kind) for one, other in pairwise(lines))
    return Extent(max(one.width for one in lines), lines[0].above, drop + lines[-1].below)


def step(upper: Extent, lower: Extent, kind: Type) -> float:
    """The distance in pixels of two baselines: more than usual where a formula is high."""
    return max(LEADING * kind.em, upper.below + lower.above + 0.1 * kind.em)


def wrapped(text: str, width: float, kind: Type, renderer: RendererAgg) -> str:
    """The text in lines of at most `width` pixels, a formula or a letter being the least."""
    return "\n".join(
        line for given in text.split("\n") for line in _lines(given, width, kind, renderer)
    )


def _lines(line: str, width: float, kind: Type, renderer: RendererAgg) -> Iterator[str]:
    if line_extent(line, kind, renderer).width <= width:
        yield line
        return
    current = ""
    for piece, blanks in _pieces(line, width, kind, renderer):
        longer = current + " " * blanks + piece if current else piece
        if current and line_extent(longer, kind, renderer).width > width:
            yield current
            longer = piece
        current = longer
    yield current


def _pieces(
    line: str, width: float, kind: Type, renderer: RendererAgg
) -> Iterator[tuple[str, int]]:
    """What a line may be broken into, and the blanks before each piece."""
    for blanks, solid in _WORD.findall(line):
        if line_extent(solid, kind, renderer).width <= width:
            yield solid, len(blanks)
            continue
        for before, word in LOOSE.findall(solid):
            parts = [word] if line_extent(word, kind, renderer).width <= width else _parts(word)
            pieces = (piece for part in parts for piece in _broken(part, width, kind, renderer))
            for i, piece in enumerate(pieces):
                yield piece, len(before or blanks) if i == 0 else 0


def _broken(part: str, width: float, kind: Type, renderer: RendererAgg) -> Iterator[str]:
    """A part whole if it fits or is a formula, else as many of its letters at a time as fit."""
    letters = _LETTER.findall(part)
    while letters:
        most = letters[: int(4 * width / kind.em) + 1]  # hardly a letter is a quarter of an em

        def wide(count: int, most: list[str] = most) -> float:
            return line_extent("".join(most[:count]), kind, renderer).width

        count = max(bisect_right(range(1, len(most) + 1), width, key=wide), 1)
        yield "".join(letters[:count])
        letters = letters[count:]


def _parts(word: str) -> Iterator[str]:
    """A word in pieces: a formula before its signs, a name after `_` or a dot, ideographs."""
    for part in _FORMULA.split(word):
        if len(part) > 1 and part.startswith("$") and part.endswith("$"):
            yield from (f"${term}$" for term in _terms(part[1:-1]))
        else:
            for piece in filter(None, _WIDE.split(part)):
                yield from _PART.split(piece)


def _terms(formula: str) -> list[str]:
    """A formula in pieces that each begin with a sign outside all brackets."""
    pieces, depth, escaped = [""], 0, False
    for letter in formula:
        if not escaped:
            depth += (letter in "{([") - (letter in "})]")
        is_sign = letter in "+-" and depth == 0 and not escaped
        if is_sign and pieces[-1].strip() and pieces[-1].strip()[-1] not in "^_":
            pieces.append("{}")  # so that the sign keeps its distance
        pieces[-1] += letter
        escaped = letter == "\\"
    return pieces
