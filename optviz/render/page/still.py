"""The still of a page: the SVG of the scene, and where the script finds what it draws anew."""

import re
from base64 import b64encode
from hashlib import sha256
from io import StringIO
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.text import Text

from optviz.render.compact import METADATA, compact
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.page import Page
from optviz.render.format import plain
from optviz.render.page.looks import line_of, look_of, rounded
from optviz.scene import (
    Band,
    Crossing,
    Curve,
    Excess,
    Exit,
    Level,
    Live,
    Look,
    Minimum,
    Path,
    Profile,
    Scene,
    Start,
    Tried,
)

_STYLE = re.compile(r' style="([^"]*)"')
_PROPERTY = re.compile(r"([a-z-]+): *([^;]*?) *(?:;|$)")
_LETTER = re.compile(r'((?:id|href)="#?)([A-Za-z][\w-]*)-([0-9a-f]+)(?=")')
_GLYPH = re.compile(r'(<path id="[^"]*" d=")([^"]*)" transform="scale\(0\.015625\)"/>')
_INTEGER = re.compile(r"-?\d+")
_HASHED = re.compile(r"\b[mps][0-9a-f]{10}\b")
_NAME = re.compile(r' id="(?!moving|typed|panel)([^"]*)"')
_REFERENCE = re.compile(r"""(?<=#)[\w.-]+""")
_MOVED = re.compile(r'(<use href="[^"]*") transform="translate\((-?[\d.]+) 0\)"/>')
_SYMBOL = re.compile(r'<use href="#(m\w+)" x="([-\d.]+)" y="([-\d.]+)"/>\n')
_SYMBOLS = re.compile(rf"(?:{_SYMBOL.pattern}){{2,}}")
_SAME_PLACE = 0.05  # points: a symbol that near another is not seen
_EMPTY = re.compile(r"<g/>\n?")
_DRAWN = re.compile(r' d="[^"]*"')
_BLANK = re.compile(r"(\.\d+) (?=\.)")  # a second point begins another number
_LINES = re.compile(r"(?:l-?[\d.]+(?: |(?=-))-?[\d.]+){2,}")
_FLAT = re.compile(r"((?:h-?[\d.]+){2,}|(?:v-?[\d.]+){2,})")


_ALWAYS = (Band, Profile, Minimum, Level)  # marks that do not depend on starts and settings
_REDRAWN = (Path, Curve, Crossing, Excess, Exit, Tried)  # what is true of all steps alone


class Still(NamedTuple):
    """The SVG of a scene, where its panels are in it, and how each live mark and line looks.

    A panel is (left, top, right, bottom) in units of the SVG; a look has the width of its line, its
    dash, and the sizes and shapes of what stands on it. `sizes` are those of rings, crossings and
    letters. `hides` says that something is hidden once starts or settings have moved, `small` that
    names stand on their curves. `keys` are the words of legends; `heading` is where a title that
    tells of the typed walks is, and the size of its letters.
    """

    svg: str
    panels: list[tuple[float, float, float, float]]
    looks: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    sizes: dict[str, float]
    hides: bool
    small: bool
    keys: list[dict[str, Any]]
    heading: tuple[float, float, float] | None


def still(scene: Scene, look: Look, live: Live) -> Still:
    """The scene as a still with ids on what the page moves or hides."""
    about = {"Date": None, "Creator": "optviz", "Source": scene.recipe.page or None}
    with settings(vector=True), StringIO() as text:
        page = draw(scene, look, noting=True)
        hides = _tag(page, scene, live)
        panels = [_place(page, ax) for ax in page.figure.axes[: len(scene.panels)]]
        looks = [look_of(page, scene.panels[m.panel], m.mark) for m in live.marks]
        lines = [line_of(page, scene.panels[m.panel].marks[m.mark]) for m in live.lines]
        page.figure.savefig(text, format="svg", metadata=about)
        svg = _merged(compact(_GLYPH.sub(_coarse, text.getvalue())))
        small = page.small or page.inside
        keys, sizes, heading = _keys(page, scene, live), _sizes(page), _heading(page, look)
        return Still(svg, panels, looks, lines, sizes, hides, small, keys, heading)


def _tag(page: Page, scene: Scene, live: Live) -> bool:
    """Gives ids to panels and to what is not always true; returns whether any of it is lost.

    What is `moving` is true of the whole figure as it was typed, and drawn anew in a page. What is
    `typed` is so until starts or settings move.
    """
    assert page.about is not None
    moving, typed, lost = [], list(page.about.get(id(None), [])), False
    redrawn = {(one.panel, one.mark) for one in live.marks}
    redrawn |= {(one.panel, one.mark) for one in live.lines}
    for i, panel in enumerate(scene.panels):
        for j, mark in enumerate(panel.marks):
            artists = page.about.get(id(mark), [])
            if (i, j) in redrawn or isinstance(mark, _REDRAWN):
                moving += artists
            elif not isinstance(mark, _ALWAYS):
                typed += artists
                lost = lost or not isinstance(mark, Start)
    for name, group in (("moving", moving), ("typed", typed)):
        for i, artist in enumerate(group):
            artist.set_gid(f"{name}{i}")
    for i, ax in enumerate(page.figure.axes):
        ax.set_gid(f"panel{i}")
    return lost


