"""What every drawing function needs: the theme, the fonts, and sizes in pixels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.text import Text

from optviz.arrays import Array
from optviz.errors import BadValue
from optviz.render.draw.labels import Box
from optviz.render.draw.moving import Growing, Moving
from optviz.render.draw.theme import Theme
from optviz.render.lru import Kept
from optviz.scene import Minimum, Start


@dataclass
class Pen:
    """A theme with fonts on a figure. Lengths are in points unless a name says pixels."""

    figure: Figure
    canvas: FigureCanvasAgg
    theme: Theme
    families: list[str]
    size: float = 10.0
    halo: str = "#ffffff"
    thins: bool = True  # long lines go by what a picture shows of them; not where their past fades
    moving: list[Moving] = field(default_factory=list)
    spots: Kept[Line2D] = field(default_factory=lambda: Kept(64, lambda _: 1))

    @property
    def em(self) -> float:
        """The height of the base letter size in pixels."""
        return self.size * self.figure.dpi / 72

    def style(self, scale: float = 1.0, **more: Any) -> dict[str, Any]:
        """Keyword arguments of a text; mathematics in Computer Modern."""
        look: dict[str, Any] = {
            "family": self.families,
            "math_fontfamily": "cm",
            "size": self.size * scale,
            "color": self.theme.ink,
        }
        return look | more

    @property
    def renderer(self) -> RendererAgg:
        """What measures texts."""
        return self.canvas.get_renderer()  # type: ignore[no-untyped-call, no-any-return]

    def halo_effect(self) -> AbstractPathEffect:
        """A halo of the paper's colour, so that letters read on lines."""
        return withStroke(linewidth=2.4, foreground=self.halo, alpha=0.85)

    def box(self, text: Text) -> Box:
        """Where a text stands, in pixels. Raises `BadValue` where its LaTeX cannot be read."""
        try:
            extent = text.get_window_extent(self.renderer)
        except RecursionError:
            raise BadValue("text", text.get_text(), "its $…$ is nested too deep") from None
        except ValueError as error:
            reason = str(error).strip().splitlines()[-1]
            raise BadValue("text", text.get_text(), f"its $…$ cannot be read ({reason})") from None
        return Box(extent.x0, extent.y0, extent.x1, extent.y1)

    @property
    def scale(self) -> float:
        """Small pictures have small letters; lines, dots and gaps shrink with them."""
        return self.size / 10

    def line(self, ax: Axes, xs: Any, ys: Any, **more: Any) -> Line2D:
        """A line on the axes that does not touch its limits; its sizes are those at full scale."""
        line = self._line(xs, ys, **more)
        ax.add_artist(line)
        return line

    def spot(self, ax: Axes, mark: Start | Minimum, **more: Any) -> None:
        """A place on the axes, drawn once however many begin or end there.

        It is made once for all pictures that share the axes.
        """
        made = partial(self._line, [mark.x], [mark.y], linestyle="none", **more)
        line = self.spots.get((ax, mark), made)
        if line.axes is None:
            ax.add_artist(line)

    def _line(self, xs: Any, ys: Any, **more: Any) -> Line2D:
        for key in ("linewidth", "markersize", "markeredgewidth"):
            if key in more:
                more[key] *= self.scale
        return Line2D(xs, ys, **more)

    def grow(self, ax: Axes, points: Array, times: Array, **more: Any) -> None:
        """A line whose points are reached at the steps `times`: a film shows it grow."""
        line = self.line(ax, *points.T, **more)
        self.moving.append(Growing(ax, line, points, times))


def shrink(pen: Pen, text: Text, width: float, least: float = 0.6) -> Box:
    """Makes a text smaller until it is `width` pixels wide, then breaks its line; its new box.

    Not at one go: letters have whole pixels, so their widths do not go with their size.
    """
    size = float(text.get_fontsize())
    least *= size
    box = pen.box(text)
    while size > least and box.right - box.left > width:
        size = max(size * width / (box.right - box.left) * 0.995, least)
        text.set_fontsize(size)
        box = pen.box(text)
    if box.right - box.left <= width:
        return box
    text.set_text(broken(text.get_text(), width / (box.right - box.left)))
    return pen.box(text)


def broken(words: str, share: float) -> str:
    """The text in lines of at most about `share` of its longest, broken at blanks outside $…$."""
    given = words.split("\n")
    limit = max(8, int(max(map(len, given)) * share * 0.92))
    return "\n".join(line for words in given for line in _lines(words, limit))


def _lines(words: str, limit: int) -> list[str]:
    lines = [""]
    for word in _words(words, limit):
        if lines[-1] and len(lines[-1]) + len(word) + 1 > limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _words(text: str, limit: int) -> Iterator[str]:
    """The words of a text, a formula being one; plain words over the limit in pieces."""
    for word in re.findall(r"(?:\$[^$]*\$|\S)+", text):
        if "$" in word or len(word) <= limit:
            yield word
        else:
            yield from (word[i : i + limit] for i in range(0, len(word), limit))
