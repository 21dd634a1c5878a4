"""A document: its path, its text, where its pictures go; read and written byte by byte."""

import os
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from optviz import files
from optviz.documents._fenced_blocks import Block, blocks
from optviz.errors import BadFile, Unfit
from optviz.files import limits

STREAM = "document"  # the stem of pictures of standard input


@dataclass(frozen=True)
class Document:
    """A Markdown text that is called `name`; paths in it begin at `folder`, outputs at `root`.

    `path` is the file that it is in, "" where it is in none, - for standard input. `given` are its
    blocks where a tool has found them.
    """

    name: str
    text: str
    folder: Path
    root: Path
    stem: str = STREAM
    path: str = ""
    given: tuple[Block, ...] | None = None

    @cached_property
    def blocks(self) -> list[Block]:
        """Its blocks, in order."""
        return blocks(self.text) if self.given is None else list(self.given)

    def place(self, line: int) -> str:
        """A line of it, for messages."""
        return f"{self.name}, line {line}"

    def shown(self, output: str) -> str:
        """The path of an output below `root` as the document has it."""
        path = os.path.relpath(self.root / output, self.folder)
        return PurePath(path).as_posix()

    def output(self, path: str) -> str:
        """The output below `root` that a path in the document is; of another folder, its own name.

        What leads out of `root` stays as it is, to be refused as an output.
        """
        if self.root == self.folder:
            return path
        inside = os.path.relpath(self.folder / path, self.root)
        inside = PurePath(inside).as_posix()
        return inside if not inside.startswith("..") else posixpath.normpath(path)


def read(path: str, out_dir: str | Path | None = None) -> Document:
    """The document in a file, or in standard input for `-`; its pictures go below `out_dir`.

    Without one they go beside the document. Raises `WorldError`, and `BadFile` for what is no text
    in UTF-8.
    """
    name = files.display_name(path)
    data = files.reading(path, limits.DOCUMENT)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        files.decoded(data, name)  # raises, and says which byte it is
        raise BadFile(name, "a document is in UTF-8; save it as that") from None
    folder = Path() if path == "-" else Path(path).parent
    root = folder if out_dir is None else Path(out_dir)
    return Document(name, text, folder, root, STREAM if path == "-" else PurePath(path).stem, path)


def read_all(paths: Iterable[str], out_dir: str | Path | None = None) -> list[Document]:
    """The documents in files, each file once, by whatever name. Raises as `read`."""
    found, seen = [], set[object]()
    for path in paths:
        identity = files.identity(path) or path
        if identity not in seen:
            seen.add(identity)
            found.append(read(path, out_dir))
    return found


def write(document: Document, text: str) -> bool:
    """Writes a text into the document's file unless it has it already; whether it did.

    Raises `Unfit` if the file is another one by now, because its author has gone on writing.
    """
    if document.path == "-":
        with files.writing("-", binary=False) as stream:
            stream.write(text)
        return True
    if text == document.text or not document.path:
        return False
    if files.reading(document.path, limits.DOCUMENT) != document.text.encode():
        raise Unfit(f"{document.name} was changed meanwhile; it stays as it is, run this again")
    with files.writing(document.path, binary=True) as stream:
        stream.write(text.encode())
    return True
