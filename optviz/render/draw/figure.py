"""A scene drawn as a matplotlib Figure, under settings of its own; no pyplot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from optviz import process
from optviz.errors import Unfit
from optviz.errors.printable import first_unprintable, printable
from optviz.render.draw import axes, ends, key, legend, marks, names, panels
from optviz.render.draw.backend import hushed
from optviz.render.draw.fonts import families
from optviz.render.draw.heading import heading
from optviz.render.draw.line_colours import themed
from optviz.render.draw.page import Page
from optviz.render.draw.panels import Place
from optviz.render.draw.plan import NoRoom, Plan, ladder
from optviz.render.draw.sheet import Outside, grid
from optviz.scene import Cells, Lines, Look, Scene
from optviz.scene.layout import em, floor

_LOCK = RLock()
_FARTHEST, _FARTHEST_LOG = 1e100, 1e305  # what an axis may show: squares of it are finite
_LEAST = 0.4  # of the page: panels smaller than this are not worth names beside them
_SETTINGS: dict[Any, Any] = {
    **{key: value for key, value in matplotlib.rcParamsDefault.items() if key != "backend"},
    "svg.hashsalt": "optviz",  # element names that do not change from run to run
    "svg.fonttype": "path",  # looks the same where the font is missing
    "pdf.fonttype": 42,  # text that can be searched and edited
    "path.simplify": False,  # every step is where it is
}


@contextmanager
def settings(*, vector: bool = False) -> Iterator[None]:
    """Draw under matplotlib's defaults whatever the user's matplotlibrc says; then restore them.

    In a `vector` format letters are measured as its readers draw them: not moved onto pixels,
    which makes words of a small size up to 6 % wider or narrower. One thread at a time: the
    settings are matplotlib's, and global.
    """
    with _LOCK, hushed("matplotlib", "fontTools"), np.errstate(all="ignore"), _dateless():
        process.tidy()
        current = matplotlib.rcParams
        wanted = _SETTINGS | ({"text.hinting": "none"} if vector else {})
        changed = {name: value for name, value in wanted.items() if current[name] != value}
        with matplotlib.rc_context(changed):
            yield


@contextmanager
def _dateless() -> Iterator[None]:
    """Hides SOURCE_DATE_EPOCH, which matplotlib reads although no picture has a date."""
    value = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if value is not None:
            os.environ["SOURCE_DATE_EPOCH"] = value


def draw(scene: Scene, look: Look, *, noting: bool = False) -> Page:
    """The scene on a figure of `look.size` pixels; within `settings()`.

    The names are tried in the ways of the ladder until one fits. With `noting` the page knows what
    is drawn of each mark. Raises `BadValue` for LaTeX that
    cannot be read, `Unfit` for a letter without a font.
    """
    page = paper(scene, look)
    page.about = {} if noting else None
    for plan in ladder(page, look.legend):
        try:
            made = arranged(page, scene, look, plan)
            pairs = zip(scene.panels, made.places, strict=True)
            drawn = [axes.bare(page, panel, place) for panel, place in pairs]
            for ax, panel in zip(drawn, scene.panels, strict=True):
                marks.ground(page, ax, panel)
            over(page, scene, made, drawn)
            return page
        except NoRoom:
            page = cleared(page, scene, look)
    raise AssertionError("the last plan of the ladder has room for everything")


def paper(scene: Scene, look: Look) -> Page:
    """An empty page for the scene."""
    _refuse_limits(scene)
    paint = themed(look)
    width, height = look.size
    figure = Figure(figsize=(width / look.dpi, height / look.dpi), dpi=look.dpi)
    canvas = FigureCanvasAgg(figure)
    figure.set_facecolor("none" if look.transparent else paint.paper)
    letters = texts(scene)
    _refuse_controls([*letters, scene.alt])
    columns, _ = grid(scene)
    return Page(
        figure,
        canvas,
        paint,
        tuple(families(letters, look.font)),
        em=em(look.size, look.dpi, look.font_size),
        floor=floor(look.dpi, look.font_size),
        thins=look.timing.tail is None,
        small=scene.shared and columns > 1,
        columns=columns,
    )


def cleared(page: Page, scene: Scene, look: Look) -> Page:
    """The page, empty again."""
    page.figure.clear()
    for words in (page.taken, page.moving, page.tags, page.keys):
        words.clear()
    if page.about is not None:
        page.about.clear()
    del scene, look
    return page


class Layout(NamedTuple):
    """Where names stand, where the panels do, and the legend outside them."""

    plan: Plan
    places: list[Place]
    legend: legend.Legend | None


def arranged(page: Page, scene: Scene, look: Look, plan: Plan) -> Layout:
    """Writes the heading and finds the places of the panels and the legend. Raises `NoRoom`."""
    top = heading(page, scene, look)
    found = legend.planned(page, scene, plan)
    high = top - 5 * page.em
    outside = Outside(
        tuple(ends.column(page, panel, plan, high) for panel in scene.panels),
        right=found.width if found and plan.where == "right" else 0.0,
        bottom=found.height + 0.5 * page.em if found and plan.where == "below" else 0.0,
    )
    places = panels.places(page, scene, top, outside)
    across = sum(place.box.width for place in places[: grid(scene)[0]])
    if plan.where != "numbers" and across < _LEAST * page.width:
        raise NoRoom
    return Layout(plan, places, found)


def over(page: Page, scene: Scene, layout: Layout, drawn: list[Axes]) -> None:
    """What stands over the ground: marks, keys, names, the legend. Raises `NoRoom`."""
    for ax, panel, place in zip(drawn, scene.panels, layout.places, strict=True):
        marks.draw(page, ax, panel)
        with page.noting(None):
            key.draw(page, ax, panel, place.key)
    if layout.legend:
        below = layout.plan.where == "below"
        left = page.em if below else page.width - layout.legend.width
        top = max(ax.get_window_extent().y1 for ax in drawn)
        top = layout.legend.height + 0.4 * page.em if below else top
        if top < layout.legend.height:
            raise NoRoom
        legend.write(page, layout.legend, left, top)
    for ax, panel in zip(drawn, scene.panels, strict=True):
        names.write(page, ax, panel, layout.plan)


def _refuse_controls(texts: list[str]) -> None:
    """Raises `Unfit` for a text from data with a character that cannot be seen."""
    for text in texts:
        if odd := first_unprintable(text.replace("\n", "")):
            message = f"the text {printable(text)!r} has a control character, U+{ord(odd):04X}"
            raise Unfit(f"{message}; a picture cannot show it")


def _refuse_limits(scene: Scene) -> None:
    """Raises `Unfit` for axes that no ruler has: without end, or without length."""
    for panel in scene.panels:
        for (low, high), log in ((panel.xlim, panel.xlog), (panel.ylim, panel.log)):
            far, most = max(abs(low), abs(high)), _FARTHEST_LOG if log else _FARTHEST
            gap = low * 1e-12 if log else max(far * 1e-12, 1e-300)
            long = high - low > gap and (low > 0 or not log)
            if not (np.isfinite(far) and far <= most and long):
                message = f"from {low:g} to {high:g} an axis cannot be drawn"
                raise Unfit(f"{message}; numbers that differ, within ±{most:g}, are wanted")


def texts(scene: Scene) -> list[str]:
    """Every text of the scene, for which letters are needed."""
    every = [mark for panel in scene.panels for mark in panel.marks]
    labels = [str(getattr(mark, name, "")) for mark in every for name in ("label", "name", "note")]
    lines = [part for m in every if isinstance(m, Lines) for line in m.lines for part in line[1:]]
    for mark in every:
        if isinstance(mark, Cells):
            lines += [*mark.names, *(bare.label for bare in mark.bare)]
            lines += [mark.striped.label] if mark.striped else []
    around = [text for p in scene.panels for text in (p.xlabel, p.ylabel, p.title, p.note)]
    ticks = [text for p in scene.panels for _, text in (*(p.xticks or ()), *(p.yticks or ()))]
    return [scene.title, scene.subtitle, *labels, *lines, *around, *ticks]
