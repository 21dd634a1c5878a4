"""Arguments of library functions that stand for no setting: ignored, or refused with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optviz.errors import TextError
from optviz.text.nodes import Listed, Number, Thing, Value

_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "none": None}


@dataclass(frozen=True)
class Argument:
    """An argument of a library that does not change the path, or cannot be drawn.

    A value among `harmless` does not change the path and is ignored; if `harmless` is None, every
    value is. If the argument is also read as a setting, other values are read, except the
    `forbidden` ones. All else is refused for the `reason`.

    >>> Argument((False,), "paths go downhill").ignores(syntax.value("maximize", "False"))
    True
    """

    harmless: tuple[Any, ...] | None = ()
    reason: str = ""
    forbidden: tuple[Any, ...] = ()

    def ignores(self, value: Value) -> bool:
        """Whether the value is ignored."""
        return self.harmless is None or plain(value) in self.harmless

    def check(self, what: str, text: str, name: str, value: Value) -> None:
        """Raises `TextError` at the value's place unless it is ignored."""
        if not self.ignores(value):
            raise TextError(what, text, value.at, f"{name}: {self.reason}", value.length)

    def forbids(self, value: Value) -> bool:
        """Whether the value is refused although others are read."""
        return plain(value) in self.forbidden


def plain(value: Value) -> Any:
    """The value in Python: a float, True, False, None, a word, a tuple; a call stays a `Thing`."""
    if isinstance(value, Number):
        return value.number
    if isinstance(value, Listed):
        return tuple(plain(item) for item in value.items)
    if isinstance(value, Thing) and value.length == len(value.name):
        return _CONSTANTS.get(value.name.lower(), value.name)
    return value
