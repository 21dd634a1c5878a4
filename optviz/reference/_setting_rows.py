"""The settings of a rule, a schedule or a source of gradients as rows of a table."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from typing import Any

from optviz.reference.markup import code, escape
from optviz.text.setting import Setting
from optviz.text.settings import show

HEAD = ("setting", "", "default", "meaning", "range")


def rows(settings: Mapping[str, Setting], defaults: Mapping[str, Any]) -> Iterator[list[str]]:
    """A row each under `HEAD`: name, symbol, default, meaning, range; a required one has none."""
    for name, setting in settings.items():
        default = defaults.get(name, MISSING)
        symbol = "" if setting.symbol.replace(" ", "_") == name else setting.symbol
        shown = "" if default is MISSING else code(show(default))
        yield [code(name), escape(symbol), shown, escape(setting.says), _range(name, setting)]


def _range(name: str, setting: Setting) -> str:
    if setting.choices:
        return ", ".join(map(code, setting.choices))
    any_number = setting.within in ("", "(-inf, inf)")
    return "" if any_number else escape(setting.range_text(name))
