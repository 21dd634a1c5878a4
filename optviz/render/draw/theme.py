"""Themes: the colours, dashes, markers and sizes of what is drawn.

Sizes of lines and marks are in points at a base letter of 10 points; sizes of words are multiples
of the base letter.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np

from optviz.arrays import Array
from optviz.errors import UnknownName
from optviz.render.draw import colour, theme_file
from optviz.render.draw.theme_file import Dash, letters, part, points

MARKERS = ("o", "s", "D", "^", "v", "P")
COORDINATES: tuple[Dash, ...] = (None, (5.0, 2.0), (7.0, 2.0, 1.2, 2.0))  # of x₁, x₂, x₃
DOTTED = (1.0, 2.2)  # of what theory predicts


@dataclass(frozen=True)
class Stroke:
    """How a curve looks: its colour, the colour of its words, its dash and its marker."""

    colour: str
    words: str
    dash: Dash
    marker: str
    hollow: bool


@dataclass(frozen=True)
class Sizes:
    """Sizes of lines and marks in points, of words in base letters."""

    path: float = points(1.9, "the path of an optimizer")
    small_path: float = points(1.6, "a path in one of several panels")
    long_path: float = points(1.1, "a path of more than 300 points")
    halo: float = points(2.0, "how much wider than its path the halo is")
    dot: float = points(4.6, "a step on a path")
    small_dot: float = points(3.7, "a step on a path in one of several panels")
    head: float = points(7.0, "the last point of a path")
    start: float = points(7.5, "the ring at the start")
    minimum: float = points(10.0, "the plus at the minimum")
    contour: float = points(0.6, "contour lines")
    curve: float = points(2.1, "a curve against the step")
    small_curve: float = points(2.0, "a curve in one of several panels")
    many_curves: float = points(1.7, "curves if there are more than six")
    noisy_curve: float = points(1.1, "a noisy curve of more than 300 points")
    marker: float = points(5.0, "the markers that tell curves apart")
    ceiling: float = points(1.0, "the line of a stability threshold")
    guide: float = points(1.1, "a dotted line that theory predicts")
    crossing: float = points(6.5, "the ring where a curve rises through a ceiling")
    spine: float = points(0.8, "the lines of axes, ticks and leaders")
    tick: float = points(3.0, "the length of a tick")
    boundary: float = points(2.1, "the boundary that theory draws on a map")
    level: float = points(0.9, "a line of equal value on a map")
    star: float = points(13.0, "the star at the best point of a map")
    title: float = letters(1.35, "the title")
    subtitle: float = letters(1.0, "the line below it")
    panel: float = letters(1.1, "the name of a panel")
    settings: float = letters(0.92, "the settings below the name of a panel")
    axis: float = letters(1.0, "the name of an axis")
    ticks: float = letters(0.9, "the numbers at ticks")
    name: float = letters(1.0, "the name of a curve")
    outcome: float = letters(1.05, "how a path ended")
    mark: float = letters(0.92, "the words start and minimum")
    ceiling_name: float = letters(0.92, "the name of a ceiling or a guide")


@dataclass(frozen=True)
class Theme:
    """A theme's colours. `fill` runs from the minimum to the top level; None draws lines only.

    `ramp` runs from the best value of a map to the worst. `lines` and `words` are of the roles,
    usually six; from the next on they repeat with other dashes and hollow markers. With `keyed` the
    swatch of a curve stands before its name however few they are.
    """

    paper: str = part("the page")
    ink: str = part("title and marks")
    text: str = part("names of axes, outcomes")
    subtitle: str = part("the line below the title")
    muted: str = part("numbers at ticks, settings, names of ceilings")
    rule: str = part("lines of axes, ticks, leaders")
    grid: str = part("the grid")
    fill: tuple[str, str] | None = part('landscape, minimum to top level, or "none"')
    contour: tuple[str, str] = part("contour lines, innermost to outermost")
    ceiling: str = part("lines of stability thresholds")
    ramp: tuple[str, ...] = part("maps, best value to worst")
    blank: str = part("cells of a map without a value")
    level_on_dark: str = part("lines of equal value on dark cells")
    level_on_light: str = part("and on light cells")
    lines: tuple[str, ...] = part("paths and curves; all again with other dashes")
    words: tuple[str, ...] = part("their names, one for each of the lines")
    kinds: tuple[str, str, str, str, str] = part(
        "maps of outcomes: converged, stalled, cycling, diverged, running"
    )
    tint: float = part("how opaque the area between a rate and its ceiling is", 0.13)
    keyed: bool = part("whether every name has a swatch before it", False)
    dashes: tuple[Dash, ...] = part(
        'of the lines, and of those that repeat: "solid", or points drawn and left out',
        (None, (5.0, 2.0)),
    )
    sizes: Sizes = field(default_factory=Sizes)

    def curve(self, role: int) -> Stroke:
        """The look of a role: twelve can be told apart, in colour and in grey."""
        group, place = divmod(role, len(self.lines))
        if self.keyed:  # three greys, four dashes
            dash = self.dashes[role // 3 % len(self.dashes)]
        else:
            dash = self.dashes[group % len(self.dashes)]
        marker = MARKERS[(place + group // 2) % len(MARKERS)]
        return Stroke(self.lines[place], self.words[place], dash, marker, group % 2 == 1)

    def line(self, role: int) -> str:
        """The colour of the role's line."""
        return self.lines[role % len(self.lines)]

    def height_colour(self, height: float) -> str | None:
        """The landscape's colour at a height from 0 to 1, None where it is not filled."""
        if self.fill is None:
            return None
        return colour.hexadecimal(colour.blend(self.fill, np.array([height]))[0])

    def contour_colour(self, height: float) -> str:
        """The colour of a contour line at a height from 0 to 1."""
        return colour.hexadecimal(colour.blend(self.contour, np.array([height]))[0])

    @cached_property
    def ramp_colours(self) -> Array:
        """256 colours of maps, from the best value to the worst: (256, 3)."""
        return colour.blend(self.ramp, np.linspace(0, 1, 256))


