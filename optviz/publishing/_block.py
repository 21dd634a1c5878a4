"""A block drawn for a page: with the user's cache, and every failure as one kind of error."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from optviz import batch, book
from optviz.batch import Fault, WrongBatch
from optviz.book import Result
from optviz.errors import OptvizError, bug

_LONGEST = 60  # characters of a block in a message
_drawing = Lock()  # Zensical builds pages in threads; a line that prints redirects the output


class WrongBlock(OptvizError):
    """A block that cannot be drawn."""


def draw(
    content: str,
    typed: Iterable[str],
    *,
    folder: str | Path,
    name: str,
    out_dir: str | Path,
    defaults: Mapping[str, Any],
) -> Result:
    """The result of a block, as `book.draw_block` has it.

    Raises `WrongBlock` for any failure; its text begins with the block's first line.
    """
    try:
        with _drawing:
            return book.draw_block(
                content,
                typed,
                folder=folder,
                name=name,
                out_dir=out_dir,
                cache=_cache(),
                defaults=defaults,
            )
    except WrongBatch as error:
        message = "; ".join(dict.fromkeys(map(_sentence, error.faults)))  # a pair has each twice
    except OptvizError as error:
        message = str(error)
    except Exception as error:
        message = str(bug.diagnose(error))
    raise WrongBlock(f"{_excerpt(content)}: {message}")


def words(values: Mapping[str, str]) -> list[str]:
    """The words of a block, of names with values; a word that stands alone is its own value."""
    return [name if value == name else f"{name}={value}" for name, value in values.items()]


def _cache() -> Path | None:
    """The user's folder of drawn figures, None where there is no home."""
    try:
        return batch.cache_folder()
    except RuntimeError:
        return None


def _sentence(fault: Fault) -> str:
    """What is wrong, without the line, which tools count in other ways."""
    return str(fault._replace(file="")).removeprefix(":").strip()


def _excerpt(content: str) -> str:
    """The first line of a block that says something."""
    first = next((line.strip() for line in content.splitlines() if line.strip()), "optviz")
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
