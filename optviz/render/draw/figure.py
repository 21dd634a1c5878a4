"""A scene drawn as a matplotlib Figure, under settings of its own; no pyplot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from optviz import process
from optviz.errors import Unfit
from optviz.errors.printable import first_unprintable, printable
from optviz.render.draw import axes
from optviz.render.draw.backend import hushed
from optviz.render.draw.fonts import families
from optviz.render.draw.heading import heading
from optviz.render.draw.pen import Pen
from optviz.render.draw.theme import theme
from optviz.render.fast import shortcuts
from optviz.scene import Lines, Look, Scene
from optviz.scene.layout import letter

_LOCK = RLock()
_FARTHEST, _FARTHEST_LOG = 1e100, 1e305  # what an axis may show: squares of it are finite
_SETTINGS = {
    **{key: value for key, value in matplotlib.rcParamsDefault.items() if key != "backend"},
    "svg.hashsalt": "optviz",  # element names that do not change from run to run
    "svg.fonttype": "path",  # looks the same where the font is missing
    "pdf.fonttype": 42,  # text that can be searched and edited
    "path.simplify": False,  # every step is where it is
}


@contextmanager
def settings() -> Iterator[None]:
    """Draw under matplotlib's defaults whatever the user's matplotlibrc says; then restore them.

    One thread at a time: the settings are matplotlib's, and global.
    """
    with _LOCK, hushed("matplotlib", "fontTools"), np.errstate(all="ignore"), _dateless():
        process.tidy()
        # as they are: rc_context would look at each anew, and to ask for the backend imports pyplot
        theirs = dict(dict.items(matplotlib.rcParams))
        dict.update(matplotlib.rcParams, _SETTINGS)  # type: ignore[misc]
        try:
            yield
        finally:
            dict.update(matplotlib.rcParams, theirs)


@contextmanager
def _dateless() -> Iterator[None]:
    """Hides SOURCE_DATE_EPOCH, which matplotlib reads although no picture has a date."""
    value = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if value is not None:
            os.environ["SOURCE_DATE_EPOCH"] = value


def draw(scene: Scene, look: Look) -> Pen:
    """The scene on a figure of `look.size` pixels, and what moves on it; within `settings()`.

    Raises `BadValue` for LaTeX that cannot be read, `Unfit` for a letter without a font.
    """
    pen = paper(scene, look)
    bottom = heading(pen, scene, look)
    axes.draw(pen, scene, bottom)
    return pen


def paper(scene: Scene, look: Look, canvas: FigureCanvasAgg | None = None) -> Pen:
    """An empty figure, that of a canvas if there is one, and what to draw the scene with."""
    paint = theme(look.theme)
    width, height = look.size
    if canvas is None:
        inches = width / look.dpi, height / look.dpi
        canvas = FigureCanvasAgg(Figure(figsize=inches, dpi=look.dpi))
        shortcuts.take(canvas.get_renderer())  # type: ignore[no-untyped-call]
    _refuse_limits(scene)
    figure = canvas.figure
    figure.clear()
    figure.set_facecolor("none" if look.transparent else paint.paper)
    texts = _texts(scene)
    _refuse_controls([*texts, scene.alt])
    fonts = families(texts, look.font)
    columns, rows = axes.grid(scene)
    letters = letter(look.size, look.dpi, columns, rows)
    thins = look.timing.tail is None
    return Pen(figure, canvas, paint, fonts, letters, halo=paint.paper, thins=thins)


def _refuse_controls(texts: list[str]) -> None:
    """Raises `Unfit` for a text from data with a character that cannot be seen."""
    for text in texts:
        if odd := first_unprintable(text.replace("\n", "")):
            said = f"the text {printable(text)!r} has a control character, U+{ord(odd):04X}"
            raise Unfit(f"{said}; a picture cannot show it")


def _refuse_limits(scene: Scene) -> None:
    """Raises `Unfit` for axes that no ruler has: without end, or without length."""
    for panel in scene.panels:
        for (low, high), log in ((panel.xlim, panel.xlog), (panel.ylim, panel.log)):
            far, most = max(abs(low), abs(high)), _FARTHEST_LOG if log else _FARTHEST
            gap = low * 1e-12 if log else max(far * 1e-12, 1e-300)
            long = high - low > gap and (low > 0 or not log)
            if not (np.isfinite(far) and far <= most and long):
                said = f"from {low:g} to {high:g} an axis cannot be drawn"
                raise Unfit(f"{said}; numbers that differ, within ±{most:g}, are wanted")


def _texts(scene: Scene) -> list[str]:
    marks = [mark for panel in scene.panels for mark in panel.marks]
    labels = [str(getattr(mark, "label", "")) for mark in marks]
    lines = [words for mark in marks if isinstance(mark, Lines) for _, words in mark.lines]
    axes = [text for p in scene.panels for text in (p.xlabel, p.ylabel, p.title, p.note)]
    return [scene.title, scene.subtitle, *labels, *lines, *axes]
