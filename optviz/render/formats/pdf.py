"""PDF: vector graphics for print."""

import re
from typing import IO

from optviz.render.format import Format, Watch, plain, unwatched
from optviz.scene import Look, Scene


class Pdf(Format):
    """Fonts embedded, its words as text that can be searched and copied; no date.

    The alt text is its subject, the recipe its keywords.
    """

    suffix = ".pdf"
    says = "vector graphics for print and LaTeX"
    vector = True

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render.draw.figure import draw, settings

        with settings(vector=True):
            figure = draw(scene, look).figure
            about = {
                "CreationDate": None,
                "Creator": "optviz",
                "Producer": None,
                "Title": plain(scene.title),
                "Subject": scene.alt,
                "Keywords": scene.recipe.still or None,
            }
            figure.savefig(stream, format="pdf", metadata=about)
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        if not data.startswith(b"%PDF"):
            return None
        found = _KEYWORDS.search(data)
        return _ESCAPED.sub(_bare, found[1]).decode("ascii", "replace") if found else ""


_KEYWORDS = re.compile(rb"/Keywords \(((?:[^\\()]|\\.)*+)\)", re.S)
_ESCAPED = re.compile(rb"\\(.)", re.S)


def _bare(match: re.Match[bytes]) -> bytes:
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(match[1], match[1])
