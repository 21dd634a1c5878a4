"""Errors of Typer's as sentences of ours, and the flags that errors name."""

import typer
from typer.exceptions import TyperException

from optviz.cli._app import group
from optviz.cli._commands import about, commands

_SHOWN = 400  # characters of a message of Typer's, which repeats what was typed
_WANTED = {"int": "a whole number is", "float": "a number is", "boolean": "yes or no is"}


def sentence(error: TyperException) -> str:
    """Typer's message in our form: one line, no capital, no full stop."""
    line = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, typer.BadParameter) and error.param:
        value, found, kind = error.message.partition(" is not a valid ")
        wanted = _WANTED.get(kind.partition(".")[0])
        if found and wanted:
            return f"{error.param.name}: {value[:_SHOWN]} given, {wanted} wanted"
        if not error.message and error.ctx and (example := _example(str(error.ctx.info_name))):
            return f"{line[:1].lower()}{line[1:_SHOWN]}, as in {example}"
    return line[:1].lower() + line[1:_SHOWN]


def _example(command: str) -> str:
    """The first example of a command's help that is one line, or ""."""
    if command not in commands():
        return ""
    lines = map(str.strip, about(command).examples.splitlines())
    own = (line for line in lines if line.startswith(f"optviz {command} ") and line[-1] != "\\")
    return next(own, "")


def flags() -> dict[str, set[str]]:
    """The flags of each command."""
    return {
        name: {flag for p in command.params for flag in (*p.opts, *p.secondary_opts)}
        for name, command in group(commands()).commands.items()
    }
