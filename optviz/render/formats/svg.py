"""SVG: vector graphics for the web."""

from dataclasses import replace
from hashlib import sha256
from html import escape, unescape
from io import StringIO
from typing import IO

from optviz.render.format import AUTO, SCHEMES, Format, Watch, plain, unwatched
from optviz.scene import Look, Scene


class Svg(Format):
    """Letters as paths, so that it looks the same everywhere; a title, and the alt text as `desc`.

    The recipe is what it was made from: its `dc:source`.
    """

    suffix = ".svg"
    says = "vector graphics for the web"
    vector = True
    adapts = True

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render.formats._schemes import two_schemes

        if look.theme == AUTO:
            light, dark = (_drawn(scene, replace(look, theme=name)) for name in SCHEMES)
            svg = two_schemes(light, dark)
        else:
            svg = _drawn(scene, look)
        stream.write(named(svg, plain(scene.title), scene.alt).encode("utf-8"))
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        head = data[:1000].lstrip()
        return source(data) if head.startswith((b"<?xml", b"<svg")) and b"<svg" in head else None


def _drawn(scene: Scene, look: Look) -> str:
    """What matplotlib writes, shortened."""
    from optviz.render.compact import compact
    from optviz.render.draw.figure import draw, settings

    about = {"Date": None, "Creator": "optviz", "Source": scene.recipe.still or None}
    with settings(vector=True), StringIO() as text:
        draw(scene, look).figure.savefig(text, format="svg", metadata=about)
        return compact(text.getvalue())


def named(svg: str, title: str, description: str) -> str:
    """With a title and a description, which screen readers speak instead of the shapes."""
    key = sha256(f"{title}\n{description}".encode()).hexdigest()[:8]
    end = svg.index(">", svg.index("<svg"))
    words = (
        f' role="img" aria-labelledby="title-{key} desc-{key}">\n'
        f'<title id="title-{key}">{escape(title, quote=False)}</title>\n'
        f'<desc id="desc-{key}">{escape(description, quote=False)}</desc>'
    )
    return svg[:end] + words + svg[end + 1 :]


def source(data: bytes) -> str:
    """The first `dc:source` in XML, "" if there is none; not parsed, as entities may be bombs."""
    said = data.partition(b"<dc:source>")[2].partition(b"</dc:source>")
    text = said[0].decode("ascii", "replace") if said[1] else ""
    try:
        return unescape(text)
    except ValueError:  # a number of a letter with thousands of digits
        return text


def packet(alt: str, recipe: str) -> bytes:
    """Alt text and recipe as XMP, for formats that have no words of their own."""
    alt, recipe = escape(alt, quote=False), escape(recipe, quote=False)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{alt}</rdf:li></rdf:Alt></dc:description>"
        f"{f'<dc:source>{recipe}</dc:source>' if recipe else ''}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
