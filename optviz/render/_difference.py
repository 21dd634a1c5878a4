"""Where two files of pixels show something else, frame by frame."""

import io
import struct
import warnings
from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Difference:
    """How many pixels differ, in all frames, and the box that holds them; or why not to count.

    The box is left, top, right, bottom, in pixels from the top left.
    """

    pixels: int | None
    box: tuple[int, int, int, int] | None
    said: str = ""

    def __str__(self) -> str:
        if self.box is None:
            return self.said
        left, top, right, bottom = self.box
        count = f"{self.pixels} pixel{'s' if self.pixels != 1 else ''}"
        return f"{count} within ({left}, {top}) to ({right}, {bottom})"


DAMAGED = (  # what Pillow raises, by where a file is cut
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    struct.error,
    Image.DecompressionBombError,
)


def difference(old: bytes, new: bytes) -> Difference | None:
    """What differs between two pictures or films; None if they show the same."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large pictures are none of Pillow's business
            with Image.open(io.BytesIO(old)) as one, Image.open(io.BytesIO(new)) as other:
                return _apart(one, other)
    except DAMAGED:
        return Difference(None, None, "the picture is damaged")


def _apart(one: Image.Image, other: Image.Image) -> Difference | None:
    if one.size != other.size:
        was, now = (f"{each.size[0]}x{each.size[1]}" for each in (one, other))
        return Difference(None, None, f"size {was}, now {now}")
    counts = [int(getattr(each, "n_frames", 1)) for each in (one, other)]
    if counts[0] != counts[1]:
        return Difference(None, None, f"{counts[0]} frames, now {counts[1]}")
    changed = np.zeros(one.size[::-1], dtype=bool)
    total, timed = 0, False
    for index in range(counts[0]):
        one.seek(index)
        other.seek(index)
        pixels = [np.asarray(each.convert("RGBA")) for each in (one, other)]
        apart = (pixels[0] != pixels[1]).any(axis=-1)
        total += int(apart.sum())
        changed |= apart
        timed |= one.info.get("duration") != other.info.get("duration")
    if not total:
        return Difference(0, None, "the time of its frames") if timed else None
    rows, columns = (np.flatnonzero(changed.any(axis=axis)).tolist() for axis in (1, 0))
    return Difference(total, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
