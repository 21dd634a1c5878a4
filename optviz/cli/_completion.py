"""The answer to a shell that asks what could come next on the command line.

The shell sends the line up to the cursor; the answer is one completion a line, or exit status
`FILES` where the shell itself knows best. `_shells` has the scripts of the shells.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from optviz.cli import _console, _values
from optviz.cli._app import group
from optviz.cli._commands import commands
from optviz.cli._shell_line import ShellLine

FILES = 10  # exit status: complete the name of a file
ASKS, LINE, BREAKS = "_OPTVIZ_COMPLETE", "_OPTVIZ_LINE", "_OPTVIZ_BREAKS"


def respond() -> int:
    """Prints the completions of the line that the shell sends; the exit status."""
    shell = os.environ[ASKS]
    breaks = os.environ.get(BREAKS, "") if shell == "bash" else ""
    line = ShellLine(os.environ.get(LINE, ""), breaks)
    found = completions(line.words[1:], line.word)
    if found is None:
        return FILES
    for one in filter(str.isprintable, dict.fromkeys(found)):  # one a line, whatever is in names
        _console.path(line.replacement(one) if shell == "bash" else one)
    return 0


def completions(words: list[str], word: str) -> list[str] | None:
    """The words that begin with `word` and could follow `words`; None for names of files."""
    if not words:
        return _beginning(word, [*commands(), *_flags(group(()))])
    if words[0] not in commands():
        return []
    command = group((words[0],)).commands[words[0]]
    assert isinstance(command, TyperCommand)
    place = _place(command, words[1:], word)
    if place.param is None:
        return _beginning(word, _flags(command))
    if place.param.metavar in _values.FILES:
        return None
    context = typer.Context(command)
    context.params.update(place.typed)
    found = [one.value for one in place.param.shell_complete(context, place.word)]
    if not found and (values := _values.VALUES.get(place.param.name or "")):
        found = _beginning(place.word, values(place.typed, place.word))
    return [f"{place.before}{one}" for one in found]


class Place(NamedTuple):
    """The option or argument that is completed, with its text after `before`; None for a flag."""

    param: "TyperOption | TyperArgument | None"
    word: str
    typed: dict[str, Any]
    before: str = ""


def _place(command: TyperCommand, words: list[str], word: str) -> Place:
    """Where the cursor is, and the values of the options and arguments before it."""
    options = {flag: p for p in command.params if isinstance(p, TyperOption) for flag in p.opts}
    places = [p for p in command.params if isinstance(p, TyperArgument)]
    typed: dict[str, Any] = {}
    open_option: TyperOption | None = None
    for one in words:
        flag, sign, value = one.partition("=")
        if open_option:
            _keep(typed, open_option, one)
            open_option = None
        elif flag in options and not options[flag].is_flag:
            open_option = None if sign else options[flag]
            _keep(typed, options[flag], value) if sign else None
        elif places and not one.startswith("-"):
            _keep(typed, places[0], one)
            del places[: 0 if places[0].nargs == -1 else 1]
    flag, sign, value = word.partition("=")
    if open_option:
        return Place(open_option, word, typed)
    if sign and flag.startswith("--") and flag in options and not options[flag].is_flag:
        return Place(options[flag], value, typed, f"{flag}=")
    if word.startswith("-") or not places:
        return Place(None, word, typed)
    return Place(places[0], word, typed)


def _keep(typed: dict[str, Any], param: "TyperOption | TyperArgument", value: str) -> None:
    many = getattr(param, "multiple", False) or param.nargs == -1
    typed[param.name or ""] = [*typed.get(param.name or "", []), value] if many else value


def _flags(command: Any) -> Iterator[str]:
    """The flags of a command as help shows them, `--help` among them."""
    for param in command.params:
        if isinstance(param, TyperOption) and not param.hidden:
            yield from [flag for flag in param.opts if flag.startswith("--")][:1]
            yield from param.secondary_opts
    yield "--help"


def _beginning(word: str, found: Iterable[str]) -> list[str]:
    return [one for one in found if one.startswith(word)]
