"""PDF: vector graphics for print."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene


@contextmanager
def _hushed(name: str) -> Iterator[None]:
    """No warnings of a library's: embedding DejaVu, fontTools wonders at the age of the font."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


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
            with _hushed("fontTools"):
                figure.savefig(stream, format="pdf", metadata=about, transparent=look.transparent)
        return ""
