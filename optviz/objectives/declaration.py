"""The `f(x) =` that may stand before an expression, and the coordinates it declares."""

import re
from dataclasses import dataclass

from optviz.errors import TextError
from optviz.objectives.lexer import WHAT, Lexeme, lexemes

_HEADER = re.compile(r"\s*+(?P<name>[A-Za-z]\w*+)\s*+(?:\((?P<inside>[^()=]*+)\)\s*+)?=", re.ASCII)


@dataclass(frozen=True)
class Header:
    """What was declared: where the expression starts, the function's name, its coordinates.

    No coordinates are declared by `f =` and `f(x) =`, where x may be the whole vector.
    """

    end: int = 0
    name: str = ""
    declared: tuple[Lexeme, ...] = ()


def read(text: str) -> Header:
    """The header of `text`, or an empty one. `TextError` unless it lists x1, x2, … or x, y, z."""
    match = _HEADER.match(text)
    if not match:
        return Header()
    if match["inside"] is None:
        return Header(match.end(), match["name"])
    declared = _coordinates(text, match.start("inside"), match.end("inside"))
    vector = [word.text for word in declared] == ["x"]
    return Header(match.end(), "", () if vector else tuple(declared))


def _coordinates(text: str, start: int, end: int) -> list[Lexeme]:
    declared: list[Lexeme] = []
    wanted = "coordinate"
    for word in lexemes(text, start, end):
        if word.kind == "end" and wanted == ",":
            return declared
        if wanted not in (word.kind, word.text):
            said = "','" if wanted == "," else "a coordinate"
            raise TextError(WHAT, text, word.at, f"{said} is wanted here", max(1, word.length))
        if word.kind == "coordinate":
            if word.index != len(declared):
                said = "coordinates are declared in order: f(x1, x2, …) or f(x, y, z)"
                raise TextError(WHAT, text, word.at, said, word.length)
            declared.append(word)
        wanted = "," if wanted == "coordinate" else "coordinate"
    raise AssertionError("words end with one of kind end")
