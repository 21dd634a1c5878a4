"""One palette for a whole film, made from its own scene: no dithering, no flicker."""

import numpy as np
from numpy.typing import NDArray

from optviz.render._stage import Pixels

Codes = NDArray[np.uint32]


def codes(pixels: Pixels) -> Codes:
    """Each pixel's colour as one number below 2²⁴: (height, width, 4) → (height, width)."""
    return np.ascontiguousarray(pixels).view(np.uint32)[..., 0] & np.uint32(0xFFFFFF)


class Palette:
    """Up to 255 colours, numbered from 1; 0 stands for "as before".

    Exact where the pictures it is made from have no more colours; else the colours kept are the
    farthest apart, weighed by how often they occur, so that both ends of a gradient and a thin line
    survive and white stays white.
    """

    def __init__(self, pictures: list[Pixels], size: int = 255) -> None:
        first, *others = (codes(picture) for picture in pictures)
        seen = [first.ravel(), *(other[other != first] for other in others)]
        found, counts = np.unique(np.concatenate(seen), return_counts=True)
        kept = found if len(found) <= size else found[_spread(_rgb(found), counts, size)]
        self.colours = _rgb(kept)
        self._twice = 2 * self.colours.T.astype(np.float32)
        self._squares = (self.colours**2).sum(axis=1).astype(np.float32)
        self._table = np.zeros(1 << 24, dtype=np.uint8)  # pages not touched take no memory
        self._table[kept] = np.arange(1, len(kept) + 1)

    def indices(self, colours: Codes) -> NDArray[np.uint8]:
        """The number of the nearest colour of each; what is new is looked up once."""
        found = self._table[colours]
        if found.size and not found.min():
            new = np.unique(colours[found == 0])
            for part in np.array_split(new, len(new) // 8192 + 1):
                # |c−p|² less |c|²: whole numbers below 2²⁴, so exact in any order of adding
                near = _rgb(part).astype(np.float32) @ self._twice - self._squares
                self._table[part] = near.argmax(axis=1) + 1
            found = self._table[colours]
        return np.asarray(found)

    def bytes(self, size: int = 256) -> bytes:
        """Red, green, blue of every number from 0 on, `size` of them."""
        table = np.zeros((size, 3), dtype=np.uint8)
        table[1 : len(self.colours) + 1] = self.colours
        return table.tobytes()


def _rgb(values: Codes) -> NDArray[np.int32]:
    """Red, green, blue: (n,) → (n, 3)."""
    return np.stack([(values >> shift) & 255 for shift in (0, 8, 16)], axis=-1).astype(np.int32)


def _spread(rgb: NDArray[np.int32], counts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Indices of colours to keep: the commonest first, then by count^0.7 · distance²."""
    weight = counts.astype(np.float64) ** 0.7
    chosen = [int(counts.argmax())]
    colours = rgb.astype(np.float32)
    near = ((colours - colours[chosen[0]]) ** 2).sum(axis=1)
    for _ in range(size - 1):
        best = int((weight * near).argmax())
        if near[best] == 0:
            break
        chosen.append(best)
        away = colours - colours[best]
        np.minimum(near, np.einsum("ij,ij->i", away, away), out=near)
    return np.sort(np.array(chosen))
