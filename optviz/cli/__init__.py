"""The command line: read, build a spec, call, write; one command a file. Errors are shown here."""

import importlib
import os
import sys
from pathlib import Path

import typer
from typer.exceptions import Abort, Exit, TyperException

from optviz.errors import OptvizError


def commands() -> tuple[str, ...]:
    """The names of all commands: the files of this folder."""
    return tuple(sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py")))


def app(names: tuple[str, ...]) -> typer.Typer:
    """The command line with the commands `names`; each module holds its own as `command`."""
    # Plain help: rich boxes take twice the time and wrap and colour messages in files.
    made = typer.Typer(
        name="optviz", rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )  # fmt: skip

    @made.callback(epilog="optviz COMMAND --help tells more of each.")
    def root(
        version: bool = typer.Option(False, "--version", help="Print the version and exit."),
    ) -> None:
        """Draw how optimizers move: contour traces and effective learning-rate curves."""
        if version:
            from optviz import __version__

            print(f"optviz {__version__}")
            raise Exit

    for name in names:
        module = importlib.import_module(f"optviz.cli.{name}")
        made.command(name)(module.command)
    return made


def main(arguments: list[str]) -> int:
    """Runs a command line and returns its exit status; every error is one sentence."""
    known = commands()
    first = arguments[0] if arguments else ""
    names = (first,) if first in known else known
    try:
        if "_OPTVIZ_COMPLETE" in os.environ:  # the shell asks what could come next
            app(known)(prog_name="optviz")
        # Not by calling the app: that turns a closed pipe into exit status 1.
        with typer.main.get_command(app(names)).make_context("optviz", arguments) as context:
            status = context.command.invoke(context)
        return status if isinstance(status, int) else 0
    except Exit as leave:
        return leave.exit_code
    except OptvizError as error:
        return _say(str(error), error.exit_code)
    except TyperException as error:
        message = _sentence(error.format_message())
        return _say(message, 2) if message else 2
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, Abort):
        return 130
    except MemoryError:
        return _say("not enough memory", 1)


def _sentence(message: str) -> str:
    """Typer's message in our form: one line, no capital, no full stop."""
    line = " ".join(message.split()).rstrip(".")
    return line[:1].lower() + line[1:]


def _say(message: str, status: int) -> int:
    print(f"optviz: {message}", file=sys.stderr)
    return status
