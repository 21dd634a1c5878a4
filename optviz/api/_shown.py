"""Python values as an error shows them."""

from typing import Any


def shown(value: Any) -> str:
    """The value as Python writes it, or its type where that takes several lines: `DataFrame`."""
    text = repr(value)
    return type(value).__name__ if "\n" in text else text
