"""Writes the thumbnails of gallery/README.md: every picture, with a link to where it is drawn.

    python gallery/thumbnails.py

A page of pictures has a section, in the order in which the index names the pages; what hovers over
a picture is the command that draws it. `tests/test_documentation.py` compares the index with them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from optviz import cli, documents, recipe
from optviz.spec import training

GALLERY = Path(__file__).parent
INDEX = GALLERY / "README.md"
BEGIN, END = "<!-- thumbnails -->", "<!-- /thumbnails -->"
WIDTH = 270
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.M | re.S)


def index() -> str:
    """The text of the index with the thumbnails that it should have."""
    text = INDEX.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{''.join(_sections(before + after))}\n{END}{after}"


def _sections(index: str) -> Iterator[str]:
    """A heading for each page with pictures, and its pictures, in English."""
    linked = re.findall(r"\((\w[\w-]*\.md)", index)
    names = [n for n in dict.fromkeys(["../README.md", *linked]) if (GALLERY / n).is_file()]
    read = [documents.read(str((GALLERY / name).resolve())) for name in names]
    edition = documents.prepare(read, cli.document_lines())
    items = {id(item.placed): item for item in edition.plan.items}
    for name, document in zip(names, read, strict=True):
        requests = [one for one in edition.requests if one.document is document and one.shown]
        if requests:
            yield f"\n### [{_headings(document.text)[0][1]}]({name})\n\n"
        for request in requests:
            heading = [
                title for at, title in _headings(document.text) if at < request.block.span.start
            ]
            figure = items[id(request.tables[0])].figure
            command = recipe.command(replace(figure, run=training.named(figure.run)), ())
            picture = Path(request.shown[0])
            yield f'<a href="{name}#{_slug(heading[-1])}"><img src="{picture.name}" '
            yield f'alt="{picture.stem}" title="{_quoted(command)}" width="{WIDTH}"></a>\n'


def _headings(text: str) -> list[tuple[int, str]]:
    """Where headings begin, and what they say; what stands in fences is none."""
    plain = _FENCE.sub(lambda match: " " * len(match[0]), text)
    return [(match.start(), match[1]) for match in _HEADING.finditer(plain)]


def _quoted(text: str) -> str:
    """A text between double quotes in HTML."""
    return html.escape(text, quote=False).replace('"', "&quot;")


def _slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


if __name__ == "__main__":
    INDEX.write_text(index(), encoding="utf-8")
    print(INDEX)
