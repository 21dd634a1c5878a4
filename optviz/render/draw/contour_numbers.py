"""The numbers of contour lines, each in its line, along one ray from the minimum where they fit."""

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import bands
from optviz.render.draw.boxes import Box, dense
from optviz.render.draw.words import Words
from optviz.scene import Band, Minimum

_SIZE = 0.8  # em
_RAY = 0.6  # radians above the horizontal: right of and over the minimum
_APART = 6.0  # pixels from one place that is tried to the next


def write(words: Words) -> None:
    """Writes the number of every line that has one where it covers nothing; else leaves it out."""
    for band in words.panel.marks:
        if isinstance(band, Band) and band.label:
            size = words.page.measure(band.label, _SIZE)
            for x, y in _places(words, band).tolist():
                left, bottom = x - size.width / 2, y - size.height / 2
                box = Box(left, bottom, left + size.width, bottom + size.height)
                if words.room.is_free(box, 0.4 * words.page.em):
                    words.put(band.label, box, _SIZE, words.page.theme.text)
                    break


def _places(words: Words, band: Band) -> Array:
    """Pixels on a line in view, the nearest to the ray first: (n, 2)."""
    frame = words.room.frame
    lines = [dense(line, frame, _APART) for line in bands.edges(words.ax, band)]
    points = np.concatenate([np.empty((0, 2)), *lines])
    minima = [m for m in words.panel.marks if isinstance(m, Minimum)]
    centre = words.pixel(minima[0].x, minima[0].y) if minima else frame.centre
    away = points - centre
    turn = np.abs((np.arctan2(away[:, 1], away[:, 0]) - _RAY + np.pi) % (2 * np.pi) - np.pi)
    return points[np.argsort(turn, kind="stable")]
