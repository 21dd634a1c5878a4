"""SVG: vector graphics for the web."""

from html import escape, unescape
from typing import IO

from optviz.render.format import Format, Watch, unwatched
from optviz.scene import Look, Scene


class Svg(Format):
    """Letters as paths, so that it looks the same everywhere; the alt text as its description.

    The recipe is what it was made from: its `dc:source`.
    """

    suffix = ".svg"
    says = "vector graphics for the web"

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        from optviz.render.draw.figure import draw, settings

        with settings():
            figure = draw(scene, look).figure
            about = {
                "Date": None,
                "Creator": "optviz",
                "Description": scene.alt,
                "Source": scene.recipe.still or None,
            }
            figure.savefig(stream, format="svg", metadata=about, transparent=look.transparent)
        return ""

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        head = data[:1000].lstrip()
        return source(data) if head.startswith((b"<?xml", b"<svg")) and b"<svg" in head else None


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
