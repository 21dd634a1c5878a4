"""Markdown documents whose `optviz` blocks are drawn, with their results kept below them.

    blocks(text)  # finds blocks, with exact places
    edition = prepare(read_all(["lesson.md"]), shell)
    for rendered in edition.run(jobs=2):
        rendered.write()

The command line reads the lines in blocks; it stands above this package, so it is an argument,
`shell`. `optviz.book` has the functions that need none.
"""

from optviz.documents._block_options import BlockOptions, split_words
from optviz.documents._document import Document, read, read_all
from optviz.documents._edition import Edition, prepare
from optviz.documents._fenced_blocks import Block, Span, blocks
from optviz.documents._page_files import STATIC, pair_style, pandoc_filter
from optviz.documents._rendered import Rendered, Result
from optviz.documents._shell import Drawing, Printing, Shell
from optviz.documents._specimen import SPECIMEN

__all__ = [
    "SPECIMEN",
    "STATIC",
    "Block",
    "BlockOptions",
    "Document",
    "Drawing",
    "Edition",
    "Printing",
    "Rendered",
    "Result",
    "Shell",
    "Span",
    "blocks",
    "pair_style",
    "pandoc_filter",
    "prepare",
    "read",
    "read_all",
    "split_words",
]