def _keys(page: Page, scene: Scene, live: Live) -> list[dict[str, Any]]:
    """The words of legends: where they begin, and the live mark that they name, −1 for none."""
    names = []
    for one in live.marks:
        mark = scene.panels[one.panel].marks[one.mark]
        name = mark.name if isinstance(mark, Path) else getattr(mark, "label", "")
        names.append(" ".join(name.split()))
    found = []
    for entry, x, y in page.keys:
        name, unit = " ".join(entry.name.split()), 72 / float(page.figure.dpi)
        number = names.index(name) if name in names else -1
        place = {"x": rounded(x * unit), "y": rounded((page.height - y) * unit)}
        found.append({**place, "mark": number, "text": plain(name) if number < 0 else ""})
    return found


def _heading(page: Page, look: Look) -> tuple[float, float, float] | None:
    """Where the title begins, and the size of its letters; None without one, or for a typed one."""
    if page.title is None or look.title is not None:
        return None
    first = next(artist for artist in page.title.artists if isinstance(artist, Text))
    x, y = first.get_position()
    return (
        rounded(72 * x),
        rounded(72 * (page.height / float(page.figure.dpi) - y)),
        rounded(float(first.get_fontsize())),
    )


def _sizes(page: Page) -> dict[str, float]:
    """Radii of rings, and sizes of letters."""
    sizes = page.theme.sizes
    letters = {"tick": sizes.ticks, "name": sizes.name, "word": sizes.mark}
    return {
        "ring": rounded(sizes.start * page.scale / 2),
        "crossing": rounded(sizes.crossing * page.scale / 2),
        **{key: rounded(page.type(scale).size) for key, scale in letters.items()},
    }


def _place(page: Page, ax: Axes) -> tuple[float, float, float, float]:
    box, unit = ax.get_window_extent(), 72 / float(page.figure.dpi)
    left, right = (round(x * unit, 2) for x in (box.x0, box.x1))
    top, bottom = (round((page.height - y) * unit, 2) for y in (box.y1, box.y0))
    return left, top, right, bottom


def _merged(svg: str) -> str:
    """Steps in a row along one axis as one: those along the border of a panel are many."""

    def one(match: re.Match[str]) -> str:
        parts = [float(part) for part in re.split("[hv]", match[1])[1:]]
        if min(parts) < 0 < max(parts):
            return match[1]
        return f"{match[1][0]}{round(sum(parts), 2):g}"

    return _FLAT.sub(one, svg)


def _one_line(match: re.Match[str]) -> str:
    """Pieces of a line with one letter for all: a point or a sign begins the next number."""
    first, *rest = match[0].split("l")[1:]
    line, before = f"l{first}", first
    for piece in rest:
        apart = piece[0] != "-" and not (piece[0] == "." and "." in re.split("[ -]", before)[-1])
        line += f" {piece}" if apart else piece
        before = piece
    return line


def _apart(match: re.Match[str]) -> str:
    """Symbols one after the other, without those where one just like it is."""
    kept, last = [], ("", 0.0, 0.0)
    for one in _SYMBOL.finditer(match[0]):
        now = one[1], float(one[2]), float(one[3])
        away = max(abs(now[1] - last[1]), abs(now[2] - last[2]))
        if now[0] != last[0] or away > _SAME_PLACE:
            kept.append(one[0])
            last = now
    return "".join(kept)


def _coarse(glyph: re.Match[str]) -> str:
    """The outline of a letter in steps of a hundredth of a point, a third shorter."""
    outline = _INTEGER.sub(lambda number: str(round(int(number[0]) / 10)), glyph[2])
    return f'{glyph[1]}{outline}" transform="scale(0.15625)"/>'


def of_page(svg: str) -> str:
    """As it may stand in a page without inline styles, with shorter names of what is used.

    A letter has that of its font, so that several figures in a page share what is alike.
    """

    def attributes(match: re.Match[str]) -> str:
        return "".join(f' {name}="{value}"' for name, value in _PROPERTY.findall(match[1]))

    def letter(match: re.Match[str]) -> str:
        font = b64encode(sha256(match[2].encode()).digest(), b"_-").decode()[:2]
        return f"{match[1]}g{font}{match[3]}"

    head, mark, body = svg.partition(METADATA)
    body = _LETTER.sub(letter, _STYLE.sub(attributes, body).replace(' xlink:href="', ' href="'))
    body = _HASHED.sub(lambda name: name[0][:6], body)
    named = {*_REFERENCE.findall(body), *_REFERENCE.findall(head)}
    body = _NAME.sub(lambda name: name[0] if name[1] in named else "", body)
    body = _DRAWN.sub(lambda path: _BLANK.sub(r"\1", _LINES.sub(_one_line, path[0])), body)
    body = _SYMBOLS.sub(_apart, _MOVED.sub(r'\1 x="\2"/>', body))
    return head + mark + _EMPTY.sub("", body).replace(">\n<", "><").replace("scale(0.", "scale(.")
