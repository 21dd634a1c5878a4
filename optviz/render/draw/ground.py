"""The ground below a text: the colour of its halo, and a colour that can be read there."""

from collections.abc import Sequence
from math import isinf

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw import key
from optviz.render.draw.bands import holds
from optviz.render.draw.boxes import Box
from optviz.render.draw.colour import contrast, hexadecimal, rgb
from optviz.render.draw.page import Page
from optviz.render.draw.theme import Theme
from optviz.scene import Band, Cells, Panel

LIGHT, INK = "#ffffff", "#10141c"
_READ = 4.5  # contrast of words at the least


def under(page: Page, ax: Axes, panel: Panel, box: Box, colour: str) -> tuple[str, str | None]:
    """The colour of a text, and that of the ground below its box; None where paper is bare.

    A colour that cannot be read on the cells of a map becomes white, or ink.
    """
    found = next((mark for mark in panel.marks if isinstance(mark, Cells)), None)
    if found is None:
        return colour, _band(page, ax, panel, box)
    ground = hexadecimal(_cells(page, ax, found, box))
    for ink in (colour, page.theme.text):
        if contrast(ink, ground) >= _READ:
            return ink, ground
    return max((LIGHT, INK), key=lambda ink: contrast(ink, ground)), ground


def _band(page: Page, ax: Axes, panel: Panel, box: Box) -> str | None:
    """The colour of the landscape."""
    theme = page.theme
    bands = [mark for mark in panel.marks if isinstance(mark, Band)]
    if theme.fill is None or not bands:
        return theme.paper if bands else None
    x, y = ax.transData.inverted().transform(box.centre).tolist()
    for band in reversed(bands):
        for polygon in band.polygons:
            if holds(polygon, (x, y)):
                return theme.height_colour(band.height)
    return outside(page.theme, bands)


def outside(theme: Theme, bands: Sequence[Band]) -> str | None:
    """The colour beyond all bands: paper if the largest is where f has a value, and f ends."""
    is_whole = bool(bands) and isinf(bands[0].level) and bands[0].level > 0
    return theme.paper if is_whole else theme.height_colour(1.0)


def _cells(page: Page, ax: Axes, mark: Cells, box: Box) -> Array:
    """The mean colour of a map: (3,)."""
    to_data = ax.transData.inverted()
    xs, ys = np.linspace(box.left, box.right, 9), np.linspace(box.bottom, box.top, 5)
    at = to_data.transform(np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    columns = np.clip(np.searchsorted(mark.xs, at[:, 0]) - 1, 0, len(mark.xs) - 2)
    rows = np.clip(np.searchsorted(mark.ys, at[:, 1]) - 1, 0, len(mark.ys) - 2)
    found = key.colours(page, mark, mark.values[rows, columns])
    blank = rgb(page.theme.blank)
    return np.asarray(np.where(found[:, 3:] > 0, found[:, :3], blank).mean(axis=0))
