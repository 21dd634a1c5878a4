"""The words of a block's opening line: `pair`, `values`, `width=640`, `markdown`, `defaults`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from optviz.errors import BadValue, Unfit, UnknownName

SWITCHES = ("pair", "values", "markdown", "defaults", "hide")
_WIDEST = 20_000  # pixels


@dataclass(frozen=True)
class BlockOptions:
    """What a block asks for besides its picture; `hide` is for tools that show blocks."""

    pair: bool = False
    values: bool = False
    width: int | None = None
    markdown: bool = False
    defaults: bool = False
    hide: bool = False


def read(words: Iterable[str]) -> BlockOptions:
    """The options that the words are. Raises `OptvizError` for any other word."""
    options = BlockOptions()
    seen = set()
    for word in words:
        name, sign, value = word.partition("=")
        if name in seen:
            raise Unfit(f"{name}: given twice; once is wanted")
        seen.add(name)
        if name == "width":
            options = replace(options, width=_width(value))
        elif name not in SWITCHES:
            raise UnknownName("word of a block", name, (*SWITCHES, "width"))
        elif sign:
            raise BadValue(name, value, f"but it has no value; write {name} alone")
        else:
            options = replace(options, **{name: True})
    if options.defaults and len(seen) > 1:
        raise Unfit("defaults: a block of defaults has no result, so no other words")
    return options


def _width(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII) or int(value) > _WIDEST:
        raise BadValue("width", value or "nothing", "pixels, as in width=640, are wanted")
    return int(value)
