"""Rectangles of whole pixels, counted from the top left, and the pictures they are cut from."""

from functools import reduce
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from optviz.render.draw import labels

Pixels = NDArray[np.uint8]
Words = NDArray[np.uint32]
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

    def meets(self, other: "Box") -> bool:
        """Whether the two share a pixel."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def moved(self, right: int, down: int) -> "Box":
        """The rectangle elsewhere."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def hull(self, other: "Box") -> "Box":
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def words(pixels: Pixels) -> Words:
    """Each pixel as one number, a view: (height, width, 4) → (height, width)."""
    return pixels.view(np.uint32)[..., 0]


def screen(renderer: Any) -> Pixels:
    """A renderer's own picture, to be read and written to: (height, width, 4)."""
    return np.asarray(renderer.buffer_rgba())


def whole(box: labels.Box, picture: NDArray[Kind]) -> Box:
    """A box counted from the bottom left in whole pixels, as far as it is in the picture."""
    height, width = picture.shape
    left, right = (int(min(max(x, 0), width)) for x in (box.left, box.right + 1))
    top, bottom = (int(min(max(y, 0), height)) for y in (height - box.top, height - box.bottom + 1))
    return Box(left, top, right, bottom)


def apart(boxes: list[Box]) -> list[Box]:
    """Rectangles that hold all of these; those that meet become one."""
    found: list[Box] = []
    for one in boxes:
        box = one
        while met := [other for other in found if box.meets(other)]:
            found = [other for other in found if other not in met]
            box = reduce(Box.hull, met, box)
        found.append(box)
    return found


def tight(mask: NDArray[np.bool_]) -> Box | None:
    """The smallest rectangle of the mask that holds all that is true; None if nothing is."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(mask.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
