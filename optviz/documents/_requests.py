"""Requests: each block with what it asks for, as tables of figures or as a line that prints."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from optviz.batch import Fault, PlacedTable
from optviz.documents import _block_options, _content, _images
from optviz.documents._block_options import BlockOptions
from optviz.documents._document import Document
from optviz.documents._fenced_blocks import Block
from optviz.documents._output_names import OutputNames, is_ours
from optviz.documents._shell import Printing, Shell
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.spec.kind_options import split

_LIGHT, _DARK = "light", "dark"
SHOWN = (".png", ".svg", ".gif", ".webp", ".apng")  # what an image line can show
Table = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Request:
    """A block and what it asks for: a table, two for a pair, or a line that prints."""

    document: Document
    block: Block
    options: BlockOptions
    tables: tuple[PlacedTable, ...] = ()
    shown: tuple[str, ...] = ()  # the output of each table that the document shows
    printing: Printing | None = None

    @property
    def place(self) -> str:
        """Where the block begins, for messages."""
        return self.document.place(self.block.line)


@dataclass(frozen=True)
class _Draft:
    """A block that is read; outputs without a path come when all that have one are known."""

    document: Document
    block: Block
    options: BlockOptions
    content: Table | Printing
    kind: str = "trace"


def requests(documents: Iterable[Document], shell: Shell) -> tuple[list[Request], list[Fault]]:
    """The requests of documents in order, and what is wrong with their blocks."""
    drafts: list[_Draft] = []
    faults: list[Fault] = []
    for document in documents:
        kind = "trace"
        for block in document.blocks:
            try:
                draft = _draft(document, block, shell, kind)
            except _content.WrongLine as error:
                line = block.line + error.line
                faults.append(Fault(document.place(line), "", "", None, str(error)))
            except OptvizError as error:
                faults.append(Fault(document.place(block.line), "", "", None, str(error)))
            else:
                drafts.append(draft)
                kind = draft.kind if draft.options.defaults else kind
    names = OutputNames((draft.document, path) for draft in drafts for path in _paths(draft))
    made = []
    for draft in drafts:
        try:
            made.append(_request(draft, names))
        except OptvizError as error:
            place = draft.document.place(draft.block.line)
            faults.append(Fault(place, "", "", None, str(error)))
    return made, faults


def _draft(document: Document, block: Block, shell: Shell, kind: str) -> _Draft:
    """The block, read. Raises `OptvizError`; `kind` is that of tables that name none."""
    if block.mistake:
        raise Unfit(block.mistake)
    options = _block_options.read(block.words)
    if options.hide:
        raise Unfit("hide: a hidden block of a file is a comment, <!-- optviz … -->")
    is_table = options.defaults or _content.is_table(block.content)
    content: Table | Printing
    if is_table:
        content = _content.table(block.content)
        own = split(content)[0]
        kind = kind if own is None else str(own)
    else:
        line = shell.read(_content.words(block.content))
        content = line if isinstance(line, Printing) else line.table
        kind = kind if isinstance(line, Printing) else str(line.table.get("figure", kind))
    _refuse_idle(options, printed=isinstance(content, Printing))
    return _Draft(document, block, options, content, kind)


def _refuse_idle(options: BlockOptions, printed: bool) -> None:
    """Raises `Unfit` for words that are of pictures, or of texts, alone."""
    if printed and (options.pair or options.values or options.width is not None):
        word = "pair" if options.pair else "values" if options.values else "width"
        raise Unfit(f"{word}: of a picture, and this command prints; leave it out")
    if options.markdown and not printed:
        raise Unfit("markdown: of a command that prints, and this one draws; leave it out")


def _outputs(draft: _Draft) -> list[str]:
    """The outputs that are typed; [] for none, and for what is no list of texts."""
    value = draft.content.get("output", []) if isinstance(draft.content, dict) else []
    paths = [value] if isinstance(value, str) else value
    if not (isinstance(paths, list | tuple) and all(isinstance(path, str) for path in paths)):
        return []
    return [path.replace("{name}", f"{draft.document.stem}-{draft.kind}") for path in paths]


def _paths(draft: _Draft) -> list[str]:
    """The outputs that have a path: those typed, else that of the image line."""
    if draft.options.defaults or isinstance(draft.content, Printing):
        return []
    if typed := _outputs(draft):
        return typed
    path = draft.block.path
    return [] if path is None else [draft.document.output(path)]


def _request(draft: _Draft, names: OutputNames) -> Request:
    """The request of a draft. Raises `OptvizError` for its outputs."""
    document, block, options = draft.document, draft.block, draft.options
    place = document.name, block.line
    if isinstance(draft.content, Printing):
        _refuse_foreign(document, block.path)
        return Request(document, block, options, printing=draft.content)
    if options.defaults:
        table = PlacedTable(*place, draft.content, document.root, document.folder, is_defaults=True)
        return Request(document, block, options, (table,))
    outputs = _paths(draft) or [names.new(document, draft.kind)]
    shown = _shown(outputs)
    if shown not in _outputs(draft) or block.path not in (None, document.shown(shown)):
        _refuse_foreign(document, block.path)
    formats = ("md",) if options.values else ()
    wrong = "output" in draft.content and not _outputs(draft)  # which the batch refuses
    first = draft.content | ({} if wrong else {"output": outputs})
    tables = [first]
    if options.pair:
        if "theme" in first:
            raise Unfit("theme: pair draws a light and a dark picture; leave theme out")
        dark = _dark(shown)
        tables = [first | {"theme": _LIGHT}, first | {"theme": _DARK, "output": [dark]}]
    pictures = (shown, _dark(shown))[: len(tables)]
    placed = tuple(
        PlacedTable(
            *place, table, document.root, document.folder,
            name=PurePath(picture).with_suffix("").as_posix(),
            formats=formats if picture == shown else (),
        )
        for table, picture in zip(tables, pictures, strict=True)
    )  # fmt: skip
    return Request(document, block, options, placed, pictures)


def _shown(outputs: list[str]) -> str:
    """The first output that an image line can show. Raises `BadValue`."""
    for path in outputs:
        if PurePath(path).suffix.lower() in SHOWN:
            return path
    listed = ", ".join(suffix[1:] for suffix in SHOWN)
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
        raise Unfit(
            f"the image below, {path}, was not made by optviz; a line of text between keeps it"
        )
