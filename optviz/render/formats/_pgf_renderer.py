"""What draws a figure as PGF: matplotlib's renderer, but words are measured without LaTeX."""

from collections.abc import Iterator
from io import StringIO
from typing import Any, NamedTuple

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pgf import RendererPgf
from matplotlib.figure import Figure
from matplotlib.text import Text

from optviz.errors import Unfit
from optviz.render.draw import typeset
from optviz.render.formats._tex import tex


def drawing(figure: Figure) -> str:
    """The figure as the inside of a pgfpicture. Raises `Unfit` where it holds pixels."""
    stream = StringIO()
    width, height = figure.get_size_inches()
    _join(figure)
    stream.write(
        f"\\pgfpathrectangle{{\\pgfpointorigin}}{{\\pgfqpoint{{{width:f}in}}{{{height:f}in}}}}%\n"
        "\\pgfusepath{use as bounding box, clip}%\n"
    )
    with matplotlib.rc_context({"pgf.rcfonts": False}):
        figure.draw(_Renderer(figure, stream))
    return stream.getvalue()


class _Renderer(RendererPgf):
    """Letters have the widths that they have in other formats."""

    def __init__(self, figure: Figure, stream: StringIO) -> None:
        super().__init__(figure, stream)  # type: ignore[no-untyped-call]
        self._ruler = RendererAgg(1, 1, figure.dpi)  # type: ignore[no-untyped-call]

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        return self._ruler.get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]

    def draw_text(self, gc: Any, x: Any, y: Any, s: str, *rest: Any, **more: Any) -> None:
        spelled = tex(s, has_formulas=bool(more.get("ismath")))
        super().draw_text(gc, x, y, spelled, *rest, **more)  # type: ignore[no-untyped-call]

    def draw_image(self, *_: Any, **__: Any) -> None:
        raise Unfit("a map is made of pixels, which pgf cannot hold; take pdf")


def _join(figure: Figure) -> None:
    """Makes one text of the words and formulas of a row, which LaTeX sets side by side.

    In LaTeX both have one size. Halos go: they would make shapes of the letters.
    """
    for text in figure.findobj(Text):
        text.set_path_effects([])
    ruler = RendererAgg(1, 1, figure.dpi)  # type: ignore[no-untyped-call]
    texts = [artist for artist in figure.get_children() if isinstance(artist, Text)]
    for first, *others in _rows(texts, ruler):
        words = first.text.get_text()
        for one in others:
            words += " " * one.blanks + one.text.get_text()
            one.text.set_visible(False)
        first.text.set(text=words, fontsize=first.size)


class _Run(NamedTuple):
    """A text, the blanks before it, and the size of words beside it in points."""

    text: Text
    blanks: int
    size: float


def _rows(texts: list[Text], ruler: RendererAgg) -> Iterator[list[_Run]]:
    """The texts in rows: each begins where the one before ends, or some blanks on."""
    row: list[_Run] = []
    end = base = 0.0
    for text in texts:
        formula = text.get_text().startswith("$")
        size = float(text.get_fontsize()) / (typeset.FORMULA if formula else 1.0)
        x, y = text.get_position()
        blanks = (x - end) * 72 / size / typeset.BLANK
        if row and (y != base or blanks < -0.01 or abs(blanks - round(blanks)) > 0.01):
            yield row
            row = []
        row.append(_Run(text, round(blanks) if row else 0, size))
        base, end = y, x + _width(text, ruler)
    if row:
        yield row


def _width(text: Text, ruler: RendererAgg) -> float:
    """The width of a run in inches."""
    words = text.get_text()
    formula = words.startswith("$")
    words = words if formula else words.replace(r"\$", "$")
    font = text.get_fontproperties()
    size = ruler.get_text_width_height_descent(words, font, formula)  # type: ignore[no-untyped-call]
    return float(size[0] / ruler.dpi)
