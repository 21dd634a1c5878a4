"""Words inside areas: the names of layers, what the bare cells of a map mean."""

from typing import TYPE_CHECKING

import numpy as np

from optviz.render.draw import shapes
from optviz.render.draw.boxes import Box
from optviz.scene import Cells, Share

if TYPE_CHECKING:
    from optviz.render.draw.names import Words


def write(words: "Words") -> None:
    """All the words inside areas of a panel."""
    for mark in words.panel.marks:
        if isinstance(mark, Share) and mark.label:
            layer(words, mark)
        elif isinstance(mark, Cells) and mark.bare:
            bare(words, mark)


def layer(words: "Words", mark: Share) -> None:
    """Names a layer inside it, where there is the most room for the text, if there is any."""
    low, high = (
        words.ax.transData.transform(np.column_stack([mark.steps, edge]))
        for edge in (mark.low, mark.high)
    )
    frame, size = words.room.frame, words.page.measure(mark.label, 0.95)
    best: tuple[float, Box] | None = None
    for x in np.linspace(frame.left, frame.right - size.width, 60).tolist():
        at = np.linspace(x, x + size.width, 12)
        floor = float(np.interp(at, *low.T).max())
        roof = float(np.interp(at, *high.T).min())
        y = (floor + roof - size.height) / 2
        box = Box(x, y, x + size.width, y + size.height)
        free = words.room.is_free(box)
        if roof - floor > 1.2 * size.height and free and (best is None or roof - floor > best[0]):
            best = roof - floor, box
    if best:
        words.put(mark.label, best[1], 0.95, words.page.theme.ink)


def bare(words: "Words", mark: Cells) -> None:
    """Says what bare cells mean, in the middle of where there are only such."""
    extent = words.ax.get_window_extent()
    columns = shapes.pixels(words.ax, mark.xs, 0, round(extent.width))
    rows = shapes.pixels(words.ax, mark.ys, 1, round(extent.height))
    for part in mark.bare:
        text, free = part.label, part.cells[np.ix_(rows, columns)]
        if not free.any():
            continue
        ys, xs = np.nonzero(free)
        middle = extent.x0 + float(xs.mean()), extent.y0 + float(ys.mean())
        size = words.page.measure(text, 0.95)
        box = words.room.anywhere(middle, (size.width, size.height), words.page.em)
        if box:
            words.put(text, box, 0.95, words.page.theme.muted)
