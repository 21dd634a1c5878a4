"""The command line: read, build a spec, call, write; a command is a file here or a figure kind."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, Exit, TyperException

from optviz.errors import OptvizError, Unfit, UnknownName
from optviz.registry import stems


def _print_version(asked: bool) -> None:
    if asked:
        from optviz import __version__
        from optviz.cli import _console

        _console.show(f"optviz {__version__}")
        sys.stdout.flush()  # a full disk is met before the exit
        raise Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", help="Print the version and exit.", is_eager=True, callback=_print_version
    ),
]


def commands() -> tuple[str, ...]:
    """The names of all commands: the files of this folder, and the figure kinds."""
    return tuple(sorted({*stems("optviz.cli"), *stems("optviz.figures")}))


def _command(name: str) -> Callable[..., Any]:
    if name in stems("optviz.figures"):
        from optviz import figures
        from optviz.cli import _drawing

        return _drawing.command(figures.registry[name])
    command: Callable[..., Any] = importlib.import_module(f"optviz.cli.{name}").command
    return command


def app(names: tuple[str, ...]) -> typer.Typer:
    """The command line with the commands `names`; each module holds its own as `command`."""
    # Plain help: rich boxes take twice the time and wrap and colour messages in files.
    made = typer.Typer(
        name="optviz",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @made.callback(epilog="optviz COMMAND --help tells more of each.")
    def root(version: Version = False) -> None:
        """Draw how optimizers move: contour traces and effective learning-rate curves."""

    for name in names:
        made.command(name)(_command(name))
    return made


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
        return _say(_sentence(error), 2)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, Abort):
        return 130
    except MemoryError:
        return _say("not enough memory", 1)
    except Exception as error:
        return _say(_unexpected(error), 1)


def _unexpected(error: Exception) -> str:
    try:
        from optviz.errors import bug

        return str(bug.diagnose(error))
    except MemoryError:
        return "not enough memory"


def _run(arguments: list[str]) -> int:
    known, first = commands(), arguments[0]
    if "_OPTVIZ_COMPLETE" in os.environ:  # the shell asks what could come next
        app(known)(prog_name="optviz")
    if first not in known and first not in _OF_ROOT:
        from optviz.cli import _meant

        arguments = _meant.first_words(arguments, known)
    _refuse_unknown_variables(known)
    names = (first,) if first in known else known
    group = typer.main.get_command(app(names))
    assert isinstance(group, TyperGroup)
    if first in known:
        from optviz.cli import _line

        parameters = group.commands[first].params
        arguments = [first, *_line.rewritten(first, parameters, arguments[1:], flags)]
    # Not by calling the app: that turns a closed pipe into exit status 1.
    with group.make_context("optviz", arguments) as context:
        status = context.command.invoke(context)
    return status if isinstance(status, int) else 0


def _refuse_unknown_variables(commands: tuple[str, ...]) -> None:
    """Raises `UnknownName` for a variable OPTVIZ_… that is no option of any command."""
    given = [name for name in os.environ if name.startswith(_OURS) and name != f"{_OURS}DEBUG"]
    if not given:
        return
    from optviz.cli._options import variables

    group = typer.main.get_command(app(commands))
    assert isinstance(group, TyperGroup)
    options = (p for command in group.commands.values() for p in command.params)
    names = {p.name for p in options if p.name and p.param_type_name == "option"}
    known = sorted(variable for name in names for variable in variables(name))
    for name in given:
        if name not in known:
            raise UnknownName("variable", name, known)
    for option in names:
        first, *more = [name for name in variables(option) if os.environ.get(name)] or [""]
        if more:
            raise Unfit(f"{first} and {more[0]} are one option; set one of them")


_OURS = "OPTVIZ_"
_OF_ROOT = ("-h", "--help", "--version", "--install-completion", "--show-completion")
_SHOWN = 400  # characters of a message of Typer's, which repeats what was typed
_WANTED = {"int": "a whole number is", "float": "a number is", "boolean": "yes or no is"}


def _sentence(error: TyperException) -> str:
    """Typer's message in our form: one line, no capital, no full stop."""
    line = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, typer.BadParameter) and error.param:
        value, found, kind = error.message.partition(" is not a valid ")
        wanted = _WANTED.get(kind.partition(".")[0])
        if found and wanted:
            return f"{error.param.name}: {value[:_SHOWN]} given, {wanted} wanted"
    return line[:1].lower() + line[1:_SHOWN]


def flags() -> dict[str, set[str]]:
    """The flags of each command."""
    group = typer.main.get_command(app(commands()))
    assert isinstance(group, TyperGroup)
    return {
        name: {flag for p in command.params for flag in (*p.opts, *p.secondary_opts)}
        for name, command in group.commands.items()
    }


def _say(message: str, status: int) -> int:
    from optviz.cli import _console

    _console.say(f"optviz: {message}")
    return status
