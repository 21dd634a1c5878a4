"""The page that a scene is drawn on: its figure, theme and letters, and the words placed so far.

Places are in pixels from the bottom left; sizes of lines are in points at a base letter of 10
points, those of words in base letters (em).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from optviz.arrays import Array
from optviz.render.draw import balanced, typeset
from optviz.render.draw.boxes import Box
from optviz.render.draw.moving import Growing, Moving
from optviz.render.draw.theme import Stroke, Theme
from optviz.render.draw.typeset import Extent, Type
from optviz.render.draw.written import ENDS, WORDS, Ink, Written, box_at
from optviz.render.lru import LruCache
from optviz.scene import Mark

MOVES = 2.0  # what grows with the steps of a film, and what lies over it
IN_PANELS = 1.8  # words there lie under what moves, which never meets them
_MEASURES: LruCache[RendererAgg] = LruCache(4)  # by dots an inch, without a picture
_LEAST = 0.75  # em: the smallest letters, where the floor of the page is not higher


@dataclass
class Page:
    """A figure with its theme and letters. `em` and `floor` are letter sizes in pixels."""

    figure: Figure
    canvas: FigureCanvasAgg
    theme: Theme
    families: tuple[str, ...]
    em: float
    floor: float
    thins: bool = True  # lines of very many points are drawn by what a picture shows of them
    small: bool = False  # panels are small multiples
    inside: bool = False  # every word stands within its panel
    columns: int = 1
    taken: list[Box] = field(default_factory=list)
    moving: list[Moving] = field(default_factory=list)
    tags: list[Any] = field(default_factory=list)  # names at the ends of paths, which a film moves
    keys: list[Any] = field(default_factory=list)  # entries of legends, and where their words are
    title: "Written | None" = None
    about: dict[int, list[Artist]] | None = None  # by id(mark): what shows it and names it

    @property
    def width(self) -> float:
        return float(self.figure.bbox.width)

    @property
    def height(self) -> float:
        return float(self.figure.bbox.height)

    @property
    def points(self) -> float:
        """The base letter in points."""
        return self.em * 72 / float(self.figure.dpi)

    @property
    def scale(self) -> float:
        """What lines, dots and gaps are multiplied by: they grow with the letters."""
        return self.points / 10

    @property
    def least(self) -> float:
        """The smallest scale of words."""
        return max(_LEAST, self.floor / self.em)

    @property
    def halo(self) -> str:
        """The colour around lines that stand on others."""
        return self.theme.paper

    @property
    def renderer(self) -> RendererAgg:
        """What measures texts."""
        dpi = float(self.figure.dpi)
        return _MEASURES.get(dpi, lambda: RendererAgg(1, 1, dpi))  # type: ignore[no-untyped-call]

    def type(self, scale: float = 1.0, weight: str = "normal") -> Type:
        """What a text at this scale is set in, never below the floor of the page."""
        size = self.points * max(scale, self.least)
        return Type(self.families, size, weight, float(self.figure.dpi))

    def measure(self, text: str, scale: float = 1.0, weight: str = "normal") -> Extent:
        """The size of a text in pixels. Raises `BadValue` where its LaTeX cannot be read."""
        return typeset.extent(text, self.type(scale, weight), self.renderer)

    def wrap(self, text: str, width: float, scale: float = 1.0, weight: str = "normal") -> str:
        """The text in lines of at most `width` pixels where it can be broken."""
        return typeset.wrapped(text, width, self.type(scale, weight), self.renderer)

    def balance(self, text: str, width: float, scale: float = 1.0, weight: str = "normal") -> str:
        """The text in as few lines as `wrap` makes, of about one length."""
        return balanced.balanced(text, width, self.type(scale, weight), self.renderer)

    def widest_word(self, text: str, scale: float = 1.0) -> float:
        """The width in pixels of the widest word of a text."""
        return balanced.widest_word(text, self.type(scale), self.renderer)

    def write(self, text: str, x: float, y: float, ink: Ink, ax: Axes | None = None) -> Written:
        """Sets a text with its first baseline at y, from x on or up to x; notes where it stands.

        In the panel of `ax` it lies under what moves.
        """
        kind = self.type(ink.scale, ink.weight)
        lines = text.split("\n")
        extents = [typeset.line_extent(line, kind, self.renderer) for line in lines]
        artists: list[Text | Line2D] = []
        base = y
        for i, (line, size) in enumerate(zip(lines, extents, strict=True)):
            base -= typeset.step(extents[i - 1], size, kind) if i else 0.0
            left = x - size.width * ENDS[ink.align]
            artists += self._line_of_text(line, left, base, kind, ink)
        for artist in artists:
            self._add(artist, ax)
        box = box_at(x, y, self.measure(text, ink.scale, ink.weight), ink.align)
        self.taken.append(box)
        return Written(box, artists, float(self.figure.dpi))

    def _line_of_text(self, line: str, x: float, y: float, kind: Type, ink: Ink) -> list[Text]:
        dpi, texts = float(self.figure.dpi), []
        for run in typeset.runs(line):
            x += run.blanks * typeset.BLANK * kind.em
            words = run.text if run.formula else run.text.replace("$", r"\$")
            text = Text(
                x / dpi,
                y / dpi,
                words,
                color=ink.colour,
                fontproperties=kind.font(run.formula),
                transform=self.figure.dpi_scale_trans,
                zorder=ink.z,
                va="baseline",
                clip_on=False,
            )
            if ink.halo:
                stroke = withStroke(linewidth=3 * self.scale, foreground=ink.halo)
                text.set_path_effects([stroke])
            texts.append(text)
            x += typeset.run_extent(run, kind, self.renderer).width
        return texts

    def _add(self, artist: Text | Line2D, ax: Axes | None) -> None:
        if ax is None:
            self.figure.add_artist(artist)
        else:
            artist.set_zorder(IN_PANELS)
            ax.add_artist(artist)

    def rule(
        self, points: Sequence[tuple[float, float]], ax: Axes | None = None, **look: Any
    ) -> Line2D:
        """A line through pixels of the page, such as a leader; in a panel under what moves."""
        xs, ys = np.array(points).T / float(self.figure.dpi)
        place = self.figure.dpi_scale_trans
        line = Line2D(xs, ys, transform=place, clip_on=False, **self._scaled(look))
        self._add(line, ax)
        return line

    def swatch(self, left: float, middle: float, stroke: Stroke, em: float) -> None:
        """A piece of a curve 1.8 of these em long, with its dash and its marker.

        The marker stands on the middle of a dash, so that it hides no gap.
        """
        right, wide = left + 1.8 * em, 1.7
        look: dict[str, Any] = {"color": stroke.colour, "linewidth": wide, "zorder": WORDS}
        dash: dict[str, Any] = {}
        if stroke.dash is not None:
            half = (right - left) / 2 * 72 / float(self.figure.dpi) / wide
            dash["linestyle"] = (stroke.dash[0] / 2 - half) % sum(stroke.dash), stroke.dash
        self.rule([(left, middle), (right, middle)], **look, **dash)
        self.rule([((left + right) / 2, middle)], **look, **self.marker(stroke))

    def marker(self, stroke: Stroke, size: float | None = None) -> dict[str, Any]:
        """How the marker of a role is drawn: filled with a paper edge, or hollow."""
        size = size or self.theme.sizes.marker
        size *= 1.2 if stroke.marker in "^vP" else 1.0
        look: dict[str, Any] = {"marker": stroke.marker, "markersize": size}
        if stroke.hollow:
            return look | {
                "markerfacecolor": self.theme.paper,
                "markeredgecolor": stroke.colour,
                "markeredgewidth": 1.2,
            }
        return look | {"markeredgecolor": self.theme.paper, "markeredgewidth": 0.7}

    @contextmanager
    def noting(self, mark: Mark | None) -> Iterator[None]:
        """Notes what is drawn of a mark within, where a page wants to know that.

        Of None it is words that tell of starts and settings.
        """
        if self.about is None:
            yield
            return
        before = {id(artist) for artist in self._artists()}
        yield
        new = [artist for artist in self._artists() if id(artist) not in before]
        self.about.setdefault(id(mark), []).extend(new)

    def _artists(self) -> list[Artist]:
        parts = [self.figure, *self.figure.axes]
        return [artist for part in parts for artist in part.get_children()]

    def line(self, ax: Axes, xs: Any, ys: Any, **look: Any) -> Line2D:
        """A line on the axes that does not touch its limits."""
        line = Line2D(xs, ys, **self._scaled(look))
        ax.add_artist(line)
        return line

    def _scaled(self, look: dict[str, Any]) -> dict[str, Any]:
        sizes = ("linewidth", "markersize", "markeredgewidth")
        return {key: v * self.scale if key in sizes else v for key, v in look.items()}

    def grow(self, ax: Axes, points: Array, times: Array, **look: Any) -> Growing:
        """A line whose points are reached at the steps `times`: a film shows it grow."""
        line = self.line(ax, *points.T, **look)
        growing = Growing(line, points, times)
        self.moving.append(growing)
        return growing
