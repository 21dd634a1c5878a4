"""PNG: pixels, encoded by Pillow."""

from typing import IO

from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene


class Png(Format):
    """The picture as it is on the screen, its alt text in the Description chunk."""

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
        mode = "RGBA" if look.transparent else "RGB"
        image = Image.frombuffer("RGBA", look.size, pixels, "raw", "RGBA", 0, 1)
        image.convert(mode).save(stream, "png", pnginfo=about, dpi=(look.dpi, look.dpi))
        return ""
