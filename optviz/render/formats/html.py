"""HTML: one file with the figure alive, and its still where there is no script."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import IO

from optviz.errors import BadValue, Unfit
from optviz.render.format import AUTO, SCHEMES, Format, Watch, plain, unwatched
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
        from optviz.render.page import inline

        sheet, figure, program = _parts(scene, look, live)
        if look.fragment:
            page = inline.fragment(sheet, figure, program).encode()
        else:
            page = _document(scene, look, sheet, figure, program).encode()
        stream.write(page)
        return _size_note(len(page), len(figure), live)

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        from optviz.render.formats.svg import source

        return source(data) if b'class="optviz" data-optviz="' in data[:_HEAD] else None


_LARGE = 150_000  # bytes
_LETTERS = 7.0  # pixels of the letters of ticks on a narrow screen
_HEAD = 20_000  # bytes before the figure: the head of the page with its style


def _parts(scene: Scene, look: Look, live: Live) -> tuple[str, str, str]:
    """The style sheet, the figure and the script of a page."""
    from optviz.render.draw.line_colours import themed
    from optviz.render.formats._schemes import two_schemes
    from optviz.render.formats.svg import named
    from optviz.render.page import script, still, style

    looks = _looks(look)
    stills = [still.still(scene, each, live) for each in looks]
    light, *dark = (each.svg for each in stills)
    svg = two_schemes(light, *dark, hosted=True) if dark else light
    svg = still.of_page(named(svg[svg.index("<svg") :], plain(scene.title), scene.alt))
    key = sha256(svg.encode()).hexdigest()[:8]
    themes, roles = [themed(each) for each in looks], [walk.role for walk in live.walks]
    sheet = style.style(themes, roles, key, *_widths(scene, look, stills[0].sizes["tick"]))
    sheet += "" if look.fragment else style.ground(themes)
    sheet += style.without_paper(key) if look.transparent else ""
    program = script.script(scene, live, stills[0], key)
    open_ = f'<figure class="optviz" data-optviz="{key}">'
    return sheet, f'{open_}\n<div class="still">{svg}</div></figure>', program


def _widths(scene: Scene, look: Look, tick: float) -> tuple[float, float]:
    """The greatest and the least width of a figure; in a narrower place it scrolls."""
    inches = look.size[0] / look.dpi
    columns = scene.columns or len(scene.panels)
    legible = inches * 72 * _LETTERS / tick
    return inches * 96, min(max(260.0 * columns, 400.0, legible), inches * 96)


def _looks(look: Look) -> list[Look]:
    """The look in light and dark, unless a theme was typed, or a colour not seen in the dark."""
    from optviz.render.draw.line_colours import themed

    both = [replace(look, theme=name) for name in SCHEMES]
    if look.theme not in (None, AUTO):
        return [look]
    try:
        themed(both[1])
    except BadValue:
        return both[:1]
    return both


def _size_note(page: int, still: int, live: Live) -> str:
    """What makes a page of so many bytes large, "" if it is not."""
    if page <= _LARGE:
        return ""
    steps = sum(walk.recorded_bytes for walk in live.walks)
    kilobytes = [f"{count / 1000:.0f} kB" for count in (page, still, steps)]
    recorded = f", recorded steps {kilobytes[2]}" if steps else ""
    return f"{kilobytes[0]}, of which the picture is {kilobytes[1]}{recorded}"


def _document(scene: Scene, look: Look, style: str, figure: str, program: str) -> str:
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
