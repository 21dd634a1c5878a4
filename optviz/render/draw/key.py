"""The key beside a map: a ramp with ticks, or a square for each name."""

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from optviz.arrays import Array
from optviz.render.draw import ticks
from optviz.render.draw.pen import Pen
from optviz.scene import Cells, Panel, Share

_BAR = 0.95  # em: the ramp's width
_GAP = 1.0  # em: between the map and its key


def width(pen: Pen, panel: Panel) -> float:
    """How much room the panel's key needs, in pixels."""
    cells = [mark for mark in panel.marks if isinstance(mark, Cells)]
    if not cells or not cells[0].label:
        return 0.0
    words = cells[0].names or _scale(cells[0], 20.0)[1]
    lines = 1.6 if not cells[0].names else 0.0  # the name of the ramp stands upright beside it
    return (_GAP + _BAR + 0.7 + 0.62 * ticks.widest(list(words)) + lines) * pen.em


def span(cells: Cells) -> tuple[float, float]:
    """The least and the greatest value that the ramp shows."""
    if cells.span:
        return cells.span
    known = cells.values[np.isfinite(cells.values)]
    if cells.log:
        known = known[known > 0]
    low, high = (float(known.min()), float(known.max())) if known.size else (1.0, 2.0)
    if low == high:
        return (low / 1.1, high * 1.1) if cells.log else (low - 0.5, high + 0.5)
    return low, high


def colours(pen: Pen, cells: Cells, values: Array) -> Array:
    """The colour of each value: (…,) → (…, 4), see-through where it is nan."""
    if cells.names:
        kinds = np.array([named(pen, i) for i in range(len(cells.names))])
        known = np.isfinite(values)
        found = np.ones((*values.shape, 4))
        found[..., :3] = kinds[np.where(known, values, 0).astype(int)]
        found[..., 3] = known
        return found
    low, high = span(cells)
    with np.errstate(all="ignore"):
        height = (values - low) / (high - low)
        if cells.log:
            height = np.log(values / low) / np.log(high / low)
    found = matplotlib.colors.ListedColormap(pen.theme.ramp_colours)(np.clip(height, 0, 1))
    found[..., 3] = np.isfinite(height)
    return found


def named(pen: Pen, index: int) -> tuple[float, ...]:
    """The colour of the index-th name."""
    return to_rgb(pen.theme.kinds[index % len(pen.theme.kinds)])


def layer(pen: Pen, mark: Share) -> Array:
    """The colour of a layer: of one hue, strong for the lowest and pale for the highest."""
    return np.asarray(pen.theme.ramp_colours[round(255 * (0.1 + 0.7 * mark.height))])


def draw(pen: Pen, ax: Axes, panel: Panel) -> None:
    """The key of the panel's map, where it has one."""
    for cells in (mark for mark in panel.marks if isinstance(mark, Cells) and mark.label):
        (_names if cells.names else _ramp)(pen, ax, cells)


def _ramp(pen: Pen, ax: Axes, cells: Cells) -> None:
    extent, em = ax.get_window_extent(), pen.em
    page = pen.figure.bbox
    left, wide = extent.x1 + _GAP * em, _BAR * em
    bar = pen.figure.add_axes(
        (left / page.width, extent.y0 / page.height, wide / page.width, extent.height / page.height)
    )
    low, high = span(cells)
    steps = np.linspace(0, 1, 256)
    values = low * (high / low) ** steps if cells.log else low + (high - low) * steps
    bar.set_yscale("log" if cells.log else "linear")
    bar.set(xlim=(0, 1), ylim=(low, high))
    picture = colours(pen, cells, values)[:, None]
    bar.imshow(
        picture,
        extent=(0, 1, 0, 1),
        transform=bar.transAxes,
        aspect="auto",
        origin="lower",
        interpolation="nearest",
        clip_on=False,
    )
    bar.set(xlim=(0, 1), ylim=(low, high))
    muted = pen.theme.muted
    places, labels, minor = _scale(cells, extent.height / em)
    bar.yaxis.tick_right()
    bar.yaxis.set_label_position("right")
    bar.yaxis.set_ticks(places, labels=labels, **pen.style(0.92, color=muted))
    bar.yaxis.set_ticks(minor, labels=[""] * len(minor), minor=True)
    bar.xaxis.set_ticks([])
    bar.tick_params(
        which="both", color=muted, length=3 * pen.scale, width=0.7 * pen.scale, pad=3 * pen.scale
    )
    bar.set_ylabel(cells.label, labelpad=4 * pen.scale, **pen.style(1.0))
    for spine in bar.spines.values():
        spine.set_visible(False)


def _scale(cells: Cells, lines: float) -> ticks.Ticks:
    low, high = span(cells)
    return ticks.logarithmic(low, high) if cells.log else ticks.linear(low, high, int(lines / 3))


def _names(pen: Pen, ax: Axes, cells: Cells) -> None:
    extent, em = ax.get_window_extent(), pen.em
    there = set(cells.values[np.isfinite(cells.values)].astype(int).tolist())
    y = extent.y1
    to_axes = ax.transAxes.inverted()
    for index, name in enumerate(cells.names):
        if index not in there:
            continue
        left, bottom = extent.x1 + _GAP * em, y - em
        corner = to_axes.transform((left, bottom))
        size = to_axes.transform((left + 0.9 * em, bottom + 0.9 * em)) - corner
        square = Rectangle(
            tuple(corner),
            *size.tolist(),
            facecolor=named(pen, index),
            edgecolor=pen.theme.muted,
            transform=ax.transAxes,
            clip_on=False,
            linewidth=0.5 * pen.scale,
        )
        ax.add_artist(square)
        at = to_axes.transform((left + 1.35 * em, bottom + 0.45 * em))
        x, middle = at.tolist()
        ax.text(x, middle, name, transform=ax.transAxes, va="center_baseline", **pen.style(0.92))
        y -= 1.6 * em
