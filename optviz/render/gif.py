"""GIF: a film of 255 colours that plays everywhere."""

import struct
from collections.abc import Iterator
from typing import IO

import numpy as np
from numpy.typing import NDArray

from optviz.film import Film
from optviz.render._format import Moving, Watch
from optviz.scene import Look


class Gif(Moving):
    """The first frame whole, then rectangles of what changed, around Pillow's LZW."""

    suffix = ".gif"
    says = "film that plays everywhere, 255 colours"

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        from optviz.render._figure import settings

        with settings():
            for part in _parts(made, look, watch):
                stream.write(part)


def _parts(made: Film, look: Look, watch: Watch) -> Iterator[bytes]:
    """The file, piece by piece."""
    from optviz.render._palette import Palette, codes
    from optviz.render._stage import Stage

    stage = Stage(made, look)
    palette = Palette([stage.show(made.steps[end]).copy() for end in (0, -1)], look.colours)
    yield _head(look.size, palette.bytes(), made)
    screen = np.zeros(look.size[::-1], dtype=np.uint8)  # the palette numbers that are seen
    waiting: tuple[NDArray[np.uint8], int, int] | None = None  # until it is known for how long
    shown = 0
    for index, frame in enumerate(stage.frames()):
        watch(index + 1, len(made))
        if frame.box is not None:
            left, top, right, bottom = frame.box
            fresh = np.zeros((bottom - top, right - left), dtype=np.uint8)
            for x0, y0, x1, y1 in frame.parts:
                numbers = palette.indices(codes(frame.pixels[y0:y1, x0:x1]))
                new = numbers != screen[y0:y1, x0:x1]  # another colour may have the same number
                np.copyto(fresh[y0 - top : y1 - top, x0 - left : x1 - left], numbers, where=new)
                screen[y0:y1, x0:x1] = numbers
            if waiting is None or fresh.any():
                if waiting is not None:
                    yield _image(*waiting, shown)
                waiting, shown = (fresh, left, top), 0
        shown += frame.milliseconds
    assert waiting is not None
    yield _image(*waiting, shown) + b";"


def _head(size: tuple[int, int], palette: bytes, made: Film) -> bytes:
    """Everything before the first frame: screen, palette, how often to play, the alt text."""
    screen = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0) + palette
    loop = made.timing.loop
    again = max(loop - 1, 0)  # the block counts repeats; a film without it plays once
    repeat = b"" if loop == 1 else b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", again, 0)
    said = made.scene.alt.encode("utf-8")
    pieces = [said[i : i + 255] for i in range(0, len(said), 255)]
    comment = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return screen + repeat + b"!\xfe" + comment + b"\0"


def _image(indices: NDArray[np.uint8], left: int, top: int, milliseconds: int) -> bytes:
    """A rectangle of palette numbers (height, width) over what is there, 0 being see-through."""
    from PIL import GifImagePlugin, Image

    height, width = indices.shape
    picture = Image.frombytes("L", (width, height), indices.tobytes())
    shown = min(milliseconds, 655_350)
    return b"".join(
        GifImagePlugin.getdata(picture, (left, top), duration=shown, transparency=0, disposal=1)
    )
