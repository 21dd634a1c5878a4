"""LaTeX in words, read quickly: matplotlib's mathtext, which remembers from figure to figure.

The boxes of letters are those that matplotlib makes; only the way there is shorter. Most of its
time goes into a grammar that digits, letters and signs do not need, and into finding fonts again.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import matplotlib
from matplotlib import _mathtext  # the parts of the reader have no public names
from matplotlib.mathtext import MathTextParser

_KNOWN = "3.11"  # its reader has no public parts, and they may change with a minor version
_KEPT = 500  # pieces of formulas
_SIGN = r"[0-9A-Za-z]|\\(?:alpha|beta|delta|eta|gamma|lambda|mu|rho|tau|theta)(?![A-Za-z])"
_INDEX = r"[_^](?:[0-9A-Za-z]|\{(?:[-0-9A-Za-z]|\{-\})+\})"
_PIECES = re.compile(
    rf"(?P<high>(?:{_SIGN})(?:{_INDEX})+(?![\^_']))|(?P<sign>{_SIGN}|[.,=()+]|\\times(?![A-Za-z]))"
    r"|(?P<minus>\{-\})|(?P<thin>\\,)| "
)


class _Reader(_mathtext.Parser):
    """Takes a formula piece by piece where it is of simple ones, else leaves it to the grammar."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Any, Any] = {}

    def parse(self, *text: Any) -> Any:
        """The boxes of a text."""
        self._needs_space_after_subsuper = False  # or a text that failed would change the next
        return super().parse(*text)

    def math_string(self, toks: Any) -> Any:
        """The box of `$…$`."""
        formula = toks[0][1:-1]
        if self._needs_space_after_subsuper:  # left by an operator of the formula before
            return super().math_string(toks)
        nodes = self._simple(formula)
        box = _mathtext.Hlist(nodes) if nodes else self._read(formula)
        self.pop_state()  # what the words before the formula pushed
        return [box]

    def _simple(self, formula: str) -> list[Any]:
        """What stands in a formula of simple pieces; nothing where it has others."""
        nodes: list[Any] = []
        end = 0
        for piece in _PIECES.finditer(formula):
            if piece.start() != end:
                return []
            end = piece.end()
            if piece["high"]:
                nodes += self._read(piece["high"]).children
            elif piece["sign"]:
                nodes += self.symbol(formula, piece.start(), {"sym": piece["sign"]})
            elif piece["minus"]:
                nodes.append(_mathtext.Hlist(self.symbol(formula, end - 2, {"sym": "-"})))
            elif piece["thin"]:
                nodes.append(self._make_space(self._space_widths[r"\,"]))
        return nodes if end == len(formula) else []

    def _read(self, formula: str) -> Any:
        """The box of what only the grammar can read, read once."""
        state = self.get_state()
        key = formula, state.fontset, state.font, state.fontsize, state.dpi
        if key in self._known:
            return self._known[key]
        self.push_state()
        (box,) = super().math_string([f"${formula}$"])  # type: ignore[arg-type]
        if not self._needs_space_after_subsuper:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = box
        return box


class _Fonts(_mathtext.BakomaFonts):
    """Computer Modern and the font of words, kept open: others may have changed its size."""

    def get_kern(self, *letters: Any) -> float:
        """How much closer two letters stand."""
        name, kind, sign, size, *_, dpi = letters
        self._get_info(name, kind, sign, size, dpi).font.set_size(size, dpi)
        return super().get_kern(*letters)


class _Formulas(MathTextParser):  # type: ignore[type-arg]  # no class of kinds when run
    """Finds its fonts once; matplotlib finds and opens them for each text."""

    _font_type_mapping = {"cm": lru_cache(64)(_Fonts)}  # the one that `Pen.style` asks for

    def __init__(self, output: Any) -> None:
        super().__init__(output)
        self._parser = reader()


def remember(renderer: Any) -> None:
    """Lets a renderer read formulas by what all figures have read, letters and their outlines.

    Only where the reader's parts are those it was written for; else formulas are read as ever.
    """
    if matplotlib.__version__.rpartition(".")[0] != _KNOWN:
        return
    for holder in (renderer, renderer._text2path):
        holder.mathtext_parser = formulas(holder.mathtext_parser._output_type)


@cache
def formulas(kind: str) -> MathTextParser[Any]:
    return _Formulas("path" if kind == "vector" else "agg")


@cache
def reader() -> _Reader:
    return _Reader()
