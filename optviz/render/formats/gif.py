"""GIF: a film of 255 colours that plays everywhere."""

import struct
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from optviz.render.format import Moving, Watch
from optviz.scene import Look
from optviz.scene.film import Film

if TYPE_CHECKING:
    from optviz.render.formats._gif_images import Image


class Gif(Moving):
    """Rectangles of what changed, around Pillow's LZW; a pixel is see-through or it is not."""

    suffix = ".gif"
    says = "film that plays everywhere, 255 colours"
    resolution = False

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        from optviz.render.draw.figure import settings

        with settings():
            for part in _parts(made, look, watch):
                stream.write(part)

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        if not data.startswith((b"GIF87a", b"GIF89a")) or len(data) < 13:
            return None
        at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
        while at < _HEAD and data[at : at + 1] == b"!":
            pieces, after = _read(data, at + 2)
            if data[at + 1 : at + 2] == b"\xff" and pieces[:1] == [_LABEL]:
                return b"".join(pieces[1:]).decode("ascii", "replace")
            at = after
        return ""


_HEAD = 2**21  # bytes in which it is looked for, before the first frame
_LABEL = b"optviz  1.0"  # of the application's block that holds the recipe


def _parts(made: Film, look: Look, watch: Watch) -> Iterator[bytes]:
    """The file, piece by piece."""
    from optviz.render.fast.stage import Stage
    from optviz.render.formats._gif_images import images
    from optviz.render.formats._palette import Palette

    for part in images(Stage(made, look), look, watch):
        if isinstance(part, Palette):
            yield _head(look.size, part.bytes(), made)
        else:
            yield _packed(part)
    yield b";"


def _head(size: tuple[int, int], palette: bytes, made: Film) -> bytes:
    """Everything before the first frame: screen, palette, how often to play, what it says."""
    bits = (len(palette) // 3 - 1).bit_length()
    screen = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF0 | (bits - 1), 0, 0) + palette
    loop = made.timing.loop
    again = max(loop - 1, 0)  # the block counts repeats; a film without it plays once
    repeat = b"" if loop == 1 else b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", again, 0)
    told = b"!\xfe" + _blocks(made.scene.alt.encode("utf-8"))
    if recipe := made.scene.recipe.film.encode("ascii"):
        told += b"!\xff\x0b" + _LABEL + _blocks(recipe)
    return screen + repeat + told


def _blocks(said: bytes) -> bytes:
    """Bytes as a GIF has them: pieces of 255 at most, an empty one last."""
    pieces = [said[i : i + 255] for i in range(0, len(said), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def _read(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The pieces that begin at a place, and the place after them."""
    pieces = []
    while at < min(len(data), _HEAD) and (size := data[at]):
        pieces.append(data[at + 1 : at + 1 + size])
        at += size + 1
    return pieces, at + 1


def _packed(image: "Image") -> bytes:
    """An image as a GIF has it; its codes begin as short as its highest number lets them."""
    from PIL import Image as Pillow

    left, top, right, bottom = image.box
    bits = max(int(image.numbers.max()).bit_length(), 2)
    flags = (2 if image.cleared else 1) << 2 | 1  # 0 is see-through
    time = struct.pack("<BBHBB", 4, flags, min(image.milliseconds // 10, 65_535), 0, 0)
    place = struct.pack("<HHHHBB", left, top, right - left, bottom - top, 0, bits)
    codes = Pillow.fromarray(image.numbers).tobytes("gif", "L", bits, 0)
    return b"!\xf9" + time + b"," + place + codes + b"\0"