_LIGHT = Theme(
    paper="#ffffff", ink="#1a202c", text="#414b5a", subtitle="#414b5a", muted="#667085",
    rule="#c3cad4", grid="#eceff3", fill=("#ffffff", "#dbe4ed"), contour=("#8ba3ba", "#a9bbcd"),
    ceiling="#8a94a3",
    ramp=("#12284f", "#1f5487", "#3f86ab", "#86b7c9", "#c6dde2", "#f1f4f2"),
    blank="#dcdfe5", level_on_dark="#ffffff", level_on_light="#3b5b7a",
    lines=("#e04e10", "#1f3a93", "#068476", "#4e0d43", "#864ad2", "#694901"),
    words=("#ae3607", "#1f3a93", "#05695e", "#4e0d43", "#7a3fc6", "#694901"),
    kinds=("#8ccbb9", "#f0cf7a", "#a9a2e8", "#e59a7f", "#d5d9e0"),
)  # fmt: skip
_DARK = replace(
    _LIGHT,
    paper="#10141c", ink="#eef1f6", text="#c3cad6", subtitle="#98a2b3", muted="#98a2b3",
    rule="#3a4454", grid="#1d2430", fill=("#2b3a52", "#141a25"), contour=("#5b7196", "#3b4c67"),
    ceiling="#8490a3",
    ramp=("#e9f6ea", "#a5d6d6", "#5a9fbf", "#33699c", "#25426f", "#1a2236"),
    blank="#1b212c", level_on_dark="#dbe7f2", level_on_light="#10141c",
    lines=("#ff8f50", "#94c5ff", "#aaffe6", "#e04d7e", "#fedc47", "#b385e9"),
    words=("#ff8f50", "#94c5ff", "#aaffe6", "#f28bae", "#fedc47", "#bd93f0"),
    kinds=("#2f8c78", "#a98a2b", "#6a5fc0", "#b0532f", "#3a4252"),
    tint=0.2,
)  # fmt: skip
_PRINT = replace(
    _LIGHT,
    ink="#000000", text="#222222", subtitle="#222222", muted="#4d4d4d", rule="#9a9a9a",
    grid="#e8e8e8", fill=None, contour=("#a0a0a0", "#bdbdbd"), ceiling="#555555",
    ramp=("#2b2b2b", "#5a5a5a", "#8c8c8c", "#bcbcbc", "#e2e2e2", "#f8f8f8"),
    blank="#ffffff", level_on_dark="#ffffff", level_on_light="#000000",
    lines=("#000000", "#7a7a7a", "#404040") * 2, words=("#000000", "#4d4d4d", "#404040") * 2,
    kinds=("#ffffff", "#b0b0b0", "#6e6e6e", "#2b2b2b", "#dcdcdc"),
    keyed=True, dashes=(None, (5.0, 2.0), (1.2, 1.7), (7.0, 2.0, 1.2, 2.0)),
)  # fmt: skip
THEMES = {"light": _LIGHT, "dark": _DARK, "print": _PRINT}


def theme(name: str | None) -> Theme:
    """The theme called `name`, that of a file if `name` is its name and, below that, its content.

    None is the usual theme of pictures, light.
    Raises `UnknownName` for the name, `BadFile` for the content.
    """
    if name is None:
        return _LIGHT
    if "\n" in name:
        return _of_file(name)
    if name not in THEMES:
        raise UnknownName("theme", name, (*THEMES, "auto", "FILE.toml"))
    return THEMES[name]


@lru_cache(maxsize=8)
def _of_file(file: str) -> Theme:
    theme: Theme = theme_file.read(file, THEMES)
    return theme
