"""A figure as data: a scene holds panels, a panel holds marks, and nothing is drawn yet.

A mark has a meaning and a place in data coordinates; render chooses its looks. A `role` is the
number of a line colour in the theme, one for each optimizer in order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from optviz.scene._live import Knob, Live, LiveLine, LiveMark, LiveWalk
from optviz.scene._look import Look, Timing
from optviz.scene._marks import (
    Band,
    Ceiling,
    Crossing,
    Curve,
    Dots,
    Excess,
    Exit,
    Guide,
    Mark,
    Minimum,
    Path,
    Profile,
    Ring,
    Spread,
    Start,
    Tried,
    Tube,
    finite,
)
from optviz.scene._shapes import (
    Arrow,
    Bare,
    Border,
    Cells,
    Extent,
    Level,
    Line,
    Lines,
    Quiver,
    Rectangle,
    Region,
    Share,
    Spot,
    Stem,
    Stop,
)

__all__ = [
    "Arrow",
    "Band",
    "Bare",
    "Border",
    "Ceiling",
    "Cells",
    "Crossing",
    "Curve",
    "Dots",
    "Excess",
    "Exit",
    "Extent",
    "Guide",
    "Knob",
    "Level",
    "Line",
    "Lines",
    "Live",
    "LiveLine",
    "LiveMark",
    "LiveWalk",
    "Look",
    "Mark",
    "Minimum",
    "Panel",
    "Path",
    "Profile",
    "Quiver",
    "Recipe",
    "Rectangle",
    "Region",
    "Ring",
    "Scene",
    "Share",
    "Spot",
    "Spread",
    "Start",
    "Stem",
    "Stop",
    "Timing",
    "Tried",
    "Tube",
    "finite",
]


@dataclass(frozen=True)
class Panel:
    """Axes with limits and scales, and the marks on them in drawing order.

    `steps` says that the horizontal axis is time, in steps, with ticks at `whole` numbers unless it
    has another unit. `log` and `xlog` make the vertical and the horizontal axis logarithmic.
    `title` stands above at the left, in the colour of `role` if that is not below 0, `note` on a
    line of its own below the title. `xticks` and `yticks` are places and texts of ticks where
    render does not choose them. `axes` are `both`, `x` alone, or `none`. `height` is that of its
    row relative to others.
    With `equal` a unit is as long on both axes: the limits stay, and layout makes the panel
    narrower or lower than its place.
    """

    marks: tuple[Mark, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xlabel: str
    ylabel: str
    title: str = ""
    log: bool = False
    steps: bool = False
    xlog: bool = False
    note: str = ""
    role: int = -1
    axes: str = "both"
    height: float = 1.0
    whole: bool = True
    equal: bool = False
    xticks: tuple[tuple[float, str], ...] | None = None
    yticks: tuple[tuple[float, str], ...] | None = None

    def of(self, kind: type[Mark]) -> list[Mark]:
        """The marks of one kind, in order."""
        return [mark for mark in self.marks if isinstance(mark, kind)]


class Recipe(NamedTuple):
    """The options of a figure as JSON in ASCII, which its file carries; "" for none.

    Those of a `film` include its timing, those of a `still` and of a `page` do not.
    """

    still: str = ""
    film: str = ""
    page: str = ""


@dataclass(frozen=True)
class Scene:
    """A figure: a title, panels, and its description for those who cannot see it (`alt`).

    The panels stand in rows of `columns`, in reading order; 0 puts all in one row. `shared` says
    that the panels of a row have one vertical axis, which is labelled on the first only. `values`
    are f at steps 0, 1, …, which a film counts, or () where the figure has several runs. `recipe`
    is written into the file. `live` finds what a page with
    these sliders needs to draw it anew, None if it cannot.
    """

    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    alt: str
    values: tuple[float, ...] = ()
    columns: int = 0
    shared: bool = False
    recipe: Recipe = Recipe()
    live: Callable[[tuple[str, ...]], Live | None] | None = field(default=None, compare=False)
