"""Files read within limits and written atomically; `-` names the standard streams."""

from optviz.files._paths import (
    display_name,
    expanded,
    folder,
    full,
    identity,
    is_regular,
    resolved,
    status,
    telling,
)
from optviz.files._reading import decoded, reading
from optviz.files._writing import place, writing

__all__ = [
    "decoded",
    "display_name",
    "expanded",
    "folder",
    "full",
    "identity",
    "is_regular",
    "place",
    "reading",
    "resolved",
    "status",
    "telling",
    "writing",
]
