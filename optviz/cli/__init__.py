"""The command line: read, build a spec, call, write; a command is a file here or a figure kind."""

import os
import sys

from typer.exceptions import Abort, Exit, TyperException

from optviz.cli._app import group, page
from optviz.cli._commands import About, about, commands, summaries
from optviz.cli._refusals import flags, sentence
from optviz.errors import OptvizError, Unfit, UnknownName

TYPE_CHECKING = False  # typing itself would take 10 ms
if TYPE_CHECKING:
    from typer.core import TyperGroup

    from optviz.documents import Shell

__all__ = [
    "About", "about", "commands", "document_lines", "flags", "group", "main", "page", "summaries",
]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Runs a command line, `--help` if there is none, and returns its exit status.

    Every error is one sentence.
    """
    try:
        status = _run(arguments or ["--help"])
        sys.stdout.flush()  # a full disk may come to light only now
        return status
    except Exit as leave:
        return leave.exit_code
    except OptvizError as error:
        return _say(str(error), error.exit_code)
    except TyperException as error:
        return _say(sentence(error), 2)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, Abort):
        return 130
    except MemoryError:
        return _say("not enough memory", 1)
    except Exception as error:
        return _say(_unexpected(error), 1)


def document_lines() -> "Shell":
    """The command line for the blocks of documents."""
    from optviz.cli._document_lines import DocumentLines

    return DocumentLines(main)


def _unexpected(error: Exception) -> str:
    try:
        from optviz.errors import bug

        return str(bug.diagnose(error))
    except MemoryError:
        return "not enough memory"


def _run(arguments: list[str]) -> int:
    known, first = commands(), arguments[0]
    if "_OPTVIZ_COMPLETE" in os.environ:  # the shell asks what could come next
        from optviz.cli import _completion

        return _completion.respond()
    if first not in known and first not in _OF_ROOT:
        from optviz.cli import _meant

        arguments = _meant.first_words(arguments, known)
        first = arguments[0]
    root = group((first,) if first in known else ())
    _refuse_unknown_variables(root, known)
    if first in known:
        from optviz.cli import _line

        parameters = root.commands[first].params
        arguments = [first, *_line.rewritten(first, parameters, arguments[1:], flags)]
    # Not by calling the app: that turns a closed pipe into exit status 1.
    with root.make_context("optviz", arguments) as context:
        status = context.command.invoke(context)
    return status if isinstance(status, int) else 0


def _refuse_unknown_variables(root: "TyperGroup", commands: tuple[str, ...]) -> None:
    """Raises `UnknownName` for a variable OPTVIZ_… that is no option of any command.

    The command that is asked for, in `root`, is enough where all of them are options of it.
    """
    given = {name for name in os.environ if name.startswith(_OURS) and name != f"{_OURS}DEBUG"}
    if not given:
        return
    known = _variables(root)
    if not given <= known.keys():
        known = _variables(group(commands))
    for name in given:
        if name not in known:
            raise UnknownName("variable", name, sorted(known))
    for spellings in map(known.get, given):
        first, *more = [name for name in spellings or () if os.environ.get(name)] or [""]
        if more:
            raise Unfit(f"{first} and {more[0]} are one option; set one of them")


def _variables(root: "TyperGroup") -> dict[str, list[str]]:
    """Each variable of the environment that is an option of a command, and all names of that."""
    from optviz.cli._options import variables

    options = (p for command in root.commands.values() for p in command.params)
    names = {p.name for p in options if p.name and p.param_type_name == "option"}
    return {name: spellings for spellings in map(variables, names) for name in spellings}


_OURS = "OPTVIZ_"
_OF_ROOT = ("-h", "--help", "--version", "--install-completion", "--show-completion")


def _say(message: str, status: int) -> int:
    from optviz.cli import _console

    _console.say(f"optviz: {message}")
    return status
