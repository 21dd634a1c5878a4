"""Says on standard error how a command read what could be read in another way."""

from collections.abc import Iterator
from contextlib import contextmanager

from optviz import notes
from optviz.cli import _console


@contextmanager
def noted(quiet: bool) -> Iterator[None]:
    """Collects the notes of the block and prints them at its end, each once, unless `quiet`.

    They come before the error that ends the block, which they may explain.
    """
    with notes.collected() as sentences:
        try:
            yield
        finally:
            for sentence in () if quiet else sentences:
                _console.say(f"note: {sentence}")
