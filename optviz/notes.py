"""Notes: how a text or a file was read that could be read in another way, one sentence each.

A command collects them and prints them on standard error. Where nobody collects, as in a program
that imports optviz, they are dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_notes: ContextVar[dict[str, None] | None] = ContextVar("notes", default=None)


def note(sentence: str) -> None:
    """Adds a sentence to those that are collected; what is read twice is noted once."""
    notes = _notes.get()
    if notes is not None:
        notes[sentence] = None


@contextmanager
def collected() -> Iterator[dict[str, None]]:
    """The sentences of this block as the keys of a dictionary, in order, as they come."""
    notes: dict[str, None] = {}
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)
