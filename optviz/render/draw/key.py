"""The key of a map: a slim ramp over its right end, or a square for each name."""

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from optviz.arrays import Array
from optviz.render.draw import ticks
from optviz.render.draw.page import Ink, Page
from optviz.render.draw.theme import Stroke
from optviz.scene import Cells, Panel, Share

Pen = Page
_LONG, _HIGH = 12.0, 0.55  # em: the ramp
_SCALE = 0.9


def _keyed(panel: Panel) -> Cells | None:
    """The map of a panel that has a key."""
    return next((m for m in panel.marks if isinstance(m, Cells) and m.label), None)


def width(page: Page, panel: Panel) -> float:
    """How much of the line over the panel its key takes, in pixels."""
    cells = _keyed(panel)
    if cells is None:
        return 0.0
    if cells.names:
        names = _names_of(cells)
        return sum(page.measure(name, _SCALE).width + 2.4 * page.em for _, name in names)
    return page.measure(cells.label, _SCALE).width + (_LONG + 1.5) * page.em


def height(page: Page, panel: Panel) -> float:
    """How high the key is over the panel, in pixels."""
    cells = _keyed(panel)
    return 0.0 if cells is None else (1.3 if cells.names else 2.0) * page.em


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


def layer(page: Page, mark: Share) -> Array:
    """The colour of a layer: of one hue, strong for the lowest and pale for the highest."""
    return np.asarray(page.theme.ramp_colours[round(255 * (0.1 + 0.7 * mark.height))])


def draw(page: Page, ax: Axes, panel: Panel) -> None:
    """The key of the panel's map, where it has one."""
    cells = _keyed(panel)
    if cells:
        (_names if cells.names else _ramp)(page, ax, cells)


def _ramp(page: Page, ax: Axes, cells: Cells) -> None:
    frame, em = ax.get_window_extent(), page.em
    left, bottom = frame.x1 - _LONG * em, frame.y1 + 0.6 * em
    bar = page.figure.add_axes(
        (left / page.width, bottom / page.height, _LONG * em / page.width, _HIGH * em / page.height)
    )
    low, high = span(cells)
    steps = np.linspace(0, 1, 256)
    values = low * (high / low) ** steps if cells.log else low + (high - low) * steps
    bar.imshow(
        colours(page, cells, values)[None], extent=(0, 1, 0, 1), aspect="auto", origin="lower"
    )
    bar.set_axis_off()
    found = ticks.logarithmic(low, high, 4) if cells.log else ticks.linear(low, high, 4)
    for value, label in zip(*found, strict=True):
        fraction = (value - low) / (high - low)
        fraction = np.log(value / low) / np.log(high / low) if cells.log else fraction
        x = left + float(fraction) * _LONG * em
        page.write(label, x, bottom + 0.85 * em, Ink(_SCALE, page.theme.muted, "centre"))
    page.write(cells.label, left - 0.6 * em, bottom, Ink(_SCALE, page.theme.text, "right"))


def _names_of(cells: Cells) -> list[tuple[int, str]]:
    there = set(cells.values[np.isfinite(cells.values)].astype(int).tolist())
    return [(i, name) for i, name in enumerate(cells.names) if i in there]


def _names(page: Page, ax: Axes, cells: Cells) -> None:
    """Squares and names in a row that ends with the panel."""
    frame, em = ax.get_window_extent(), page.em
    x, y = frame.x1, frame.y1 + 0.6 * em
    for index, name in reversed(_names_of(cells)):
        box = page.write(name, x, y, Ink(_SCALE, page.theme.text, "right")).box
        colour = page.theme.kinds[index % len(page.theme.kinds)]
        stroke = Stroke(colour, colour, None, "s", False)
        page.rule([(box.left - 0.8 * em, y + 0.3 * em)], color=colour, **page.marker(stroke, 8))
        x = box.left - 2.0 * em
