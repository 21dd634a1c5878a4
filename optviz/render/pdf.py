"""PDF: vector graphics for print."""

from typing import IO

from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene


class Pdf(Format):
    """Fonts embedded, the alt text as its subject, no date."""

    suffix = ".pdf"
    says = "vector graphics for print and LaTeX"

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render._figure import draw, settings

        with settings():
            figure = draw(scene, look).figure
            about = {"CreationDate": None, "Creator": "optviz", "Producer": None,
                     "Subject": scene.alt}  # fmt: skip
            figure.savefig(stream, format="pdf", metadata=about, transparent=look.transparent)
        return ""
