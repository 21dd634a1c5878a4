"""The `f(x, y) =` that may stand before an expression, and the coordinates it declares."""

import re
from dataclasses import dataclass

from optviz.errors import TextError
from optviz.objectives.names import MAX_DIM, Names, canonical
from optviz.objectives.source import Source
from optviz.text.letters import GREEK

_LETTERS = "".join(GREEK)
_NAME = rf"[A-Za-z_{_LETTERS}][\w{_LETTERS}]*+"
_LIST = r"\(\s*+(?P<inside>[^()=:]*+)\)\s*+"
_GIVEN = rf"(?:{_NAME}\s*+(?:=|<-)\s*+)?"
_FORMS = {
    form: re.compile(rf"\s*+{pattern}", re.ASCII)
    for form, pattern in {
        "lambda": rf"{_GIVEN}lambda\b\s*+(?P<inside>[^:()=]*+):",
        "def": rf"def\b\s*+{_NAME}\s*+{_LIST}(?:->\s*+\w++\s*+)?:\s*+return\b",
        "@": rf"{_GIVEN}@\s*+{_LIST}",  # MATLAB
        "function": rf"{_GIVEN}function\s*+{_LIST}",  # R, where x[1] is the first
        "": rf"(?P<name>{_NAME})\s*+(?:{_LIST})?:?=(?!=)",
    }.items()
}
_PART = re.compile(rf"\s*(?P<name>{_NAME}[₀₁₂₃₄₅₆₇₈₉]*)\s*", re.ASCII)


@dataclass(frozen=True)
class Header:
    """What was declared: where the expression starts, the function's name, the coordinates.

    No coordinates are declared by `f =`; one alone may be the whole vector.
    """

    end: int = 0
    name: str = ""
    names: Names = Names()

    @property
    def declared(self) -> tuple[str, ...]:
        """The coordinates where these are listed, and none of them may be the whole vector."""
        return self.names.declared if len(self.names.declared) > 1 else ()


def read(source: Source) -> Header:
    """The header of a source, or an empty one. `TextError` unless it lists names."""
    matches = ((form, pattern.match(source.text)) for form, pattern in _FORMS.items())
    form, match = next((found for found in matches if found[1]), ("", None))
    if not match:
        return Header()
    if match["inside"] is None:
        return Header(match.end(), match["name"])
    declared = _listed(source, match.start("inside"), match.end("inside"))
    vector = declared == ("x",)
    return Header(match.end(), "", Names(() if vector else declared, int(form == "function")))


def _listed(source: Source, start: int, end: int) -> tuple[str, ...]:
    """The names of a list with commas."""
    declared: dict[str, None] = {}
    at = start
    for part in source.text[start:end].split(","):
        match = _PART.fullmatch(part)
        if not match:
            raise _stray(source, part, at)
        name = canonical(match["name"])
        if name in declared:
            message = f"{name} is declared twice"
            raise source.error(message, at + match.start("name"), len(match["name"]))
        declared[name] = None
        if len(declared) > MAX_DIM:
            raise source.error(f"more than {MAX_DIM} coordinates", at, len(part))
        at += len(part) + 1
    return tuple(declared)


def _stray(source: Source, part: str, at: int) -> TextError:
    """The error at what is no name: the second of two, or whatever stands there."""
    if match := _PART.match(part):
        rest = part[match.end() :]
        return source.error("',' is wanted here", at + match.end(), len(rest.rstrip()))
    rest = part.strip()
    place = at + len(part) - len(part.lstrip())
    return source.error("a coordinate is wanted here", place, max(1, len(rest)))
