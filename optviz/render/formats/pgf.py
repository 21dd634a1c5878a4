"""PGF: a drawing that LaTeX reads, with its words in the letters of the document."""

import re
from typing import IO

from optviz.render.format import Format, Watch, plain, unwatched
from optviz.scene import Look, Scene


class Pgf(Format):
    r"""Commands of the package pgf for `\input`; LaTeX is not needed to write them.

    Alt text and recipe are comments at its head.
    """

    suffix = ".pgf"
    says = r"drawing for LaTeX, in the fonts of the document: \input{…}"
    vector = True

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render.draw.figure import draw, settings
        from optviz.render.formats._pgf_renderer import drawing

        with settings(vector=True):
            picture = drawing(draw(scene, look).figure)
        stream.write((_head(scene) + _BEGIN + picture + _END).encode("utf-8"))
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        if not data.startswith(_FIRST.encode()):
            return None
        found = re.search(rb"^%% recipe: (.*)$", data[:_MOST].partition(b"\n\\begingroup")[0], re.M)
        return found[1].decode("ascii", "replace") if found else ""


_MOST = 2**21  # bytes in which the recipe is looked for
_FIRST = "%% optviz pgf\n"
_HOW = (
    "%% \\usepackage{pgf} in the preamble, and \\input{this file} where it stands.\n"
    "%% Letters beyond Latin and Greek need XeLaTeX or LuaLaTeX.\n"
)
_BEGIN = (
    "\\begingroup%\n\\makeatletter%\n\\def\\mathdefault#1{#1}%\n"
    "\\everymath=\\expandafter{\\the\\everymath\\displaystyle}%\n\\begin{pgfpicture}%\n"
)
_END = "\\end{pgfpicture}%\n\\makeatother%\n\\endgroup%\n"


def _head(scene: Scene) -> str:
    recipe = f"%% recipe: {scene.recipe.still}\n" if scene.recipe.still else ""
    words = f"%% title: {plain(scene.title)}\n%% alt text: {plain(scene.alt)}\n"
    return _FIRST + _HOW + recipe + words
