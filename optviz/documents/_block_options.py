"""The words of a block's opening line: `pair width=640`, or `{.pair width="640"}` as in pandoc."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optviz.errors import BadValue, Unfit, UnknownName

SWITCHES = ("pair", "values", "markdown", "defaults", "hide")
VALUES = ("width", "caption")
_WIDEST = 20_000  # pixels
_BRACES = re.compile(r"\s*\{(.*)\}\s*")
_WORD = re.compile(r"""(?:[^\s="']++=)?(?:"[^"]*"|'[^']*')|\S+""")


@dataclass(frozen=True)
class BlockOptions:
    """What a block asks for besides its picture; `hide` is for tools that show blocks."""

    pair: bool = False
    values: bool = False
    width: int | None = None
    markdown: bool = False
    defaults: bool = False
    hide: bool = False
    caption: str = ""


def split_words(text: str) -> tuple[str, ...]:
    """The words behind `optviz`; in braces, a dot before a word and quotes are pandoc's."""
    braces = _BRACES.fullmatch(text)
    words = _WORD.findall(braces[1] if braces else text)
    return tuple(_plain(word.removeprefix(".") if braces else word) for word in words)


def _plain(word: str) -> str:
    """The word without the quotes of its value."""
    name, sign, value = word.partition("=")
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return f"{name}{sign}{value[1:-1]}" if quoted else word


def read(words: Iterable[str]) -> BlockOptions:
    """The options that the words are. Raises `OptvizError` for any other word."""
    values: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if name in values:
            raise Unfit(f"{name}: given twice; once is wanted")
        if name in VALUES:
            values[name] = _width(value) if name == "width" else _caption(value)
        elif name not in SWITCHES:
            raise UnknownName("word of a block", name, (*SWITCHES, *VALUES))
        elif sign:
            raise BadValue(name, value, f"but it has no value; write {name} alone")
        else:
            values[name] = True
    if "defaults" in values and len(values) > 1:
        raise Unfit("defaults: a block of defaults has no result, so no other words")
    return BlockOptions(**values)


def _width(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII) or int(value) > _WIDEST:
        raise BadValue("width", value or "nothing", "pixels, as in width=640, are wanted")
    return int(value)


def _caption(value: str) -> str:
    if not value.strip():
        raise BadValue("caption", "nothing", 'a text, as in caption="AdaGrad stalls", is wanted')
    return value
