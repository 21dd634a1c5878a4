"""HTML: one file with the figure alive, and its still where there is no script."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import IO

from optviz.errors import Unfit
from optviz.render.format import AUTO, Format, Watch, plain, unwatched
from optviz.scene import Live, Look, Scene


class Html(Format):
    """A page that needs nothing else: the still as SVG, the walks as a program, controls.

    The recipe is that of the SVG within.
    """

    suffix = ".html"
    says = "a page in which starts, settings and steps can be moved"
    vector = True
    adapts = True
    resolution = False
    options = frozenset({"fragment", "slider"})

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        live = scene.live(look.sliders) if scene.live else None
        if live is None:
            raise Unfit("nothing in this figure can be moved in a page; svg shows it as it is")
        page = _fragment if look.fragment else _document
        stream.write(page(scene, look, live).encode("utf-8"))
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        from optviz.render.formats.svg import source

        return source(data) if b'class="optviz" data-optviz="' in data[:_HEAD] else None


_HEAD = 20_000  # bytes before the figure: the head of the page with its style
_SCHEMES = "light", "dark"


def _parts(scene: Scene, look: Look, live: Live) -> tuple[str, str, str]:
    """The style sheet, the figure and the script of a page."""
    from optviz.render.draw import theme
    from optviz.render.formats._schemes import two_schemes
    from optviz.render.formats.svg import named
    from optviz.render.page import script, still

    names = _SCHEMES if look.theme == AUTO else (look.theme,)
    stills = [still.still(scene, replace(look, theme=name), live) for name in names]
    svg = two_schemes(*(each.svg for each in stills)) if len(stills) > 1 else stills[0].svg
    svg = still.of_page(named(svg[svg.index("<svg") :], plain(scene.title), scene.alt))
    key = sha256(svg.encode()).hexdigest()[:8]
    width = look.size[0] / look.dpi * 96
    columns = scene.columns or len(scene.panels)
    least = min(max(260.0 * columns, 400.0), width)  # further in, it scrolls
    themes = [theme.theme(name) for name in names]
    style = script.style(themes, [walk.role for walk in live.walks], key, width, least)
    program = script.script(scene, live, stills[0], key)
    around = script.ground(themes) if not look.fragment else ""
    open_ = f'<figure class="optviz" data-optviz="{key}">'
    return style + around, f'{open_}\n<div class="still">{svg}</div></figure>', program


def _fragment(scene: Scene, look: Look, live: Live) -> str:
    """The figure for a page of one's own: no line of it is empty, as that would end it there."""
    style, figure, program = _parts(scene, look, live)
    inside = f"<style>{style}</style>\n<script>{program}</script>\n</figure>\n"
    return re.sub(r"\n\s*(?=\n)", "", figure.removesuffix("</figure>") + inside)


def _document(scene: Scene, look: Look, live: Live) -> str:
    style, figure, program = _parts(scene, look, live)
    title = escape(plain(scene.title), quote=False)
    styles = [style, *re.findall(r"<style>(.*?)</style>", figure, re.S)]
    return (
        f'<!doctype html>\n<html lang="{look.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(styles, program)}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{figure}\n"
        f"<script>{program}</script>\n</body>\n</html>\n"
    )


def _policy(styles: list[str], program: str) -> str:
    """Nothing is fetched; these styles and this program alone are of the page."""
    sheets = " ".join(map(_hash, styles))
    return f"default-src 'none'; img-src data:; style-src {sheets}; script-src {_hash(program)}"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
