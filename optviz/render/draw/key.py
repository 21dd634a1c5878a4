"""The key over the right end of a map or of layers: a slim ramp, or a square for each name."""

from itertools import pairwise
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from optviz.arrays import Array
from optviz.render.draw import ticks
from optviz.render.draw.colour import hexadecimal
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Stroke
from optviz.render.draw.written import Ink
from optviz.scene import Cells, Panel, Share

_LONG, _HIGH = 12.0, 0.55  # em: the ramp
_SHORTEST = 3.0  # em: the ramp in a narrow panel
_SCALE = 0.9


class Square(NamedTuple):
    """A colour and what it stands for."""

    colour: str
    name: str


def _ramp_of(panel: Panel) -> Cells | None:
    """The map of a panel whose key is a ramp."""
    marks = (mark for mark in panel.marks if isinstance(mark, Cells))
    return next((mark for mark in marks if mark.label and not mark.names), None)


def _squares(page: Page, panel: Panel) -> list[Square]:
    """The names of a map that are in it, or of a stack of layers."""
    found = []
    for mark in panel.marks:
        if isinstance(mark, Cells) and mark.label and mark.names:
            there = sorted(set(mark.values[np.isfinite(mark.values)].astype(int).tolist()))
            found += [Square(named(page, i), mark.names[i]) for i in there]
        elif isinstance(mark, Share) and mark.label:
            found.append(Square(hexadecimal(layer(page, mark)), mark.label))
    return found


def width(page: Page, panel: Panel) -> float:
    """How much of the line over the panel its key takes, in pixels."""
    cells = _ramp_of(panel)
    if cells is None:
        return sum(_wide(page, square) for square in _squares(page, panel))
    return page.measure(cells.label, _SCALE).width + (_LONG + 1.5) * page.em


def _wide(page: Page, square: Square) -> float:
    return page.measure(square.name, _SCALE).width + 2.4 * page.em


def height(page: Page, panel: Panel) -> float:
    """How high the key is over the panel, in pixels."""
    if _ramp_of(panel):
        return 2.0 * page.em
    return 1.3 * page.em if _squares(page, panel) else 0.0


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


def colours(page: Page, cells: Cells, values: Array) -> Array:
    """The colour of each value: (…,) → (…, 4), see-through where it is nan."""
    if cells.names:
        kinds = np.array([to_rgb(named(page, i)) for i in range(len(cells.names))])
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
    found = matplotlib.colors.ListedColormap(page.theme.ramp_colours)(np.clip(height, 0, 1))
    found[..., 3] = np.isfinite(height)
    return found


def named(page: Page, index: int) -> str:
    """The colour of the index-th name."""
    return page.theme.kinds[index % len(page.theme.kinds)]


def layer(page: Page, mark: Share) -> Array:
    """The colour of a layer: of one hue, strong for the lowest and pale for the highest."""
    return np.asarray(page.theme.ramp_colours[round(255 * (0.3 + 0.5 * mark.height))])


def draw(page: Page, ax: Axes, panel: Panel, base: float) -> None:
    """The key of the panel's map or layers, where it has one, from the height `base` up."""
    frame, cells = ax.get_window_extent(), _ramp_of(panel)
    if cells:
        _ramp(page, cells, (frame.x0, frame.x1), base)
    else:
        _names(page, _squares(page, panel), (frame.x0, frame.x1), base)


def _ramp(page: Page, cells: Cells, sides: tuple[float, float], bottom: float) -> None:
    """A slim bar with its numbers over it and its name before it, as long as there is room."""
    em, right = page.em, sides[1]
    room = right - sides[0] - page.measure(cells.label, _SCALE).width - 0.6 * em
    long = max(min(_LONG * em, room), _SHORTEST * em)
    left = right - long
    bar = page.figure.add_axes(
        (left / page.width, bottom / page.height, long / page.width, _HIGH * em / page.height)
    )
    low, high = span(cells)
    steps = np.linspace(0, 1, 256)
    values = low * (high / low) ** steps if cells.log else low + (high - low) * steps
    bar.imshow(
        colours(page, cells, values)[None], extent=(0, 1, 0, 1), aspect="auto", origin="lower"
    )
    bar.set_axis_off()
    for value, label in zip(*_scale(page, cells, long), strict=True):
        half = page.measure(label, _SCALE).width / 2
        x = min(left + _place(cells, value) * long, right + 0.3 * em - half)
        page.write(label, x, bottom + 0.85 * em, Ink(_SCALE, page.theme.muted, "centre"))
    page.write(cells.label, left - 0.6 * em, bottom, Ink(_SCALE, page.theme.text, "right"))


def _scale(page: Page, cells: Cells, long: float) -> ticks.Ticks:
    """As many numbers as stand apart over the bar."""
    low, high = span(cells)

    def fits(found: ticks.Ticks) -> bool:
        at = [_place(cells, value) * long for value in found.places]
        half = [page.measure(text, _SCALE).width / 2 for text in found.labels]
        ends = [(x - w, x + w) for x, w in zip(at, half, strict=True)]
        return all(a[1] + 0.5 * page.em <= b[0] for a, b in pairwise(ends))

    def make(count: int) -> ticks.Ticks:
        if not cells.log:
            return ticks.linear(low, high, count)
        found = ticks.logarithmic(low, high, count)
        decades = [pair for pair in zip(*found, strict=True) if np.log10(pair[0]) % 1 == 0]
        return found if len(decades) < 2 else ticks.Ticks(*map(list, zip(*decades, strict=True)))

    return ticks.fitting(make, fits, 4)


def _place(cells: Cells, value: float) -> float:
    """Where a value is on the ramp, from 0 to 1."""
    low, high = span(cells)
    if cells.log:
        return float(np.log(value / low) / np.log(high / low))
    return (value - low) / (high - low)


def _names(page: Page, found: list[Square], sides: tuple[float, float], base: float) -> None:
    """Squares and names in a row that ends with the panel; the middle ones go if it is short."""
    left, x = sides
    while len(found) > 2 and sum(_wide(page, square) for square in found) > x - left:
        found = [*found[: len(found) // 2], *found[len(found) // 2 + 1 :]]
    for square in reversed(found):
        box = page.write(square.name, x, base, Ink(_SCALE, page.theme.text, "right")).box
        stroke = Stroke(square.colour, square.colour, None, "s", False)
        at = [(box.left - 0.8 * page.em, base + 0.3 * page.em)]
        look = page.marker(stroke, 8) | {"markeredgecolor": page.theme.muted}
        page.rule(at, color=square.colour, **look)
        x = box.left - 2.0 * page.em
