"""PNG: pixels, encoded by Pillow."""

from collections.abc import Iterator
from typing import IO

from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene


class Png(Format):
    """The picture as it is on the screen, its alt text and its recipe in chunks of text."""

    suffix = ".png"
    says = "picture for screens and slides"

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo

        from optviz.render._figure import draw, settings

        with settings():
            figure = draw(scene, look).figure
            figure.canvas.draw()
            pixels = figure.canvas.buffer_rgba()  # type: ignore[attr-defined]
        about = PngInfo()
        about.add_itxt("Description", scene.alt)
        about.add_text("Software", "optviz")
        if scene.recipe.still:
            about.add_itxt("optviz", scene.recipe.still)
        mode = "RGBA" if look.transparent else "RGB"
        image = Image.frombuffer("RGBA", look.size, pixels, "raw", "RGBA", 0, 1)
        image.convert(mode).save(stream, "png", pnginfo=about, dpi=(look.dpi, look.dpi))
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        found = list(chunks(data))
        return None if any(kind == b"acTL" for kind, _ in found) else told(found)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG or APNG that stand before its pixels: kind and data."""
    at = len(SIGNATURE)
    while data.startswith(SIGNATURE) and at + 8 <= min(len(data), HEAD):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind == b"IDAT":
            return
        yield kind, data[at + 8 : at + 8 + size]
        at += size + 12


def told(found: list[tuple[bytes, bytes]]) -> str | None:
    """The text of the chunk that holds the recipe, "" if there is none; None without chunks."""
    texts = (part for kind, part in found if kind == b"iTXt" and part.startswith(LABEL))
    return next(
        (part[len(LABEL) :].decode("ascii", "replace") for part in texts), "" if found else None
    )


HEAD = 2**21  # bytes in which a recipe is looked for, before the pixels
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LABEL = b"optviz\0\0\0\0\0"  # not packed, in no language
