"""Themes of one's own: a TOML file with the fields of a theme, each checked, and a specimen of one.

A theme is here a dataclass whose fields have a type, a description and bounds, and no more.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from typing import Any

from optviz.errors import BadFile, UnknownName
from optviz.files import parse

Dash = tuple[float, ...] | None

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_HEADER = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_KEY = re.compile(r"""\s*(?:([\w-]+)\s*\.\s*)?["']?([^"'=\s]+)["']?\s*=""")
_MOST = 12  # colours or dashes in a row
_WIDE = 100
_HEAD = """\
# A theme of your own: optviz trace --theme FILE, and theme = "FILE" in a batch file.
# What is left out is as in the theme `base`: light, dark or print.
base = "light"
"""
_SECTION_HEAD = "# lines and marks in points, at a font size of 10 points; words in multiples of it"


def part(says: str, default: Any = MISSING, *, least: float = 0.0, most: float = 1.0) -> Any:
    """A field of a theme: what it is for, and the bounds of a number."""
    metadata = {"says": says, "bounds": (least, most)}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def points(default: float, says: str) -> Any:
    """A size in points, at a base letter of 10 points."""
    return part(says, default, least=0.1, most=40.0)


def letters(default: float, says: str) -> Any:
    """A size in base letters; below 0.75 words cannot be read."""
    return part(says, default, least=0.75, most=3.0)


def specimen(theme: Any) -> str:
    """A file with every field of the theme, and what each is for."""
    return "\n".join((_HEAD, *_lines(theme), ""))


def read(file: str, themes: Mapping[str, Any]) -> Any:
    """The theme of a file, given as its name and, from the second line on, its content.

    Without names of their own, curves are named in the colours of their lines. Raises `BadFile`
    with the line.
    """
    name, _, text = file.partition("\n")
    with parse.in_file(name):
        table = parse.toml_table(text)
    source = _Source(name, text)
    base = table.pop("base", "light")
    if base not in list(themes):
        raise source.fault("", "base", f"{base!r} given, one of {', '.join(themes)} is wanted")
    if "lines" in table:
        table.setdefault("words", table["lines"])
    theme = source.changed(themes[base], table)
    if len(theme.words) != len(theme.lines):
        count = f"{len(theme.words)} colours given, {len(theme.lines)}"
        raise source.fault("", "words", f"{count}, as there are lines, are wanted")
    return theme


class _Wanted(Exception):
    """What is wanted instead of a value."""


@dataclass(frozen=True)
class _Source:
    """The name and the text of a theme's file."""

    name: str
    text: str

    def changed(self, theme: Any, table: Any, section: str = "") -> Any:
        """A theme, or a section of one, with the values of a table. Raises `BadFile`."""
        if not isinstance(table, dict):
            raise self.fault("", section, f"a table, [{section}], is wanted")
        known = {f.name: f for f in fields(theme)}
        for key in table:
            if key not in known:
                raise self.fault(section, key, str(UnknownName("word of a theme", key, known)))
        values = {
            key: self.changed(getattr(theme, key), value, key)
            if is_dataclass(known[key].type)
            else self._value(known[key], value, section)
            for key, value in table.items()
        }
        return replace(theme, **values)

    def _value(self, f: "Field[Any]", value: Any, section: str) -> Any:
        try:
            return _READERS[f.type](value, *f.metadata["bounds"])
        except _Wanted as error:
            shown = repr(value)
            shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
            raise self.fault(section, f.name, f"{shown} given, {error} wanted") from None

    def fault(self, section: str, key: str, message: str) -> BadFile:
        """The error about a key of a section, with its line where it is found."""
        place = f"{section}.{key}" if section else key
        return BadFile(self.name, f"{place}: {message}", self._line(section, key))

    def _line(self, section: str, key: str) -> int | None:
        header = ""
        for number, line in enumerate(self.text.split("\n"), 1):
            if match := _HEADER.match(line):
                header = match[1]
                if not section and header == key:
                    return number
            match = _KEY.match(line)
            if match and (match[1] or header, match[2]) == (section, key):
                return number
        return None


def _number(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise _Wanted(f"a number from {least:g} to {most:g} is")
    return float(value)


def _colour(value: Any, *_: float) -> str:
    """A colour as `#rrggbb`."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise _Wanted("a colour such as #1f3a93 is")
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _colours(least: int, most: int) -> Callable[..., tuple[str, ...]]:
    count = str(least) if least == most else f"{least} to {most}"

    def reader(value: Any, *_: float) -> tuple[str, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise _Wanted(f"a list of {count} colours is")
        return tuple(map(_colour, value))

    return reader


def _fill(value: Any, *_: float) -> tuple[str, ...] | None:
    return None if value == "none" else _colours(2, 2)(value)


def _switch(value: Any, *_: float) -> bool:
    if not isinstance(value, bool):
        raise _Wanted("true or false is")
    return value


def _dashes(value: Any, *_: float) -> tuple[Dash, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST:
        raise _Wanted(f'a list of 1 to {_MOST} dashes, "solid" or such as [5, 2], is')
    return tuple(map(_dash, value))


def _dash(value: Any) -> Dash:
    if value == "solid":
        return None
    if not isinstance(value, list) or len(value) not in (2, 4, 6):
        raise _Wanted('"solid", or 2, 4 or 6 numbers for each dash are')
    return tuple(_number(length, 0.1, 40.0) for length in value)


_READERS: dict[Any, Callable[..., Any]] = {  # by the type of the field
    str: _colour,
    float: _number,
    bool: _switch,
    tuple[str, str]: _colours(2, 2),
    tuple[str, str] | None: _fill,
    tuple[str, ...]: _colours(1, _MOST),
    tuple[str, str, str, str, str]: _colours(5, 5),
    tuple[Dash, ...]: _dashes,
}


def _lines(theme: Any, section: str = "") -> Iterator[str]:
    if section:
        yield f"\n[{section}]\n{_SECTION_HEAD}"
    for f in fields(theme):
        value = getattr(theme, f.name)
        if is_dataclass(value):
            yield from _lines(value, f.name)
            continue
        line, says = f"{f.name} = {_toml(value, f.name)}", f"# {f.metadata['says']}"
        yield f"{line}  {says}" if len(line) + len(says) + 2 <= _WIDE else f"{says}\n{line}"


def _toml(value: Any, name: str) -> str:
    if value is None:
        return '"none"' if name == "fill" else '"solid"'
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one, name) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
