"""A scene drawn as a matplotlib Figure, under settings of its own; no pyplot."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from optviz.film import panel_steps
from optviz.render import _axes, _formulas, _glyphs
from optviz.render._fonts import families
from optviz.render._labels import Box
from optviz.render._marks import MOVES
from optviz.render._moving import Counter
from optviz.render._pen import Pen, shrink
from optviz.render._theme import theme
from optviz.scene import Lines, Look, Scene

_LOCK = RLock()
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
    with _LOCK:
        # as they are: rc_context would look at each anew, and to ask for the backend imports pyplot
        theirs = dict(dict.items(matplotlib.rcParams))
        dict.update(matplotlib.rcParams, _SETTINGS)  # type: ignore[misc]
        try:
            yield
        finally:
            dict.update(matplotlib.rcParams, theirs)


def draw(scene: Scene, look: Look) -> Pen:
    """The scene on a figure of `look.size` pixels, and what moves on it; within `settings()`.

    Raises `BadValue` for LaTeX that cannot be read, `Unfit` for a letter without a font.
    """
    pen = paper(scene, look)
    bottom = heading(pen, scene, look)
    _axes.draw(pen, scene, bottom)
    return pen


def paper(scene: Scene, look: Look, canvas: FigureCanvasAgg | None = None) -> Pen:
    """An empty figure, that of a canvas if there is one, and what to draw the scene with."""
    paint = theme(look.theme)
    width, height = look.size
    if canvas is None:
        inches = width / look.dpi, height / look.dpi
        canvas = FigureCanvasAgg(Figure(figsize=inches, dpi=look.dpi))
        for memory in (_formulas, _glyphs):
            memory.remember(canvas.get_renderer())  # type: ignore[no-untyped-call]
    figure = canvas.figure
    figure.clear()
    figure.set_facecolor("none" if look.transparent else paint.paper)
    fonts = families(_texts(scene), look.font)
    columns, rows = _axes.grid(scene)
    lines = 28 + 12 * (rows - 1), 42 + 13 * (columns - 1)  # of letters, that there is room for
    letters = min(10.0, 72 / look.dpi * min(width / lines[1], height / lines[0]))
    return Pen(figure, canvas, paint, fonts, letters, halo=paint.paper)


def _texts(scene: Scene) -> list[str]:
    marks = [mark for panel in scene.panels for mark in panel.marks]
    labels = [str(getattr(mark, "label", "")) for mark in marks]
    lines = [words for mark in marks if isinstance(mark, Lines) for _, words in mark.lines]
    axes = [text for p in scene.panels for text in (p.xlabel, p.ylabel, p.title, p.note)]
    return [scene.title, scene.subtitle, *labels, *lines, *axes]


def heading(pen: Pen, scene: Scene, look: Look) -> float:
    """Title and subtitle at the top left; returns the height in pixels that is left below them."""
    width, height = pen.figure.bbox.width, pen.figure.bbox.height
    y = height - 0.9 * pen.em
    styles = (
        (scene.title, pen.style(1.28, weight="bold")),
        (scene.subtitle, pen.style(1.0, color=pen.theme.muted)),
    )
    for words, style in styles:
        if not words:
            continue
        text = pen.figure.text(1.0 * pen.em / width, y / height, words, va="top", **style)
        shrink(pen, text, width - 2 * pen.em)
        if look.counter and words is scene.title:
            _counter(pen, scene, text.get_position()[1])
        y = pen.box(text).bottom - 0.55 * pen.em
    return y - 0.25 * pen.em


def _counter(pen: Pen, scene: Scene, y: float) -> None:
    """The step and f at the top right, where a film counts them."""

    def words(step: int) -> str:
        known = scene.values[step] if step < len(scene.values) else np.nan
        return f"step {step}" + (f"   f = {known:.3g}" if np.isfinite(known) else "")

    last = max(panel_steps(panel) for panel in scene.panels)
    style = pen.style(1.0, color=pen.theme.muted, va="top", zorder=MOVES)
    text = pen.figure.text(0, y, words(last) + "e-10 ", **style)
    box = pen.box(text)
    left = pen.figure.bbox.width - (box.right - box.left) - 0.5 * pen.em
    base = box.bottom + 0.22 * pen.em  # from here on by the baseline, which no word moves
    text.set(x=left / pen.figure.bbox.width, y=base / pen.figure.bbox.height, va="baseline")
    text.set_text(words(last))
    room = Box(left - 3, box.bottom - 3, pen.figure.bbox.width, box.top + 3)
    pen.moving.append(Counter(text, words, room))
