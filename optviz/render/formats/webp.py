"""Animated WebP: a film in true colour, smaller than APNG."""

from typing import IO, Any

from optviz.render.format import Moving, Watch
from optviz.render.formats.svg import packet, source
from optviz.scene import Look
from optviz.scene.film import Film


class Webp(Moving):
    """Lossless, by Pillow's encoder, which is made to ask for one frame after another.

    Alt text and recipe are in its XMP.
    """

    suffix = ".webp"
    says = "film in true colour, exact, smaller than APNG"
    resolution = False
    longest = 16_383  # as the format has 14 bits for it

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        from optviz.render.draw.figure import settings
        from optviz.render.fast.stage import Stage

        with settings():
            reel = _Reel(Stage(made, look), "RGBA" if look.transparent else "RGB", watch)
            reel.picture.save(
                stream,
                "WEBP",
                save_all=len(made) > 1,
                append_images=[reel],
                lossless=True,
                quality=30,
                method=1,
                duration=made.milliseconds.tolist(),
                loop=made.timing.loop,
                xmp=packet(made.scene.alt, made.scene.recipe.film),
            )

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
            return None
        at = 12
        while at + 8 <= len(data):
            size = int.from_bytes(data[at + 4 : at + 8], "little")
            if data[at : at + 4] == b"XMP ":
                return source(data[at + 8 : at + 8 + size])
            at += 8 + size + size % 2
        return ""


class _Reel:
    """All frames but the first, as an image of many frames of which one is in memory."""

    def __init__(self, stage: Any, mode: str, watch: Watch) -> None:
        self.stage, self.mode, self.watch = stage, mode, watch
        self.n_frames = len(stage.film) - 1
        self.picture = self.frame(0)

    def frame(self, index: int) -> Any:
        from PIL import Image

        self.watch(index + 1, len(self.stage.film))
        pixels = self.stage.show(float(self.stage.film.steps[index]))
        height, width = pixels.shape[:2]
        picture = Image.frombytes("RGBA", (width, height), pixels.tobytes())
        return picture if self.mode == "RGBA" else picture.convert(self.mode)

    def seek(self, index: int) -> None:
        self.picture = self.frame(index + 1)

    def __getattr__(self, name: str) -> Any:
        """Whatever else Pillow asks of an image, the frame that is there answers."""
        return getattr(self.picture, name)
