"""Drafts: blocks that are read, with their words and their content, before outputs have names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from optviz.batch import Fault
from optviz.documents import _block_options, _content
from optviz.documents._block_options import BlockOptions
from optviz.documents._document import Document
from optviz.documents._fenced_blocks import Block
from optviz.documents._shell import Printing, Shell
from optviz.errors import OptvizError, Unfit
from optviz.spec.kind_options import split

Table = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """A block with its options and its content, a table or a line that prints.

    `kind` is the figure kind of the table, or that of tables that name none.
    """

    document: Document
    block: Block
    options: BlockOptions
    content: Table | Printing
    kind: str = "trace"

    def outputs(self) -> list[str]:
        """The outputs that are typed; [] for none, and for what is no list of texts."""
        value = self.content.get("output", []) if isinstance(self.content, dict) else []
        paths = [value] if isinstance(value, str) else value
        if not (isinstance(paths, list | tuple) and all(isinstance(path, str) for path in paths)):
            return []
        return [path.replace("{name}", f"{self.document.stem}-{self.kind}") for path in paths]

    def paths(self) -> list[str]:
        """The outputs that have a path: those typed, else that of the image line."""
        if self.options.defaults or isinstance(self.content, Printing):
            return []
        path = self.block.path
        return self.outputs() or ([] if path is None else [self.document.output(path)])


def drafts(documents: Iterable[Document], shell: Shell, faults: list[Fault]) -> list[Draft]:
    """The blocks of documents that can be read, in order; what is wrong is added to `faults`."""
    found: list[Draft] = []
    for document in documents:
        kind = "trace"
        for block in document.blocks:
            make = partial(_draft, document, block, shell, kind)
            if draft := noting(faults, document, block, make):
                found.append(draft)
                kind = draft.kind if draft.options.defaults else kind
    return found


def noting(
    faults: list[Fault], document: Document, block: Block, make: Callable[[], T]
) -> T | None:
    """What `make` makes of a block; None if it raises, which is added to `faults` with its line."""
    try:
        return make()
    except _content.WrongLine as error:
        line, message = block.line + error.line, str(error)
    except OptvizError as error:
        line, message = block.line, str(error)
    faults.append(Fault(document.place(line), "", "", None, message))
    return None


def _draft(document: Document, block: Block, shell: Shell, kind: str) -> Draft:
    """The block, read. Raises `OptvizError`; `kind` is that of tables that name none."""
    if block.mistake:
        raise Unfit(block.mistake)
    options = _block_options.read(block.words)
    if options.hide and block.is_hidden:
        raise Unfit("hide: a comment is hidden as it is; leave it out")
    if options.hide:
        raise Unfit("hide: a hidden block of a file is a comment, <!-- optviz … -->")
    content = _read(block, options, shell)
    if options.defaults and isinstance(content, dict) and "output" in content:
        raise Unfit("output: each block has its own; leave it out of the defaults")
    _refuse_idle(options, printed=isinstance(content, Printing))
    if options.caption and isinstance(content, dict) and "caption" in content:
        raise Unfit("caption: given twice, behind optviz and in the table; once is wanted")
    own = None if isinstance(content, Printing) else split(content)[0]
    return Draft(document, block, options, content, kind if own is None else str(own))


def _read(block: Block, options: BlockOptions, shell: Shell) -> Table | Printing:
    """The content of a block. Raises `OptvizError`."""
    if options.defaults or _content.is_table(block.content):
        return _content.table(block.content)
    line = shell.read(_content.words(block.content))
    return line if isinstance(line, Printing) else line.table


def _refuse_idle(options: BlockOptions, printed: bool) -> None:
    """Raises `Unfit` for words that are of pictures, or of texts, alone."""
    for word in ("pair", "values", "width", "caption") if printed else ():
        if getattr(options, word):
            raise Unfit(f"{word}: of a picture, and this command prints; leave it out")
    if options.markdown and not printed:
        raise Unfit("markdown: of a command that prints, and this one draws; leave it out")
