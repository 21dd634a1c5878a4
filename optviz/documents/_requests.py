"""Requests: each block with what it asks for, as tables of figures or as a line that prints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from optviz.batch import Fault, PlacedTable
from optviz.documents import _images
from optviz.documents._block_options import BlockOptions
from optviz.documents._document import Document
from optviz.documents._drafts import Draft, Table, drafts, noting
from optviz.documents._fenced_blocks import Block
from optviz.documents._output_names import OutputNames, is_ours
from optviz.documents._shell import Printing, Shell
from optviz.errors import BadValue, Unfit

_LIGHT, _DARK = "light", "dark"
_SHOWN = (".png", ".svg", ".gif", ".webp", ".apng")  # what an image line can show


@dataclass(frozen=True, eq=False)
class Request:
    """A block and what it asks for: a table, two for a pair, or a line that prints.

    `shown` are the outputs of the tables that the document shows.
    """

    document: Document
    block: Block
    options: BlockOptions
    tables: tuple[PlacedTable, ...] = ()
    shown: tuple[str, ...] = ()
    printing: Printing | None = None

    @property
    def place(self) -> str:
        """Where the block begins, for messages."""
        return self.document.place(self.block.line)


def requests(documents: Iterable[Document], shell: Shell) -> tuple[list[Request], list[Fault]]:
    """The requests of documents in order, and what is wrong with their blocks."""
    faults: list[Fault] = []
    found = drafts(documents, shell, faults)
    names = OutputNames((draft.document, path) for draft in found for path in draft.paths())
    made = [
        noting(faults, draft.document, draft.block, partial(_request, draft, names))
        for draft in found
    ]
    return [request for request in made if request], faults


def _request(draft: Draft, names: OutputNames) -> Request:
    """The request of a draft. Raises `OptvizError` for its outputs."""
    request = Request(draft.document, draft.block, draft.options)
    if isinstance(draft.content, Printing):
        _refuse_foreign(draft.document, draft.block.path)
        return replace(request, printing=draft.content)
    if draft.options.defaults:
        return replace(request, tables=(replace(_placed(draft, draft.content), is_defaults=True),))
    outputs = draft.paths() or [names.new(draft.document, draft.kind)]
    shown = _shown(outputs)
    if shown not in draft.outputs() or draft.block.path not in (None, draft.document.shown(shown)):
        _refuse_foreign(draft.document, draft.block.path)
    wrong = "output" in draft.content and not draft.outputs()  # which the batch refuses
    table = draft.content if wrong else draft.content | {"output": outputs}
    first = _placed(draft, table, shown, ("md",) if draft.options.values else ())
    if not draft.options.pair:
        return replace(request, tables=(first,), shown=(shown,))
    return replace(request, tables=_pair(draft, first, shown), shown=(shown, _dark(shown)))


def _placed(
    draft: Draft, table: Table, shown: str = "", formats: tuple[str, ...] = ()
) -> PlacedTable:
    """A table of a draft, whose name is that of the picture that is shown."""
    document, name = draft.document, PurePath(shown).with_suffix("").as_posix() if shown else ""
    return PlacedTable(
        document.name, draft.block.line, table, document.root, document.folder, name, formats
    )


def _pair(draft: Draft, first: PlacedTable, shown: str) -> tuple[PlacedTable, PlacedTable]:
    """The light and the dark one of a table. Raises `Unfit` if it has a theme."""
    if "theme" in first.table:
        raise Unfit("theme: pair draws a light and a dark picture; leave theme out")
    dark = first.table | {"theme": _DARK, "output": [_dark(shown)]}
    return replace(first, table=first.table | {"theme": _LIGHT}), _placed(draft, dark, _dark(shown))


def _shown(outputs: list[str]) -> str:
    """The first output that an image line can show. Raises `BadValue`."""
    for path in outputs:
        if PurePath(path).suffix.lower() in _SHOWN:
            return path
    listed = ", ".join(suffix[1:] for suffix in _SHOWN)
    raise BadValue("output", outputs[0], f"a picture for the document is wanted: {listed}")


def _dark(path: str) -> str:
    pure = PurePath(path)
    return pure.with_name(f"{pure.stem}-dark{pure.suffix}").as_posix()


def _refuse_foreign(document: Document, path: str | None) -> None:
    """Raises `Unfit` if the image below a block is none that optviz made."""
    if path is None:
        return
    if _images.is_outside(path):
        raise Unfit(f"the image below is at {path}; a line of text between keeps it")
    if not is_ours(str(document.folder / path)):
        message = f"the image below, {path}, was not made by optviz"
        raise Unfit(f"{message}; a line of text between keeps it")
