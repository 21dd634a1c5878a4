"""Names for pictures that neither a block nor an image line names: `lesson-trace-2.png`."""

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from optviz import files
from optviz.documents._document import Document
from optviz.errors import OptvizError
from optviz.files import limits


class OutputNames:
    """The outputs of some documents, by the full path; more are added as they are named."""

    def __init__(self, taken: Iterable[tuple[Document, str]]) -> None:
        self._taken = {_key(document.root / path) for document, path in taken}

    def new(self, document: Document, kind: str) -> str:
        """An output below the root of a document that no block has, nor a file of others."""
        for number in count(1):
            end = f"-{number}" if number > 1 else ""
            name = f"{document.stem}-{kind}{end}.png"
            path = document.root / name
            if _key(path) not in self._taken and is_ours(str(path)):
                break
        self._taken.add(_key(path))
        return name


def is_ours(path: str) -> bool:
    """Whether a path is free, or a picture that optviz made."""
    if not Path(path).is_symlink() and not Path(path).exists():
        return True
    if not files.is_regular(path):
        return False
    try:
        return b"optviz" in files.reading(path, limits.PICTURE)
    except OptvizError:
        return False


def _key(path: Path) -> str:
    try:
        return str(files.resolved(path)).casefold()
    except OSError:
        return str(path).casefold()
