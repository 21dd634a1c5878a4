"""One palette for a whole film, made from its own scene: no dithering, no flicker."""

from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from optviz.render.fast.pixels import Pixels, Pixels32, as_numbers

Codes = NDArray[np.uint32]


def codes(picture: Pixels32) -> Codes:
    """Each pixel's colour as one number below 2²⁴, without how opaque it is."""
    return picture & np.uint32(0xFFFFFF)


class Palette:
    """Up to 255 colours, numbered from 1; 0 stands for "as before".

    Exact where the first and the last picture, which it is made from, have no more colours; else
    the colours kept are the farthest apart, weighed by how often they occur, so that both ends of a
    gradient and a thin line survive and white stays white. What moves has the lowest numbers.
    """

    def __init__(self, first: Pixels, last: Pixels, size: int = 255) -> None:
        start, end = (codes(as_numbers(picture)) for picture in (first, last))
        moved = np.sort(end[end != start])
        found, counts = np.unique(np.concatenate([start.ravel(), moved]), return_counts=True)
        kept = found if len(found) <= size else found[_spread(_rgb(found), counts, size)]
        often = np.searchsorted(moved, kept, "right") - np.searchsorted(moved, kept)
        kept = kept[np.argsort(-often, kind="stable")]
        self.colours = _rgb(kept)
        self._twice = 2 * self.colours.T.astype(np.float32)
        self._squares = (self.colours**2).sum(axis=1).astype(np.float32)
        self._table = np.frombuffer(mmap(-1, 1 << 24), dtype=np.uint8)  # of few pages, always zero
        self._table[kept] = np.arange(1, len(kept) + 1)

    def indices(self, colours: Codes) -> NDArray[np.uint8]:
        """The number of the nearest colour of each; what is new is looked up once."""
        found = self._table[colours]
        if found.size and not found.min():
            new = np.unique(colours[found == 0])
            for part in np.array_split(new, len(new) // 8192 + 1):
                # |c−p|² less |c|²: whole numbers below 2²⁴, so exact in any order of adding
                near = np.einsum("ij,jk->ik", _rgb(part).astype(np.float32), self._twice)
                self._table[part] = (near - self._squares).argmax(axis=1) + 1
            found = self._table[colours]
        return np.asarray(found)

    def bytes(self) -> bytes:
        """Red, green, blue of every number from 0 on; as many as a power of two."""
        table = np.zeros((1 << max(len(self.colours).bit_length(), 1), 3), dtype=np.uint8)
        table[1 : len(self.colours) + 1] = self.colours
        return table.tobytes()


def _rgb(values: Codes) -> NDArray[np.int32]:
    """Red, green, blue: (n,) → (n, 3)."""
    return np.stack([(values >> shift) & 255 for shift in (0, 8, 16)], axis=-1).astype(np.int32)


def _spread(rgb: NDArray[np.int32], counts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Indices of colours to keep: the commonest first, then by count^½ · distance²."""
    weight = np.sqrt(counts).astype(np.float32)
    colours = rgb.astype(np.float32)
    squares = (colours**2).sum(axis=1)
    # |c−k|² as one sum for each k, of whole numbers below 2²⁴, so exact; einsum, as the threads of
    # BLAS cost more than they bring
    terms = np.vstack([-2 * colours.T, squares, np.ones_like(squares)])
    keys = np.column_stack([colours, np.ones_like(squares), squares])
    chosen = [int(counts.argmax())]
    near = np.einsum("ij,i->j", terms, keys[chosen[0]])
    for _ in range(size - 1):
        chosen.append(int((weight * near).argmax()))
        np.minimum(near, np.einsum("ij,i->j", terms, keys[chosen[-1]]), out=near)
    return np.array(chosen)
