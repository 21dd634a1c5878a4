"""What `optviz list schedules` and `optviz explain` say of a schedule."""

import inspect
import textwrap
from dataclasses import MISSING, fields

from optviz.schedules._library_schedule import LibrarySchedule
from optviz.schedules._schedule import Schedule
from optviz.text.settings import show

_NAME, _WIDTH = 54, 100  # columns of a call in a list, and of a card


def group(kind: type[Schedule]) -> str:
    """The library with its version, or "plain"."""
    return kind.source.partition(";")[0] if issubclass(kind, LibrarySchedule) else "plain"


def short_call(kind: type[Schedule]) -> str:
    """The name with those of its main arguments that have room: `StepLR(lr,step_size,…)`."""
    defaults = kind.defaults()
    names = [name for name, default in defaults.items() if default is MISSING]
    for count in range(len(names), -1, -1):
        more = ["…"] if count < len(defaults) else []
        call = f"{kind.word()}({','.join([*names[:count], *more])})"
        if len(call) <= _NAME:
            break
    return call


def card(kind: type[Schedule]) -> list[str]:
    """The formula, the arguments with their defaults, and where the form comes from, as lines."""
    lines = [f"{kind.word()}  ({group(kind)})", "", f"{kind.says[0].upper()}{kind.says[1:]}.", ""]
    indent = " " * 4
    lines += textwrap.wrap(kind.formula, _WIDTH, initial_indent=indent, subsequent_indent=indent)
    for paragraph in (inspect.getdoc(kind) or "").replace("`", "").split("\n\n"):
        lines += ["", *textwrap.wrap(paragraph, _WIDTH)]
    lines += ["", "Arguments, in order", *_arguments(kind), *_ignored(kind)]
    if issubclass(kind, LibrarySchedule):
        lines += ["", f"The rates are those of {group(kind)}, to 12 digits."]
    return [*lines, "", f"Source: {kind.source}"]


def _arguments(kind: type[Schedule]) -> list[str]:
    """A line each: name, default, symbol, meaning and range."""
    rows = []
    for f in fields(kind):
        meaning = kind.settings()[f.name]
        usual = "" if f.default is MISSING else f"={show(f.default)}"
        limits = " | ".join(meaning.choices) or (meaning.within and meaning.range_text(f.name))
        rows.append((f.name + usual, meaning.symbol, meaning.says, limits))
    width, symbol = (max(len(row[i]) for row in rows) for i in (0, 1))
    return [
        f"    {name.ljust(width)}  {sign.ljust(symbol)}  {says}" + (f"  ({limits})" * bool(limits))
        for name, sign, says, limits in rows
    ]


def _ignored(kind: type[Schedule]) -> list[str]:
    names = ignored_arguments(kind)
    start = "Passed over, and refused with other values: "
    return ["", *textwrap.wrap(start + ", ".join(names), _WIDTH)] if names else []


def ignored_arguments(kind: type[Schedule]) -> list[str]:
    """The library's other arguments, with the values that are passed over."""
    names = []
    for name, argument in kind.library_arguments().items():
        values = argument.harmless
        names.append(name if values is None else f"{name}={show(values[0])}")
    return names
