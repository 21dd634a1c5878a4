"""Words inside areas: the names of layers, what the bare cells of a map mean."""

import numpy as np

from optviz.arrays import Bools
from optviz.render.draw import shapes
from optviz.render.draw.labels import Box
from optviz.render.draw.lettering import Lettering
from optviz.scene import Cells, Share


def layer(lettering: Lettering, mark: Share) -> None:
    """Names a layer inside it, where there is the most room for the words, if there is any."""
    low, high = (
        lettering.ax.transData.transform(np.column_stack([mark.steps, edge]))
        for edge in (mark.low, mark.high)
    )
    text, width, height = lettering.text(mark.label, 0.95, lettering.pen.theme.ink)
    best: tuple[float, Box] | None = None
    for x in np.linspace(lettering.frame.left, lettering.frame.right - width, 60).tolist():
        ends = np.linspace(x, x + width, 12)
        floor = float(np.interp(ends, *low.T).max())
        roof = float(np.interp(ends, *high.T).min())
        y = (floor + roof - height) / 2
        place = Box(x, y, x + width, y + height)
        free = not any(place.overlaps(other) for other in lettering.taken)
        if roof - floor > 1.2 * height and free and (best is None or roof - floor > best[0]):
            best = roof - floor, place
    if best is None:
        text.remove()
    else:
        lettering.put(text, best[1])


def bare(lettering: Lettering, mark: Cells) -> None:
    """Says what bare cells mean, each in the lowest place where there are only such."""
    for bare in mark.bare:
        _say(lettering, mark, bare.label, bare.cells)


def _say(lettering: Lettering, mark: Cells, words: str, which: Bools) -> None:
    text, width, height = lettering.text(words, 0.95, lettering.pen.theme.muted)
    extent, gap = lettering.ax.get_window_extent(), 0.4 * lettering.pen.em
    columns = shapes.pixels(lettering.ax, mark.xs, 0, round(extent.width))
    rows = shapes.pixels(lettering.ax, mark.ys, 1, round(extent.height))
    free = which[np.ix_(rows, columns)]
    high, wide = int(height + 2 * gap), int(width + 2 * gap)
    spots = [
        (x, y)
        for y in range(0, len(rows) - high, max(len(rows) // 40, 1))
        for x in range(len(columns) - wide, 0, -max(len(columns) // 40, 1))
    ]
    for x, y in spots:
        left, bottom = extent.x0 + x + gap, extent.y0 + y + gap
        place = Box(left, bottom, left + width, bottom + height)
        clear = place.count(lettering.covered) == 0
        if clear and free[y : y + high, x : x + wide].all():
            lettering.put(text, place)
            return
    text.remove()
