"""APNG: a film in true colour."""

import struct
import zlib
from collections.abc import Iterator
from typing import IO

import numpy as np

from optviz.render.format import Moving, Watch
from optviz.render.formats.png import END, SIGNATURE, Chunk, chunks, framed, head, told
from optviz.scene import Look
from optviz.scene.film import Film


class Apng(Moving):
    """Exact pixels, rectangles of what changed; programs without APNG show the still picture.

    Pillow's own encoder keeps every frame in memory until the end; this one keeps one.
    """

    suffix = ".apng"
    says = "film in true colour, exact"

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        from optviz.render.draw.figure import settings

        stream.write(SIGNATURE)
        with settings():
            for one in _chunks(made, look, watch):
                stream.write(framed(*one))

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        found = list(chunks(data))
        return told(found) if any(kind == b"acTL" for kind, _ in found) else None


def _chunks(made: Film, look: Look, watch: Watch) -> Iterator[Chunk]:
    """The file as chunks."""
    from optviz.render.fast.stage import Stage

    channels = 4 if look.transparent else 3
    yield from head(made.scene.alt, made.scene.recipe.film, look)
    yield b"acTL", struct.pack(">II", len(made), made.timing.loop)
    stage = Stage(made, look)
    yield b"IDAT", _packed(stage.show(made.steps[-1])[..., :channels])  # where no film is known
    number = 0
    for index, frame in enumerate(stage.frames()):
        watch(index + 1, len(made))
        left, top, right, bottom = frame.box or (0, 0, 1, 1)
        place = struct.pack(">IIII", right - left, bottom - top, left, top)
        shown = struct.pack(">HH", min(frame.milliseconds // 10, 65_535), 100)
        yield b"fcTL", struct.pack(">I", number) + place + shown + b"\0\0"
        data = _packed(frame.pixels[top:bottom, left:right, :channels])
        yield b"fdAT", struct.pack(">I", number + 1) + data
        number += 2
    yield END


def _packed(pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]) -> bytes:
    """Rows as differences from the row above (PNG filter 2, good for flat areas), deflated."""
    height, width, channels = pixels.shape
    rows = np.full((height, 1 + width * channels), 2, dtype=np.uint8)
    flat = pixels.reshape(height, -1)
    rows[0, 1:], rows[1:, 1:] = flat[0], flat[1:] - flat[:-1]
    return zlib.compress(rows.tobytes(), 6)
