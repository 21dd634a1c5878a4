"""Rectangles of whole pixels, counted from the top left, and the pictures they are cut from."""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Pixels32 = NDArray[np.uint32]  # a pixel as one number
Kind = TypeVar("Kind", bound=np.generic)


class Box(NamedTuple):
    """A rectangle; right and bottom are the first column and row outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, picture: NDArray[Kind]) -> NDArray[Kind]:
        """What the rectangle shows of a picture, to be read or written to."""
        return picture[self.top : self.bottom, self.left : self.right]


def as_numbers(pixels: Pixels) -> Pixels32:
    """Each pixel as one number, a view: (height, width, 4) → (height, width)."""
    return pixels.view(np.uint32)[..., 0]


def screen(renderer: Any) -> Pixels:
    """A renderer's own picture, to be read and written to: (height, width, 4)."""
    return np.asarray(renderer.buffer_rgba())


def tight(mask: NDArray[np.bool_]) -> Box | None:
    """The smallest rectangle of the mask that holds all that is true; None if nothing is."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
