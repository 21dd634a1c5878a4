"""Matplotlib's own figure of a scene, to annotate, and scenes in axes of the user's."""

import io
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from optviz.errors import NoEffect, Unfit
from optviz.render.draw import curves, marks, own_axes
from optviz.render.draw.figure import draw, settings, texts
from optviz.render.draw.fonts import families
from optviz.render.draw.line_colours import themed
from optviz.render.draw.own_axes import AxesPage
from optviz.render.draw.page import Page
from optviz.scene import Cells, Curve, Look, Panel, Path, Scene, Share

_OF_PAGES = ("subtitle", "size", "dpi", "transparent", "font", "font_size")
_TITLE = 1.2  # em: matplotlib's "large", of a title
_OVER = 1.15  # of the width of the axes: a title may be so long
_LEGEND: dict[str, Any] = {
    "fontsize": "small",
    "labelspacing": 0.25,
    "borderpad": 0.3,
    "handlelength": 1.8,
    "framealpha": 0.7,
}
_FLOOR = 0.8  # em: the smallest letters
_BESIDE = (Cells, Share)  # marks whose key stands beside the panel


def figure(scene: Scene, look: Look) -> Figure:
    """The scene as a figure of matplotlib. Raises as `draw`."""
    with settings():
        return draw(scene, look).figure


def is_axes(value: object) -> bool:
    """Whether a value is axes of matplotlib."""
    return isinstance(value, Axes)


def figure_of(ax: Axes) -> Figure:
    """The figure that axes are in."""
    found: Figure | SubFigure | None = ax.get_figure(root=True)
    if not isinstance(found, Figure):
        raise Unfit("ax: these axes are in no figure; take those of figure.subplots()")
    return found


def annotated(drawn: Figure, scene: Scene, name: str, sharp: int, *, own: bool) -> bytes:
    """What the figure shows now, in one of the formats png, svg, pdf, with the alt text.

    A figure of the user's is drawn under the user's settings.
    """
    stream = io.BytesIO()
    words = {
        "png": {"Software": "optviz", "Description": scene.alt},
        "svg": {"Date": None, "Creator": "optviz", "Description": scene.alt},
        "pdf": {"CreationDate": None, "Creator": "optviz", "Subject": scene.alt},
    }
    with settings() if own else nullcontext():
        paper, dpi = drawn.get_facecolor(), drawn.dpi * sharp
        drawn.savefig(stream, format=name, dpi=dpi, metadata=words[name], facecolor=paper)
    return stream.getvalue()


def onto(ax: Axes, scene: Scene, look: Look, typed: tuple[str, ...]) -> None:
    """Draws a scene of one panel into axes of the user's, under a title, with its names within.

    `typed` are the options of the look that are not at their defaults. Ticks and their letters are
    those of the axes; names stand in a legend where curves have no room for them. Raises `Unfit`
    for several panels and for maps, whose key stands beside them, `NoEffect` for options of a page.
    """
    _refuse(scene, look, typed)
    (panel,) = scene.panels
    em = float(matplotlib.rcParams["font.size"]) * figure_of(ax).dpi / 72
    with settings():
        page = _page(ax, scene, look, em)
        _axes(page, panel)
        marks.ground(page, ax, panel)
        marks.draw(page, ax, panel)
        title = page.wrap(scene.title, _OVER * ax.get_window_extent().width, _TITLE)
    if look.heading != "none":
        ax.set_title(title)
    if page.figure.get_layout_engine() is not None:
        page.figure.draw_without_rendering()  # which moves the axes
    with settings():
        named = own_axes.name(page, panel, look.legend)
    handles = [] if named else list(_handles(page, panel))
    if handles:
        ax.legend(handles=handles, **_LEGEND)


def _refuse(scene: Scene, look: Look, typed: tuple[str, ...]) -> None:
    if len(scene.panels) != 1:
        count = len(scene.panels)
        raise Unfit(f"ax: this figure has {count} panels, and ax takes one; leave ax out")
    if any(isinstance(mark, _BESIDE) for mark in scene.panels[0].marks):
        raise Unfit("ax: this figure has a key beside its panel, and ax has no place for it")
    for name in typed:
        if name in _OF_PAGES:
            raise NoEffect(name, "of a page, and with ax the page is yours; leave it out")
    if look.legend in ("right", "below"):
        raise NoEffect("legend", "in axes of yours it stands inside; auto or none is wanted")


def _page(ax: Axes, scene: Scene, look: Look, em: float) -> AxesPage:
    """The user's axes as a page."""
    whole = figure_of(ax)
    names = tuple(families(texts(scene), look.font))
    canvas = whole.canvas
    return AxesPage(whole, canvas, themed(look), names, em=em, floor=_FLOOR * em, axes=ax)  # type: ignore[arg-type]


def _axes(page: AxesPage, panel: Panel) -> None:
    """Scales, limits, names and ticks of the axes, where the panel names these."""
    ax = page.axes
    ax.set_xscale("log" if panel.xlog else "linear")
    ax.set_yscale("log" if panel.log else "linear")
    ax.set(xlim=panel.xlim, ylim=panel.ylim, xlabel=panel.xlabel, ylabel=panel.ylabel)
    if panel.axes == "none":
        ax.set_axis_off()
    if panel.equal:
        ax.set_aspect("equal", adjustable="box")
    ax.apply_aspect()  # so that words are placed where the axes will be
    across, up = own_axes.ticks_that_fit(page, panel)
    for axis, found in ((ax.xaxis, across), (ax.yaxis, up)):
        if found is not None:
            axis.set_ticks(found.places, labels=found.labels)
            axis.set_ticks([], minor=True)
    if panel.steps and panel.whole and panel.xticks is None and not panel.xlog:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))


def _handles(page: Page, panel: Panel) -> Iterator[Line2D]:
    """A line for the legend for each named path and curve of the panel."""
    for mark in panel.marks:
        if isinstance(mark, Path | Curve) and mark.label:
            coloured = page.theme.curve(mark.role)
            stroke = curves.stroke_of(page, mark, panel) if isinstance(mark, Curve) else coloured
            yield Line2D([], [], color=stroke.colour, **_dashed(stroke.dash), label=mark.label)


def _dashed(dash: Sequence[float] | None) -> dict[str, Any]:
    return {"linestyle": (0, dash)} if dash else {}
