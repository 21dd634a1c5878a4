"""A scene drawn as a matplotlib Figure: margins, axes, ticks, heading; no pyplot."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from optviz.film import panel_steps
from optviz.render import _marks, _ticks, _words
from optviz.render._fonts import families
from optviz.render._labels import Box
from optviz.render._marks import MOVES
from optviz.render._moving import Counter
from optviz.render._pen import Pen, shrink
from optviz.render._theme import theme
from optviz.scene import Crossing, Curve, Guide, Look, Panel, Path, Scene

_LOCK = RLock()
_PARSERS: dict[str, Any] = {}  # one for all figures: it remembers the formulas it has read
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
    with _LOCK, matplotlib.rc_context():
        dict.update(matplotlib.rcParams, _SETTINGS)  # type: ignore[misc]
        yield


def draw(scene: Scene, look: Look) -> Pen:
    """The scene on a figure of `look.size` pixels, and what moves on it; within `settings()`.

    Raises `BadValue` for LaTeX that cannot be read, `Unfit` for a letter without a font.
    """
    paint = theme(look.theme)
    width, height = look.size
    figure = Figure(figsize=(width / look.dpi, height / look.dpi), dpi=look.dpi)
    canvas = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    renderer.mathtext_parser = _PARSERS.setdefault("agg", renderer.mathtext_parser)
    figure.set_facecolor("none" if look.transparent else paint.paper)
    fonts = families(_texts(scene), look.font)
    letters = min(10.0, 72 / look.dpi * min(width / 42, height / 28))
    pen = Pen(figure, canvas, paint, fonts, letters, halo=paint.paper)
    bottom = _heading(pen, scene, look)
    count = len(scene.panels)
    for index, panel in enumerate(scene.panels):
        left, right = width * index / count, width * (index + 1) / count
        _panel(pen, panel, (left, right), bottom)
    return pen


def _texts(scene: Scene) -> list[str]:
    labels = [
        mark.label
        for panel in scene.panels
        for mark in panel.marks
        if isinstance(mark, Path | Curve | Crossing | Guide)
    ]
    axes = [text for panel in scene.panels for text in (panel.xlabel, panel.ylabel, panel.title)]
    return [scene.title, scene.subtitle, *labels, *axes]


def _heading(pen: Pen, scene: Scene, look: Look) -> float:
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


def _panel(pen: Pen, panel: Panel, sides: tuple[float, float], top: float) -> None:
    left, right = sides
    width, height, em = pen.figure.bbox.width, pen.figure.bbox.height, pen.em
    ends = [m.label for m in panel.marks if isinstance(m, Curve | Guide) and m.label]
    room = max((_width(pen, label) for label in ends), default=0.0)
    ylabels = _yticks(panel, top / em / 4.5)
    x0 = left + (2.9 + 0.62 * _ticks.widest(ylabels[1])) * em
    x1 = right - max(1.2 * em, room + 1.9 * em)
    y0 = 3.6 * em
    ax = pen.figure.add_axes(
        (x0 / width, y0 / height, max(x1 - x0, 8) / width, max(top - y0, 8) / height)
    )
    ax.set(xlim=panel.xlim, facecolor="none")
    if panel.log:
        ax.set_yscale("log")
    ax.set_ylim(*panel.ylim)
    _axes(pen, ax, panel, ylabels)
    xs = _ticks.linear(*panel.xlim, int((right - left) / em / 6), whole=panel.steps)
    ax.xaxis.set_ticks(xs[0], labels=xs[1], **pen.style(0.92, color=pen.theme.muted))
    _marks.draw(pen, ax, panel)
    _words.name(pen, ax, panel)


def _width(pen: Pen, label: str) -> float:
    text = pen.figure.text(0, 0, label, **pen.style(0.95))
    box = pen.box(text)
    text.remove()
    return box.right - box.left


def _yticks(panel: Panel, count: float) -> _ticks.Ticks:
    if panel.log:
        return _ticks.logarithmic(*panel.ylim)
    return _ticks.linear(*panel.ylim, max(int(count), 2))


def _axes(pen: Pen, ax: Axes, panel: Panel, ys: _ticks.Ticks) -> None:
    muted = pen.theme.muted
    ax.yaxis.set_ticks(ys[0], labels=ys[1], **pen.style(0.92, color=muted))
    ax.yaxis.set_ticks(ys[2], labels=[""] * len(ys[2]), minor=True)
    size = pen.scale
    ax.tick_params(which="both", color=muted, length=3.5 * size, width=0.7 * size, pad=3.5 * size)
    ax.tick_params(which="minor", length=2 * size)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set(color=muted, linewidth=0.8 * size)
    if panel.steps:
        ax.grid(color=pen.theme.grid, linewidth=0.7 * size)
        ax.set_axisbelow(True)
    ax.set_xlabel(panel.xlabel, labelpad=4 * size, **pen.style(1.0))
    ax.set_ylabel(panel.ylabel, labelpad=4 * size, **pen.style(1.0))
    if panel.title:
        ax.set_title(panel.title, loc="left", **pen.style(1.05, weight="bold"))
