"""The options of a figure as a table of TOML, for a batch file."""

import re
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from optviz.recipe._picture_recipe import PictureRecipe

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 100


def tables(
    recipes: list[PictureRecipe], reserved: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """The options of each recipe by the stem of its file.

    A stem that is `reserved`, or that occurs before, gets a number.
    `output` is among them unless it is the default, a PNG of that name.
    """
    options: dict[str, dict[str, Any]] = {}
    for recipe in recipes:
        path = PurePath(recipe.path)
        name = stem = path.stem if recipe.path != "-" else "figure"
        count = 1
        while name in options or name in reserved:
            count += 1
            name = f"{stem}-{count}"
        options[name] = recipe.options
        if path.suffix.lower() not in ("", ".png") or count > 1:
            options[name]["output"] = f"{name}{path.suffix}"
    return options


def table(name: str, options: dict[str, Any]) -> str:
    """The options as the table `name`: texts, numbers, booleans, and lists of texts."""
    lines = [f"[{_key(name)}]"]
    lines += [_line(key, value) for key, value in options.items()]
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
    if isinstance(value, str) and "\n" in value:  # a table of data, with a line for each row
        lines = ("".join(map(_letter, line)) for line in value.split("\n"))
        return '"""\n' + "\n".join(lines) + '"""'
    if isinstance(value, str):
        return _quoted(value)
    return repr(value)


def _quoted(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    """A character, escaped if it is special in TOML or cannot be seen."""
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
