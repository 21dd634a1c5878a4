"""The still of a page: the SVG of the scene, and where the script finds what it draws anew."""

import re
from hashlib import sha256
from io import StringIO
from typing import Any, NamedTuple

from matplotlib.axes import Axes

from optviz.render.compact import METADATA, compact
from optviz.render.draw import curves, paths
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.moving import Appearing, Growing, Spreading
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Stroke
from optviz.scene import Curve, LiveMark, Look, Panel, Path, Scene

_STYLE = re.compile(r' style="([^"]*)"')
_PROPERTY = re.compile(r"([a-z-]+): *([^;]*?) *(?:;|$)")
_LETTER = re.compile(r'((?:id|href)="#?)([A-Za-z][\w-]*)-([0-9a-f]+)(?=")')
_HASHED = re.compile(r"\b[mps][0-9a-f]{10}\b")
_NAME = re.compile(r' id="(?!moving|changing|placed|panel)([^"]*)"')
_REFERENCE = re.compile(r"""(?<=#)[\w.-]+""")
_MOVED = re.compile(r'(<use href="[^"]*") transform="translate\((-?[\d.]+) 0\)"/>')
_EMPTY = re.compile(r"<g/>\n?")
_FLAT = re.compile(r"((?:h-?[\d.]+){2,}|(?:v-?[\d.]+){2,})")


class Still(NamedTuple):
    """The SVG of a scene, where its panels are in it, and how each live mark looks.

    A panel is (left, top, right, bottom) in units of the SVG; a look has a colour, the width of its
    line, its dash, and the sizes of its dots and of its head. `ring` is the
    radius of a start, `tick` the size of the letters of ticks.
    """

    svg: str
    panels: list[tuple[float, float, float, float]]
    looks: list[dict[str, Any]]
    ring: float
    tick: float


def still(scene: Scene, look: Look, live: tuple[LiveMark, ...]) -> Still:
    """The scene as a still whose moving parts have ids that start with `moving`."""
    about = {"Date": None, "Creator": "optviz", "Source": scene.recipe.page or None}
    with settings(), StringIO() as text:
        page = draw(scene, look)
        _tag(page)
        panels = [_place(page, ax) for ax in page.figure.axes[: len(scene.panels)]]
        looks = [_look(page, scene.panels[m.panel], m.mark) for m in live]
        ring = _round(page.theme.sizes.start * page.scale / 2)
        tick = _round(page.type(page.theme.sizes.ticks).size)
        page.figure.savefig(text, format="svg", metadata=about)
        return Still(_merged(compact(text.getvalue())), panels, looks, ring, tick)


def _tag(page: Page) -> None:
    """Gives ids to panels, to what the script replaces, and to what is true of the still alone.

    What a film moves and the start are replaced.
    """
    artists: list[Any] = []
    for moving in page.moving:
        if isinstance(moving, Growing):
            artists.append(moving.line)
        elif isinstance(moving, Spreading):
            artists.append(moving.area)
        elif isinstance(moving, Appearing):
            artists += moving.artists
    for tag in page.tags:
        artists += tag.written.artists
    artists += page.starts
    for i, artist in enumerate(artists):
        artist.set_gid(f"moving{i}")
    for name, words in (("changing", page.changing), ("placed", page.placed)):
        for i, artist in enumerate(words):
            if artist.get_gid() is None:
                artist.set_gid(f"{name}{i}")
    for i, ax in enumerate(page.figure.axes):
        ax.set_gid(f"panel{i}")


def _place(page: Page, ax: Axes) -> tuple[float, float, float, float]:
    box, unit = ax.get_window_extent(), 72 / float(page.figure.dpi)
    left, right = (round(x * unit, 2) for x in (box.x0, box.x1))
    top, bottom = (round((page.height - y) * unit, 2) for y in (box.y1, box.y0))
    return left, top, right, bottom


def _look(page: Page, panel: Panel, number: int) -> dict[str, Any]:
    mark, sizes = panel.marks[number], page.theme.sizes
    assert isinstance(mark, Path | Curve)
    if isinstance(mark, Path):
        stroke, wide = paths.stroke_of(page, mark, panel), sizes.path
        dot = sizes.small_dot if page.small else sizes.dot
        return _stroke(page, stroke, wide) | {
            "dot": _round(dot * page.scale),
            "head": _round(sizes.head * page.scale),
            "halo": _round((wide + sizes.halo) * page.scale),
            "every": mark.every,
            "name": mark.name,
        }
    return _stroke(page, curves.stroke_of(page, mark, panel), sizes.curve)


def _stroke(page: Page, stroke: Stroke, wide: float) -> dict[str, Any]:
    width = wide * page.scale
    dash = [_round(part * width) for part in stroke.dash] if stroke.dash else []
    return {"colour": stroke.colour, "width": _round(width), "dash": dash}


def _round(value: float) -> float:
    return round(value, 2)


def _merged(svg: str) -> str:
    """Steps in a row along one axis as one: those along the border of a panel are many."""

    def one(match: re.Match[str]) -> str:
        parts = [float(part) for part in re.split("[hv]", match[1])[1:]]
        if min(parts) < 0 < max(parts):
            return match[1]
        return f"{match[1][0]}{round(sum(parts), 2):g}"

    return _FLAT.sub(one, svg)


def of_page(svg: str) -> str:
    """As it may stand in a page without inline styles, with shorter names of what is used.

    A letter has that of its font, so that several figures in a page share what is alike.
    """

    def attributes(match: re.Match[str]) -> str:
        return "".join(f' {name}="{value}"' for name, value in _PROPERTY.findall(match[1]))

    def letter(match: re.Match[str]) -> str:
        return f"{match[1]}g{sha256(match[2].encode()).hexdigest()[:3]}-{match[3]}"

    head, mark, body = svg.partition(METADATA)
    body = _LETTER.sub(letter, _STYLE.sub(attributes, body).replace(' xlink:href="', ' href="'))
    body = _HASHED.sub(lambda name: name[0][:6], body)
    named = {*_REFERENCE.findall(body), *_REFERENCE.findall(head)}
    body = _NAME.sub(lambda name: name[0] if name[1] in named else "", body)
    body = _MOVED.sub(r'\1 x="\2"/>', body)
    return head + mark + _EMPTY.sub("", body)
