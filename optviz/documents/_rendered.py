"""Results of blocks, and documents with them."""

from dataclasses import dataclass, field
from typing import Any

from optviz.batch import Report
from optviz.documents import _images
from optviz.documents._document import Document, write
from optviz.documents._requests import Request
from optviz.documents._rewriting import Edit, diff, edited, image_edits, text_edit

_DONE = ("drawn", "unchanged", "restored", "different")


@dataclass
class Result:
    """What became of a block: the reports of its figures, or the text that its line printed.

    Both are empty where nothing was to be done; `error` says what failed.
    """

    request: Request
    reports: list[Report] = field(default_factory=list)
    text: str | None = None
    error: str = ""

    @property
    def alt(self) -> str:
        """The picture in words."""
        return self.reports[0].alt if self.reports else ""

    @property
    def caption(self) -> str:
        """The caption that was typed."""
        typed = self.request.options.caption
        return typed or (self.reports[0].item.caption if self.reports else "")

    @property
    def defaults(self) -> dict[str, Any]:
        """The options that a block of defaults gives to those that follow."""
        tables = [table.table for table in self.request.tables if table.is_defaults]
        return dict(tables[0]) if tables else {}

    @property
    def paths(self) -> list[str]:
        """The paths of the pictures that the document shows, a light and a dark one for a pair."""
        root = self.request.document.root
        return [str(root / output) for output in self.request.shown] if self.reports else []

    @property
    def values(self) -> list[str]:
        """The lines of the table of final values."""
        content = self.reports[0].contents.get("md", b"") if self.reports else b""
        return content.decode().splitlines()

    def edits(self) -> list[Edit]:
        """The edits that put the result into the document."""
        request, document = self.request, self.request.document
        if self.text is not None:
            markdown = request.options.markdown
            return [text_edit(document.text, request.block, self.text, markdown)]
        if not self.reports or not all(report.status in _DONE for report in self.reports):
            return []
        first, *more = map(document.shown, request.shown)
        dark = more[0] if more else None
        image = _images.line(first, self.alt, self.caption, dark, request.options.width)
        return image_edits(document.text, request.block, image, self.values)


@dataclass
class Rendered:
    """A document with the results of its blocks, and the `text` that it has with them.

    If a result has an error, the text stays the old one.
    """

    document: Document
    results: list[Result]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        edits = [edit for result in self.results for edit in result.edits()]
        self.text = self.document.text if self.errors else edited(self.document.text, edits)

    @property
    def reports(self) -> list[Report]:
        """The reports of its figures."""
        return [report for result in self.results for report in result.reports]

    @property
    def errors(self) -> list[str]:
        """What failed, each with its place."""
        return [f"{one.request.place}: {one.error}" for one in self.results if one.error]

    @property
    def changed(self) -> bool:
        """Whether the text is another one than the document's."""
        return self.text != self.document.text

    @property
    def diff(self) -> str:
        """How the text differs, as a short unified diff; "" if it does not."""
        return diff(self.document.name, self.document.text, self.text)

    def write(self) -> bool:
        """Writes the text into the document's file unless it has it, or none; whether it did."""
        return not self.errors and write(self.document, self.text)
