"""Where the panels of a scene stand, and their axes: margins, spines, ticks, titles."""

from dataclasses import astuple
from typing import NamedTuple

from matplotlib.axes import Axes

from optviz.render.draw import key, marks, names, ticks
from optviz.render.draw.labels import Box
from optviz.render.draw.pen import Pen, shrink
from optviz.scene import Curve, Guide, Panel, Scene, layout

_LEAST = 8.0  # pixels: the side of a panel in a figure that is too small


class Pads(NamedTuple):
    """The room around the axes for their words, in pixels."""

    left: float
    right: float
    bottom: float
    top: float


def grid(scene: Scene) -> tuple[int, int]:
    """How many columns and rows the panels stand in."""
    columns = scene.columns or len(scene.panels)
    return columns, -(-len(scene.panels) // columns)


class Place(NamedTuple):
    """Where a panel stands, in pixels; `inner` where the panel left of it has the words."""

    box: Box
    inner: bool


def draw(pen: Pen, scene: Scene, top: float) -> None:
    """Every panel below the height `top`: equal widths, heights by share, words outside."""
    for panel, place in zip(scene.panels, places(pen, scene, top), strict=True):
        ax = bare(pen, panel, place)
        marks.ground(pen, ax, panel)
        fill(pen, ax, panel)


def places(pen: Pen, scene: Scene, top: float) -> list[Place]:
    """The place of every panel."""
    columns, rows = grid(scene)
    pads = [
        _pads(pen, p, scene.shared and i % columns > 0, i < columns, top / rows)
        for i, p in enumerate(scene.panels)
    ]
    lefts = [max(pad.left for pad in pads[i::columns]) for i in range(columns)]
    rights = [max(pad.right for pad in pads[i::columns]) for i in range(columns)]
    wide = max((pen.figure.bbox.width - sum(lefts) - sum(rights)) / columns, _LEAST)
    lines = [slice(i * columns, (i + 1) * columns) for i in range(rows)]
    above = [max(pad.top for pad in pads[line]) for line in lines]
    below = [max(pad.bottom for pad in pads[line]) for line in lines]
    shares = [max(panel.height for panel in scene.panels[line]) for line in lines]
    room = max(top - sum(above) - sum(below), _LEAST * rows)
    found = []
    y = top
    for row, line in enumerate(lines):
        high = room * shares[row] / sum(shares)
        y -= above[row] + high
        x = 0.0
        for column in range(len(scene.panels[line])):
            x += lefts[column]
            box = Box(x, y, x + wide, y + high)
            panel = scene.panels[row * columns + column]
            found.append(Place(_equal(box, panel), scene.shared and column > 0))
            x += wide + rights[column]
        y -= below[row]
    return found


def _equal(box: Box, panel: Panel) -> Box:
    """The upper left part of the box in which a unit is as long on both axes, if that is wanted."""
    if not panel.equal:
        return box
    across, up = panel.xlim[1] - panel.xlim[0], panel.ylim[1] - panel.ylim[0]
    unit = min((box.right - box.left) / across, (box.top - box.bottom) / up)  # pixels
    width, height = max(unit * across, _LEAST), max(unit * up, _LEAST)
    return Box(box.left, box.top - height, box.left + width, box.top)


def _pads(pen: Pen, panel: Panel, inner: bool, first_row: bool, height: float) -> Pads:
    em = pen.em
    ends = [m.label for m in panel.marks if isinstance(m, Curve | Guide) and m.label]
    room = max((_width(pen, label) for label in ends), default=0.0)
    right = max(layout.SIDE * em, room + 1.9 * em) + key.width(pen, panel)
    left = layout.SIDE * em
    if panel.axes == "both" and not inner:
        characters = ticks.widest(_yticks(panel, height / em / 4)[1])
        left = (layout.LEFT + layout.CHARACTER * characters) * em
    top = layout.TITLE if panel.title or panel.note else 0.0 if first_row else layout.BETWEEN
    below = layout.BELOW if panel.axes != "none" else layout.BARE_BELOW
    return Pads(left, right, below * em, top * em)


def _width(pen: Pen, label: str) -> float:
    text = pen.figure.text(0, 0, label, **pen.style(0.95))
    box = pen.box(text)
    text.remove()
    return box.right - box.left


def bare(pen: Pen, panel: Panel, place: Place) -> Axes:
    """The axes of a panel with all but its marks."""
    width, height, em = pen.figure.bbox.width, pen.figure.bbox.height, pen.em
    left, bottom, right, top = astuple(place.box)
    wide, high = right - left, top - bottom
    ax = pen.figure.add_axes((left / width, bottom / height, wide / width, high / height))
    ax.set_xscale("log" if panel.xlog else "linear")
    ax.set_yscale("log" if panel.log else "linear")
    ax.set(xlim=panel.xlim, ylim=panel.ylim)
    if panel.axes == "none":
        ax.set_axis_off()
    else:
        _scales(pen, ax, panel, (wide / em, high / em), place.inner)
    _titles(pen, ax, panel, wide)
    return ax


def fill(pen: Pen, ax: Axes, panel: Panel) -> None:
    """The marks of a panel that stand on the ground, and their words."""
    marks.draw(pen, ax, panel)
    key.draw(pen, ax, panel)
    names.name(pen, ax, panel)


def _yticks(panel: Panel, count: float) -> ticks.Ticks:
    if panel.axes != "both":
        return [], [], []
    if panel.log:
        return ticks.logarithmic(*panel.ylim)
    return ticks.linear(*panel.ylim, max(round(count), 2))


def _scales(pen: Pen, ax: Axes, panel: Panel, size: tuple[float, float], inner: bool) -> None:
    """Spines, ticks and names of the axes; `size` is in letters, `inner` leaves words out."""
    muted, scale = pen.theme.muted, pen.scale
    small = pen.style(0.92, color=muted)
    ys = _yticks(panel, size[1] / 4)
    ax.yaxis.set_ticks(ys[0], labels=[""] * len(ys[0]) if inner else ys[1], **small)
    ax.yaxis.set_ticks(ys[2], labels=[""] * len(ys[2]), minor=True)
    xs = ticks.linear(*panel.xlim, max(round(size[0] / 4.5), 1), whole=panel.steps and panel.whole)
    if panel.xlog:
        xs = ticks.logarithmic(*panel.xlim)
        ax.xaxis.set_ticks(xs[2], labels=[""] * len(xs[2]), minor=True)
    ax.xaxis.set_ticks(xs[0], labels=xs[1], **small)
    ax.tick_params(
        which="both", color=muted, length=3.5 * scale, width=0.7 * scale, pad=3.5 * scale
    )
    ax.tick_params(which="minor", length=2 * scale)
    hidden = ("top", "right") if panel.axes == "both" else ("top", "right", "left")
    for side in hidden:
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set(color=muted, linewidth=0.8 * scale)
    if panel.steps:
        ax.grid(color=pen.theme.grid, linewidth=0.7 * scale)
        ax.set_axisbelow(True)
    ax.set_xlabel(panel.xlabel, labelpad=4 * scale, **pen.style(1.0))
    ax.set_ylabel("" if inner else panel.ylabel, labelpad=4 * scale, **pen.style(1.0))


def _titles(pen: Pen, ax: Axes, panel: Panel, wide: float) -> None:
    """The panel's title at the left above it, its note at the right in what room is left."""
    y = 1 + 0.55 * pen.em / ax.get_window_extent().height
    taken = 0.0
    if panel.note:
        style = pen.style(0.85, color=pen.theme.muted, ha="right")
        note = ax.text(1, y, panel.note, transform=ax.transAxes, **style)
        box = shrink(pen, note, 0.62 * wide)
        taken = box.right - box.left + 0.8 * pen.em
    if panel.title:
        colour = pen.theme.ink if panel.role < 0 else pen.theme.line(panel.role)
        style = pen.style(1.05, weight="bold", color=colour)
        title = ax.text(0, y, panel.title, transform=ax.transAxes, **style)
        shrink(pen, title, max(wide - taken, 0.3 * wide))
