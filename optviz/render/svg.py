"""SVG: vector graphics for the web."""

from typing import IO

from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene


class Svg(Format):
    """Letters as paths, so that it looks the same everywhere; the alt text as its description."""

    suffix = ".svg"
    says = "vector graphics for the web"

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render._figure import draw, settings

        with settings():
            figure = draw(scene, look).figure
            about = {"Date": None, "Creator": "optviz", "Description": scene.alt}
            figure.savefig(stream, format="svg", metadata=about, transparent=look.transparent)
        return ""
