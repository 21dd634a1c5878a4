"""A figure's words as a table of TOML, for a batch file."""

import re
from pathlib import PurePath
from typing import Any

from optviz.recipe._found import Found

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 100


def tables(recipes: list[Found]) -> dict[str, dict[str, Any]]:
    """The words of each recipe by the name of its file, a number after those of the same name.

    What a file is called is a word too, but for a PNG, as it is by default.
    """
    found: dict[str, dict[str, Any]] = {}
    for one in recipes:
        path = PurePath(one.path)
        name = stem = path.stem if one.path != "-" else "figure"
        count = 1
        while name in found:
            count += 1
            name = f"{stem}-{count}"
        found[name] = one.words
        if path.suffix.lower() not in ("", ".png") or count > 1:
            found[name]["output"] = f"{name}{path.suffix}"
    return found


def table(name: str, words: dict[str, Any]) -> str:
    """The words as the table `name`: texts, numbers, booleans, and lists of texts."""
    lines = [f"[{_key(name)}]"]
    lines += [_line(key, value) for key, value in words.items()]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _line(key: str, value: Any) -> str:
    whole = f"{_key(key)} = {_value(value)}"
    if not isinstance(value, list) or len(whole) <= _WIDE:
        return whole
    return f"{_key(key)} = [\n" + "".join(f"  {_value(part)},\n" for part in value) + "]"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str) and "\n" in value:  # a table: a line a row, as in its file
        lines = ("".join(map(_letter, line)) for line in value.split("\n"))
        return '"""\n' + "\n".join(lines) + '"""'
    if isinstance(value, str):
        return _quoted(value)
    return repr(value)


def _quoted(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    """A letter as it is, or escaped if it has a meaning there, or cannot be seen."""
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
