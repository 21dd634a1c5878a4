"""Notes: how a text or a file was read that could be read in another way, one sentence each.

A command collects them and prints them on standard error. The functions of the library give them as
warnings, of the category `OptvizWarning`. Where nobody collects they are dropped.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_INSIDE = (
    __file__.removesuffix("notes.py"),
    contextmanager.__code__.co_filename,
)  # not the caller's code


class OptvizWarning(UserWarning):
    """What was done that was not asked for: a film made smaller, a text read in one of two ways."""


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


@contextmanager
def warned() -> Iterator[None]:
    """The notes of this block as warnings at its end, even if it raises."""
    with collected() as sentences:
        try:
            yield
        finally:
            for sentence in sentences:
                warn(sentence)


def warn(sentence: str) -> None:
    """A warning at the line of the caller's code."""
    from inspect import currentframe

    frame, level = currentframe(), 1
    while frame and frame.f_code.co_filename.startswith(_INSIDE):
        frame, level = frame.f_back, level + 1
    warnings.warn(sentence, OptvizWarning, stacklevel=level)
