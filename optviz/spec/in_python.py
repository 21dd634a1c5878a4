"""Sentences in the words of Python: `eta=0.1` for `--eta 0.1`, `help(optviz.trace)` for `--help`.

Errors are written for a command line. What raises them to a caller from Python sets their `wording`
to `in_python`, so that there is one place which knows how a flag is a keyword.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import Field
from functools import cache
from typing import Any

from optviz import figures, notes
from optviz.decimals import is_number
from optviz.errors import OptvizError
from optviz.spec.kind_options import options_of
from optviz.spec.work import WorkSpec
from optviz.text.options import options, type_name

_LINES = (
    (re.compile(r"optviz (\w++) --help"), r"help(optviz.\1)"),
    (re.compile(r"optviz batch ([A-Z]++)"), r'optviz.batch("\1")'),
)
_TOKEN = r"""(?:"[^"]*+"|'[^']*+'|[^\s;"']*[^\s;:,."'])"""
_FLAG = re.compile(
    r"(?P<write>\bwrite )?(?<![\w-])(?<!iconv )(?<!mkdir )"
    r"(?:--(?P<name>[a-z][a-z\d-]*+)|-(?P<short>[a-z]))"
    rf"(?![\w-])(?:[ =](?P<value>{_TOKEN}))?"
)
_WORDS = (
    "and",
    "for",
    "if",
    "is",
    "or",
    "out",
    "too",
    "where",
)  # which follow a flag, not its value
_VALUE = re.compile(r"[A-Z]+(\.\w+)?$|.*[\d@(=/…]")
_SHORTS = {"o": "output", "q": "quiet"}


def in_python(text: str) -> str:
    """The sentence with keywords for flags."""
    for line, call in _LINES:
        text = line.sub(call, text)
    return _FLAG.sub(_keyword, text)


@contextmanager
def spoken() -> Iterator[None]:
    """Notes of the block become warnings, and its errors speak of keywords."""
    try:
        with notes.warned():
            yield
    except OptvizError as error:
        error.wording = in_python
        raise


def _keyword(match: "re.Match[str]") -> str:
    """A flag, with its value if one follows, as a keyword."""
    before, value = match["write"] or "", match["value"] or ""
    name = _shorts().get(match["short"], "") if match["short"] else match["name"].replace("-", "_")
    if not name:
        return match[0]
    rest = match[0][match.start("value") - 1 - match.start() :] if value else ""
    field = _fields().get(name)
    if name == "output":
        path = value if _VALUE.match(value) else ""
        return f"{before}.save({_quoted(path or '…')}){'' if path else rest}"
    if field is not None and type_name(field).startswith("bool"):
        return f"{before}{name}=True{rest}"
    if value and value not in _WORDS and (before or _is_value(field, value)):
        return f"{before}{name}={_quoted(value)}"
    follows = rest or match.string[match.end() :]
    return f"{before}{name}{'' if follows.startswith((':', ' out')) else '='}{rest}"


def _is_value(field: "Field[Any] | None", value: str) -> bool:
    choices = field.metadata["choices"] if field is not None else (value,)
    return value in choices or bool(_VALUE.match(value))


def _quoted(value: str) -> str:
    return value if is_number(value) or value[0] in "\"'" else f'"{value}"'


@cache
def _fields() -> "dict[str, Field[Any]]":
    """Every keyword of some function."""
    found = {name: f for kind in figures.registry for name, f in options_of(kind).items()}
    return {**found, **options(WorkSpec)}


@cache
def _shorts() -> dict[str, str]:
    """The names of the flags of one letter: `f` is `objective`."""
    return _SHORTS | {
        f.metadata["short"][1:]: name for name, f in _fields().items() if f.metadata["short"]
    }
