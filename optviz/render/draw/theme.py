"""Themes: the colours, dashes, markers and sizes of what is drawn.

Sizes of lines and marks are in points at a base letter of 10 points; sizes of words are multiples
of the base letter.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from optviz.arrays import Array
from optviz.errors import UnknownName
from optviz.render.draw import colour

Dash = tuple[float, ...] | None

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

    path: float = 1.9
    small_path: float = 1.6
    long_path: float = 1.1
    halo: float = 2.0  # how much wider than its path
    dot: float = 4.6
    small_dot: float = 3.7
    head: float = 7.0
    start: float = 7.5
    minimum: float = 10.0
    contour: float = 0.6
    curve: float = 2.1
    small_curve: float = 2.0
    many_curves: float = 1.7
    noisy_curve: float = 1.1
    marker: float = 5.0
    ceiling: float = 1.0
    guide: float = 1.1
    crossing: float = 6.5
    spine: float = 0.8
    tick: float = 3.0
    boundary: float = 2.1
    level: float = 0.9
    star: float = 13.0
    title: float = 1.35
    subtitle: float = 1.0
    panel: float = 1.1
    settings: float = 0.92
    axis: float = 1.0
    ticks: float = 0.9
    name: float = 1.0
    outcome: float = 1.05
    mark: float = 0.92
    ceiling_name: float = 0.92


@dataclass(frozen=True)
class Theme:
    """A theme's colours. `fill` runs from the minimum to the top level; None draws lines only.

    `ramp` runs from the best value of a map to the worst. `lines` and `words` are of six roles;
    from the seventh on they repeat with other dashes and hollow markers. With `keyed` the swatch of
    a curve stands before its name however few they are.
    """

    paper: str
    ink: str
    text: str
    subtitle: str
    muted: str
    rule: str
    grid: str
    fill: tuple[str, str] | None
    contour: tuple[str, str]
    ceiling: str
    ramp: tuple[str, ...]
    blank: str  # of a map's cells without a value
    level_on_dark: str
    level_on_light: str
    lines: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[str, ...]  # of maps of names: what went well, what stands, swings, breaks, is open
    tint: float = 0.13  # how opaque the area between a rate and its ceiling is
    keyed: bool = False
    dashes: tuple[Dash, ...] = (None, (5.0, 2.0))  # of roles 1-6, 7-12
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
    blank="#e1e4e9", level_on_dark="#ffffff", level_on_light="#3b5b7a",
    lines=("#e04e10", "#1f3a93", "#068476", "#4e0d43", "#864ad2", "#694901"),
    words=("#b63908", "#1f3a93", "#05695e", "#4e0d43", "#7a3fc6", "#694901"),
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
_THEMES = {"light": _LIGHT, "dark": _DARK, "print": _PRINT}
NAMES = tuple(_THEMES)


def theme(name: str) -> Theme:
    """The theme called `name`. Raises `UnknownName`."""
    if name not in _THEMES:
        raise UnknownName("theme", name, NAMES)
    return _THEMES[name]
