"""LaTeX in words, read quickly: matplotlib's mathtext, which remembers from figure to figure.

The boxes of letters are those that matplotlib makes; only the way there is shorter. Most of its
time goes into a grammar that digits, letters and signs do not need, and into finding fonts again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache, partial
from typing import Any

import matplotlib
from matplotlib import _mathtext  # the parts of the reader have no public names
from matplotlib.mathtext import MathTextParser

from optviz.render.lru import Kept

_KEPT = 2000  # pieces of texts
_SIGN = r"[0-9A-Za-z]|\\(?:alpha|beta|delta|eta|gamma|lambda|mu|rho|tau|theta)(?![A-Za-z])"
_INSIDE = r"\{-\}|[-0-9A-Za-z]"
_INDEX = rf"[_^](?:(?P<one>[0-9A-Za-z])|\{{(?P<group>(?:{_INSIDE})+)\}})"
_PIECES = re.compile(
    rf"(?P<high>(?:{_SIGN})(?:{_INDEX})+(?![\^_']))|(?P<letter>{_SIGN})"
    r"|(?P<sign>[.,=()+]|\\times(?![A-Za-z]))|(?P<minus>\{-\})|(?P<thin>\\,)| "
)

_SIGNS = re.compile(_INSIDE)
_ODD = re.compile(r"\\\$|\$\$|[\t\n\r]")  # left to the grammar


class _Reader(_mathtext.Parser):
    """Takes a formula piece by piece where it is of simple ones, else leaves it to the grammar."""

    def __init__(self) -> None:
        self._known: Kept[Any] = Kept(_KEPT, lambda _: 1)
        self._needs_space_after_subsuper = False

    def __getattr__(self, name: str) -> Any:
        """The grammar, made when it is first needed: it takes as long as a figure."""
        if name not in ("_expression", "_math_expression"):
            raise AttributeError(name)
        before = self._needs_space_after_subsuper
        super().__init__()
        self._needs_space_after_subsuper = before
        return vars(self)[name]

    def parse(self, text: str, *how: Any) -> Any:
        """The boxes of a text."""
        self._needs_space_after_subsuper = False  # or a text that failed would change the next
        parts = text.split("$")
        if len(parts) % 2 and not _ODD.search(text):
            # what cannot be read the grammar meets again, and says it
            with suppress(_mathtext.ParseBaseException):  # type: ignore[attr-defined]
                return self._parted(parts, *how)
        return super().parse(text, *how)

    def _parted(self, parts: list[str], fonts: Any, size: float, dpi: float) -> Any:
        """The boxes of words, a formula, words and so on, as the grammar would go from one on."""
        self._state_stack = [_mathtext.ParserState(fonts, "default", "rm", size, dpi)]
        self._em_width_cache = {}
        nodes = self.non_math(parts[:1])
        for formula, words in zip(parts[1::2], parts[2::2], strict=True):
            nodes += self.math_string([f"${formula}$"])
            nodes += self.non_math([words])
        return _mathtext.Hlist(nodes)

    def non_math(self, toks: Any) -> Any:
        """The box of the words before a formula, or after the last."""
        words, state = toks[0].replace(r"\$", "$"), self.get_state()
        box = self._once(
            ("words", words), lambda: _mathtext.Hlist([_mathtext.Char(c, state) for c in words])
        )
        self.push_state()
        self.get_state().font = matplotlib.rcParams["mathtext.default"]
        return [box]

    def math_string(self, toks: Any) -> Any:
        """The box of `$…$`."""
        formula = toks[0][1:-1]
        if self._needs_space_after_subsuper:  # left by an operator of the formula before
            return super().math_string(toks)
        box = self._once(("formula", formula), lambda: self._formula(formula))
        self.pop_state()  # what the words before the formula pushed
        return [box]

    def _formula(self, formula: str) -> Any:
        nodes = self._simple(formula)
        return _mathtext.Hlist(nodes) if nodes else self._grammar(formula)

    def _simple(self, formula: str) -> list[Any]:
        """What stands in a formula of simple pieces; nothing where it has others."""
        nodes: list[Any] = []
        end = 0
        for piece in _PIECES.finditer(formula):
            if piece.start() != end:
                return []
            end = piece.end()
            if high := piece["high"]:
                nodes.append(self._once(("piece", high), partial(self._indexed, high)))
            elif letter := piece["letter"]:
                read = partial(self.symbol, formula, end, {"sym": letter})
                nodes += self._once(("letter", letter), read)
            elif piece["sign"]:  # its room depends on what stands beside it
                nodes += self.symbol(formula, piece.start(), {"sym": piece["sign"]})
            elif piece["minus"]:
                nodes.append(_mathtext.Hlist(self.symbol(formula, end - 2, {"sym": "-"})))
            elif piece["thin"]:
                nodes.append(self._make_space(self._space_widths[r"\,"]))
        return nodes if end == len(formula) else []

    def _indexed(self, piece: str) -> Any:
        """The box of a letter and what stands above it or below."""
        letter = re.match(_SIGN, piece)
        assert letter
        parts: list[Any] = []  # ^ or _ and a box, and so on
        for index in re.finditer(_INDEX, piece):
            group = index["group"] is not None
            signs = _SIGNS.finditer(piece, *index.span("group" if group else "one"))
            boxes = [self._inside(piece, sign) for sign in signs]
            parts += [index[0][0], _mathtext.Hlist(boxes) if group else boxes[0]]
        (nucleus,) = self.symbol(piece, 0, {"sym": letter[0]})
        read: Any = {"nucleus": nucleus, "subsuper": parts}
        (box,) = self.subsuper(piece, 0, read)
        return box

    def _inside(self, piece: str, sign: re.Match[str]) -> Any:
        """The box of a letter or a sign in an index."""
        if sign[0] == "{-}":
            return _mathtext.Hlist(self.symbol(piece, sign.start() + 1, {"sym": "-"}))
        (box,) = self.symbol(piece, sign.start(), {"sym": sign[0]})
        return box

    def _grammar(self, formula: str) -> Any:
        """The box of what only the grammar can read."""
        self.push_state()
        (box,) = super().math_string([f"${formula}$"])  # type: ignore[arg-type]
        return box

    def _once(self, piece: tuple[str, str], make: Callable[[], Any]) -> Any:
        """The box of a piece, made once for each font and size: nothing changes a box later."""
        state = self.get_state()
        key = piece, state.fontset, state.font, state.fontsize, state.dpi
        box = self._known.get(key, make)
        if self._needs_space_after_subsuper:  # it decides on what follows, so it is read again
            self._known.forget(key)
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
    """Lets a renderer read formulas by what all figures have read, letters and their outlines."""
    for holder in (renderer, renderer._text2path):
        holder.mathtext_parser = formulas(holder.mathtext_parser._output_type)


@cache
def formulas(kind: str) -> MathTextParser[Any]:
    """The parser of one kind, which remembers across figures."""
    return _Formulas("path" if kind == "vector" else "agg")


@cache
def reader() -> _Reader:
    """The one reader of formulas."""
    return _Reader()
