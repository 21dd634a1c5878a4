"""The number of the schema that every JSON document of optviz has as `"optviz"`."""

from typing import Any

SCHEMA = 1  # a new number means that a key has another meaning, or is gone; new keys need none


def numbered(document: Any) -> Any:
    """The document with the number first; of a list each object has it."""
    if isinstance(document, list):
        return [numbered(part) for part in document]
    return {"optviz": SCHEMA} | document
