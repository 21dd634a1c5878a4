"""PNG: a picture, and the chunks that pixels and words are packed into."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from optviz import files
from optviz.render.fast.deflate import deflated
from optviz.render.fast.pixels import Pixels
from optviz.render.format import Format, Watch, unwatched
from optviz.scene import Look, Scene

Chunk = tuple[bytes, bytes]  # its kind and its data


class Png(Format):
    """The picture as it is on the screen, its alt text and its recipe in chunks of text."""

    suffix = ".png"
    says = "picture for screens and slides"

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render.draw.figure import settings
        from optviz.render.fast.still import picture

        with settings():
            pixels = picture(scene, look)
            data = file(pixels, look, scene.alt, scene.recipe.still)
        stream.write(data)
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        found = list(chunks(data))
        return None if any(kind == b"acTL" for kind, _ in found) else told(found)


def file(pixels: Pixels, look: Look, alt: str, recipe: str) -> bytes:
    """A picture as a file."""
    rows = deflated(pixels, "RGBA" if look.transparent else "RGB")
    made = SOFTWARE, (b"IDAT", rows), END
    return SIGNATURE + b"".join(framed(*one) for one in (*head(alt, recipe, look), *made))


def ours(path: Path) -> bool:
    """Whether the file is a PNG that optviz wrote."""
    if not files.is_regular(str(path)):  # a pipe would be waited for
        return False
    try:
        with path.open("rb") as stream:
            data = stream.read(HEAD)
    except OSError:
        return False
    return any(one == SOFTWARE for one in chunks(data))


def head(alt: str, recipe: str, look: Look) -> Iterator[Chunk]:
    """The chunks before the pixels: size, resolution, and what is told in words."""
    colour = 6 if look.transparent else 2  # with or without how opaque a pixel is
    yield b"IHDR", struct.pack(">IIBBBBB", *look.size, 8, colour, 0, 0, 0)
    metre = round(look.dpi / 0.0254)
    yield b"pHYs", struct.pack(">IIB", metre, metre, 1)
    yield b"iTXt", b"Description\0\0\0\0\0" + alt.encode("utf-8")
    if recipe:
        yield b"iTXt", LABEL + recipe.encode("ascii")


def framed(kind: bytes, data: bytes) -> bytes:
    """A chunk as it stands in a file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of a PNG or APNG that stand before its pixels: kind and data."""
    at = len(SIGNATURE)
    while data.startswith(SIGNATURE) and at + 8 <= min(len(data), HEAD):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind == b"IDAT":
            return
        yield kind, data[at + 8 : at + 8 + size]
        at += size + 12


def told(found: list[Chunk]) -> str | None:
    """The text of the chunk that holds the recipe, "" if there is none; None without chunks."""
    texts = (part for kind, part in found if kind == b"iTXt" and part.startswith(LABEL))
    return next(
        (part[len(LABEL) :].decode("ascii", "replace") for part in texts), "" if found else None
    )


HEAD = 2**21  # bytes in which a recipe is looked for, before the pixels
SOFTWARE: Chunk = b"tEXt", b"Software\0optviz"
END: Chunk = b"IEND", b""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LABEL = b"optviz\0\0\0\0\0"  # not packed, in no language
