"""The names of coordinates: x1, x2, …; x, y, z; another letter with an index; declared ones."""

import re
from dataclasses import dataclass
from functools import cached_property

from optviz.files import limits
from optviz.objectives.source import Source
from optviz.text.letters import GREEK, WORDS, digits, greek, subscript

MAX_DIM = limits.DIMENSIONS

_LETTERS = "".join(GREEK)
_WORD = rf"[A-Za-z_{_LETTERS}][\w{_LETTERS}]{{0,63}}+"  # what is longer would be tried at each x
_INDEX = r"_?(?P<index>[0-9]+|[₀₁₂₃₄₅₆₇₈₉]+)"
_NUMBERED = re.compile(rf"(?P<letter>[a-df-z{_LETTERS}]|{WORDS}){_INDEX}", re.ASCII)
_BARE = re.compile("[xyz]")
_BRACKETED = re.compile(rf"(?P<letter>{_WORD})(?<![0-9_])\s?\[\s?(?P<index>[0-9]+)\s?\]", re.ASCII)
_CALLED = re.compile(rf"(?P<letter>{_WORD})(?<![0-9_])\((?P<index>[0-9]+)\)", re.ASCII)  # of MATLAB
_WHOLE = re.compile(rf"[\w{_LETTERS}]+[₀₁₂₃₄₅₆₇₈₉]*", re.ASCII)
_PREFIX = r"_?(?:{index}|{lowered})(?![0-9₀₁₂₃₄₅₆₇₈₉])"


@dataclass(frozen=True)
class Name:
    """A coordinate in a text: where it ends, its index from 0, its name, how it is written.

    `style` is the same for the coordinates that may stand in one expression: `x, y, z`, `x1`,
    `x[0]`, `declared`.
    """

    end: int
    index: int
    name: str
    style: str


@dataclass(frozen=True)
class Names:
    """The names that an expression may have.

    `declared` are those that stand before the `=`; a single one may also be the whole vector. None
    means x1, x2, … or x, y, z. `first` is the number of the first coordinate in square brackets.
    """

    declared: tuple[str, ...] = ()
    first: int = 0

    @cached_property
    def vector(self) -> str:
        """The name of the whole vector where there may be one, x if nothing is declared; or ""."""
        names = self.declared or ("x",)
        return names[0] if len(names) == 1 else ""

    def match(self, source: Source, at: int, end: int) -> Name | None:
        """The coordinate at a place, in the name that ends at `end`; None for what is none.

        Raises `TextError` for an index that is too small or too large.
        """
        text = source.text
        if (found := _BRACKETED.match(text, at)) and found.end("letter") == end:
            return self._numbered(source, found, "[0]", self.first)
        if (found := _CALLED.match(text, at)) and greek(found["letter"]) == self.vector:
            return self._numbered(source, found, "(1)", 1)
        found = self._indexed.match(text, at) if self.vector else None
        if found and (name := self._numbered(source, found, "1", 1)):
            return name
        if self.declared:
            return self._declared(text, at)
        found = _BARE.match(text, at)
        return Name(at + 1, "xyz".index(found[0]), found[0], "x, y, z") if found else None

    def _numbered(
        self, source: Source, match: re.Match[str], style: str, first: int
    ) -> Name | None:
        letter = greek(match["letter"])
        if self.declared and letter != self.vector:
            return None
        length = min(match.end() - match.start(), 50)
        figures = digits(match["index"]).lstrip("0") or "0"
        if len(figures) > 4 or int(figures) - first >= MAX_DIM:
            raise source.error(f"more than {MAX_DIM} coordinates", match.start(), length)
        index = int(figures) - first
        if index < 0:
            header = f"f({letter}0, {letter}1) ="
            message = f"coordinates count from 1: {letter}1, …; or write {header} in front"
            raise source.error(message, match.start(), length)
        return Name(match.end(), index, f"{letter}{index + 1}", letter + style)

    def _declared(self, text: str, at: int) -> Name | None:
        """The declared name at a place: the whole word, or the longest that it opens with."""
        whole = _WHOLE.match(text, at)
        found = whole if whole and canonical(whole[0]) in self._indices else None
        found = found or self._prefix.match(text, at)
        if not found:
            return None
        name = canonical(found[0])
        return Name(found.end(), self._indices[name], name, "declared")

    @cached_property
    def _indexed(self) -> re.Pattern[str]:
        """The coordinates of the vector: any letter with an index if nothing is declared."""
        if not self.declared:
            return _NUMBERED
        return re.compile(rf"(?P<letter>{_spellings(self.vector)}){_INDEX}", re.ASCII)

    @cached_property
    def _indices(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.declared)}

    @cached_property
    def _prefix(self) -> re.Pattern[str]:
        longest = sorted(self.declared, key=len, reverse=True)
        return re.compile("|".join(map(_spellings, longest)), re.ASCII)


def canonical(name: str) -> str:
    """A name with a plain index, Greek words as letters: `x1` for x_1 and x₁, `θ` for theta."""
    plain = digits(name)
    letters = plain.rstrip("0123456789")
    index = plain[len(letters) :]
    return greek(letters.removesuffix("_") if index else letters) + index


def _spellings(name: str) -> str:
    """A pattern of a declared name, its index written in any of three ways."""
    letters = name.rstrip("0123456789")
    index = name[len(letters) :]
    word = GREEK.get(letters, letters).removeprefix("var")
    spellings = f"(?:{re.escape(letters)}|{word})" if letters in GREEK else re.escape(letters)
    return spellings + (_PREFIX.format(index=index, lowered=subscript(index)) if index else "")
