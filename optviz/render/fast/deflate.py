"""The rows of a picture, deflated in bands: what is as in a picture it is like is packed once.

Figures of a batch and frames of a film differ in a title and a path. The packing of all the rest
is a third of the time a figure takes.
"""

import struct
import zlib
from typing import NamedTuple

import numpy as np

from optviz.render.fast.pixels import Pixels, words


class Band(NamedTuple):
    """Some rows, packed by themselves: no band needs another to be read."""

    data: bytes
    check: int  # Adler-32 of the rows
    length: int  # of the rows, in bytes


_ROWS = 32  # of a band: what is at work stays in the cache


class Like:
    """A picture that others are like, and what is known of its bands.

    One that `follows` becomes each picture that is compared with it.
    """

    def __init__(self, pixels: Pixels, follows: bool = False) -> None:
        self.pixels, self.follows = pixels, follows
        self.bands: dict[int, dict[str, Band]] = {}  # by their first row, and by mode

    def band(self, part: Pixels, top: int, mode: str) -> Band:
        """Rows of another picture, packed; in this one they would begin at `top`."""
        mine = self.pixels[top : top + len(part)]
        if not (words(mine) == words(part)).all():
            if not self.follows:
                return _packed(part, mode)
            mine[:] = part
            self.bands.pop(top, None)
        known = self.bands.setdefault(top, {})
        if mode not in known:
            known[mode] = _packed(mine, mode)
        return known[mode]


def deflated(pixels: Pixels, mode: str, like: Like | None = None) -> bytes:
    """The rows of (height, width, 4) as PNG has them, unfiltered, as a stream of zlib.

    mode: "RGB" or "RGBA". like: of the same size; the bytes depend on the picture alone. Areas are
    flat and lines thin: to choose a filter for each row and to seek longer repeats, as Pillow does,
    takes four times as long, and the files of the gallery are no smaller.
    """
    pack = like.band if like else lambda part, _top, mode: _packed(part, mode)
    bands = [pack(pixels[top : top + _ROWS], top, mode) for top in range(0, len(pixels), _ROWS)]
    total = 1
    for band in bands:
        total = _joined(total, band)
    return b"".join([_BEGIN, *(band.data for band in bands), _END, struct.pack(">I", total)])


def _packed(part: Pixels, mode: str) -> Band:
    from PIL import Image

    height, width, _ = part.shape
    image = Image.frombuffer("RGBA", (width, height), part, "raw", "RGBA", 0, 1)
    flat = np.frombuffer(image.tobytes("raw", mode), dtype=np.uint8)
    rows = np.zeros((height, 1 + len(mode) * width), dtype=np.uint8)  # each begins: no filter
    rows[:, 1:] = flat.reshape(height, -1)
    packer = zlib.compressobj(3, wbits=-15)
    data = packer.compress(rows.data) + packer.flush(zlib.Z_SYNC_FLUSH)
    return Band(data, zlib.adler32(rows.data), rows.nbytes)


def _joined(total: int, band: Band) -> int:
    """Adler-32 of what came before and a band: the sum of the bytes, and the sum of the sums."""
    low, high = total & 0xFFFF, total >> 16
    first, second = band.check & 0xFFFF, band.check >> 16
    both = (high + second + band.length * (low - 1)) % _PRIME
    return both << 16 | (low + first - 1) % _PRIME


_PRIME = 65_521
_BEGIN, _END = b"\x78\x01", b"\x03\x00"  # zlib's head, and a last block with nothing in it
