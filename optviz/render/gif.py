"""GIF: a film of 255 colours that plays everywhere."""

import struct
from collections.abc import Iterator
from functools import reduce
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from optviz.film import Film
from optviz.render._format import Moving, Watch
from optviz.scene import Look

if TYPE_CHECKING:
    from optviz.render._palette import Palette
    from optviz.render._stage import Frame


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
    from optviz.render._palette import Palette
    from optviz.render._stage import Stage

    stage = Stage(made, look)
    first, last = (stage.show(made.steps[end]).copy() for end in (0, -1))
    palette = Palette(first, last, look.colours)
    yield _head(look.size, palette.bytes(), made)
    screen = np.zeros(look.size[::-1], dtype=np.uint8)  # the palette numbers that are seen
    waiting: tuple[NDArray[np.uint8], int, int] | None = None  # until it is known for how long
    shown = 0
    for index, frame in enumerate(stage.frames()):
        watch(index + 1, len(made))
        if fresh := _fresh(frame, palette, screen):
            if waiting is not None:
                yield _image(*waiting, shown)
            waiting, shown = fresh, 0
        shown += frame.milliseconds
    assert waiting is not None
    yield _image(*waiting, shown) + b";"


def _fresh(
    frame: "Frame", palette: "Palette", screen: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], int, int] | None:
    """The smallest rectangle of new numbers, 0 where they are as before, its left and its top.

    None where all are as before: another colour may have the same number. Updates the screen.
    """
    from optviz.render._palette import codes
    from optviz.render._pixels import Box, tight

    found = []
    for part in frame.parts:
        numbers, seen = palette.indices(codes(part.of(frame.words))), part.of(screen)
        changed = numbers != seen
        if box := tight(changed):
            found.append((box.moved(part.left, part.top), box.of(numbers * changed)))
            seen[:] = numbers
    if not found:
        return None
    whole = reduce(Box.hull, (box for box, _ in found))
    picture = np.zeros((whole.bottom - whole.top, whole.right - whole.left), dtype=np.uint8)
    for box, numbers in found:
        box.moved(-whole.left, -whole.top).of(picture)[:] = numbers
    return picture, whole.left, whole.top


def _head(size: tuple[int, int], palette: bytes, made: Film) -> bytes:
    """Everything before the first frame: screen, palette, how often to play, the alt text."""
    bits = (len(palette) // 3 - 1).bit_length()
    screen = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF0 | (bits - 1), 0, 0) + palette
    loop = made.timing.loop
    again = max(loop - 1, 0)  # the block counts repeats; a film without it plays once
    repeat = b"" if loop == 1 else b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", again, 0)
    said = made.scene.alt.encode("utf-8")
    pieces = [said[i : i + 255] for i in range(0, len(said), 255)]
    comment = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return screen + repeat + b"!\xfe" + comment + b"\0"


def _image(numbers: NDArray[np.uint8], left: int, top: int, milliseconds: int) -> bytes:
    """A rectangle of palette numbers (height, width) over what is there, 0 being see-through.

    Its codes begin as short as its highest number lets them.
    """
    from PIL import Image

    height, width = numbers.shape
    bits = max(int(numbers.max()).bit_length(), 2)
    time = struct.pack("<BBHBB", 4, 0b101, min(milliseconds // 10, 65_535), 0, 0)
    place = struct.pack("<HHHHBB", left, top, width, height, 0, bits)
    codes = Image.fromarray(numbers).tobytes("gif", "L", bits, 0)
    return b"!\xf9" + time + b"," + place + codes + b"\0"
