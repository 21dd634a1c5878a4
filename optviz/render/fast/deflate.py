"""The rows of a picture as PNG has them, deflated."""

import zlib

import numpy as np

from optviz.render.fast.pixels import Pixels


def deflated(pixels: Pixels, mode: str) -> bytes:
    """The rows of (height, width, 4), unfiltered, as a stream of zlib. mode: "RGB" or "RGBA".

    Areas are flat and lines thin: to choose a filter for each row and to seek longer repeats, as
    Pillow does, takes four times as long, and the files of the gallery are no smaller.
    """
    from PIL import Image

    height, width, _ = pixels.shape
    image = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    flat = np.frombuffer(image.tobytes("raw", mode), dtype=np.uint8)
    rows = np.zeros((height, 1 + len(mode) * width), dtype=np.uint8)  # each begins: no filter
    rows[:, 1:] = flat.reshape(height, -1)
    return zlib.compress(rows.data, 3)
