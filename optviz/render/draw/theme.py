"""What roles look like: colours, dashes, markers of the themes light, dark and print."""

from dataclasses import dataclass

from optviz.errors import UnknownName

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Theme:
    """A theme's colours. `low` and `high` end the landscape's ramp; None draws lines only.

    `lines` are told apart under deuteranopia, protanopia and tritanopia, and differ in lightness.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    low: str | None
    high: str | None
    contour: str
    accent: str
    lines: tuple[str, ...]
    ramp: str  # matplotlib's name of the colours of maps, the least value's first
    star: str
    kinds: tuple[str, ...]  # of maps of names: what went well, what stands, swings, breaks, is open
    dashed_paths: bool = False

    def line(self, role: int) -> str:
        """The colour of the role's line."""
        return self.lines[role % len(self.lines)]

    def fill(self, height: float) -> Colour | None:
        """The landscape's colour at a height from 0 to 1."""
        if self.low is None or self.high is None:
            return None
        low, high = _rgb(self.low), _rgb(self.high)
        r, g, b = (a + (z - a) * height for a, z in zip(low, high, strict=True))
        return r, g, b


_THEMES = {
    "light": Theme(
        paper="#ffffff", ink="#1b2130", muted="#667085", grid="#e6e8ec",
        low="#fbfcfe", high="#9db2cb", contour="#7b94b3", accent="#344054",
        lines=("#cf4307", "#177d6b", "#463bd1", "#c337b0", "#462d02", "#1b2130"),
        ramp="YlGnBu_r", star="#f2b701",
        kinds=("#8ccbb9", "#f0cf7a", "#a9a2e8", "#e59a7f", "#d5d9e0"),
    ),
    "dark": Theme(
        paper="#11141b", ink="#e8ebf1", muted="#98a2b3", grid="#262c38",
        low="#4a5f80", high="#161b26", contour="#56698a", accent="#cfd6e4",
        lines=("#ff8a4c", "#47e1bc", "#9a7feb", "#f4357f", "#f7e1a7", "#e8ebf1"),
        ramp="YlGnBu", star="#f2b701",
        kinds=("#2f8c78", "#a98a2b", "#6a5fc0", "#b0532f", "#3a4252"),
    ),
    "print": Theme(
        paper="#ffffff", ink="#000000", muted="#444444", grid="#e4e4e4",
        low=None, high=None, contour="#a8a8a8", accent="#222222",
        lines=("#000000", "#6e6e6e", "#474747", "#767676", "#2b2b2b", "#5a5a5a"),
        ramp="gist_gray", star="#ffffff",
        kinds=("#ffffff", "#b0b0b0", "#6e6e6e", "#2b2b2b", "#dcdcdc"),
        dashed_paths=True,
    ),
}  # fmt: skip

MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[tuple[float, ...] | None, ...] = (
    None,
    (5.0, 2.0),
    (1.2, 1.6),
    (6.0, 1.6, 1.2, 1.6),
    (9.0, 2.5),
    (3.0, 1.2),
)

NAMES = tuple(_THEMES)


def theme(name: str) -> Theme:
    """The theme called `name`. Raises `UnknownName`."""
    if name not in _THEMES:
        raise UnknownName("theme", name, NAMES)
    return _THEMES[name]


def _rgb(text: str) -> Colour:
    r, g, b = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return r, g, b
