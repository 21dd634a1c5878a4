"""A figure as data: a scene of panels of marks, nothing drawn.

A mark says what it means and where it is, in data coordinates; how it looks is render's choice.
Colours are roles: a number picks a line colour of the theme, in the order of the optimizers.
"""

from dataclasses import dataclass
from typing import NamedTuple

from optviz.scene._look import Look, Timing
from optviz.scene._marks import (
    Band,
    Ceiling,
    Crossing,
    Curve,
    Dots,
    Guide,
    Mark,
    Minimum,
    Path,
    Profile,
    Ring,
    Spread,
    Start,
    Tube,
    finite,
)
from optviz.scene._shapes import Arrow, Border, Cells, Disc, Lines, Quiver, Rectangle, Share, Spot

__all__ = [
    "Arrow",
    "Band",
    "Border",
    "Ceiling",
    "Cells",
    "Crossing",
    "Curve",
    "Disc",
    "Dots",
    "Guide",
    "Lines",
    "Look",
    "Mark",
    "Minimum",
    "Panel",
    "Path",
    "Profile",
    "Quiver",
    "Recipe",
    "Rectangle",
    "Ring",
    "Scene",
    "Share",
    "Spot",
    "Spread",
    "Start",
    "Timing",
    "Tube",
    "finite",
]


@dataclass(frozen=True)
class Panel:
    """Axes: their limits and scales, and the marks on them, first drawn first.

    `steps` marks a horizontal axis along which steps go, in ticks that are `whole` where it counts
    them; `log` and `xlog` make axes logarithmic.
    `title` stands above at the left, in the colour of `role` if that is one, `note` at the right.
    `axes` are `both`, `x` alone, or `none`. `height` is its row's share of the room. `equal` asks
    for one unit on both axes: layout keeps the limits, and narrows or lowers the panel.
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

    def of(self, kind: type[Mark]) -> list[Mark]:
        """The marks of one kind, in order."""
        return [mark for mark in self.marks if isinstance(mark, kind)]


class Recipe(NamedTuple):
    """What a picture carries to be drawn again by: JSON in ASCII, or nothing.

    A `film` has words more than a `still`.
    """

    still: str = ""
    film: str = ""


@dataclass(frozen=True)
class Scene:
    """A figure: a title, panels, and its description in words (`alt`).

    The panels stand in rows of `columns`, in reading order, all in one row by default. `shared`
    says that the panels of a row have the same vertical axis, so that only the first needs words.
    `values` is f after each step, from step 0, where there is one run to count along. `recipe` goes
    into the file.
    """

    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    alt: str
    values: tuple[float, ...] = ()
    columns: int = 0
    shared: bool = False
    recipe: Recipe = Recipe()
