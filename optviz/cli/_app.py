"""The command line as Typer has it, made of the commands that are asked for."""

import importlib
import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Exit

from optviz.cli._commands import about
from optviz.cli._pages import CommandPage, RootPage
from optviz.cli._shells import Install, Show
from optviz.registry import stems

if TYPE_CHECKING:
    from optviz.figures import Kind


def _print_version(asked: bool) -> None:
    if asked:
        from optviz import __version__
        from optviz.cli import _console

        _console.show(f"optviz {__version__}")
        sys.stdout.flush()  # a full disk is met before the exit
        raise Exit


Version = Annotated[
    bool,
    typer.Option("--version", help="print the version", is_eager=True, callback=_print_version),
]


Draw = Callable[["type[Kind[Any]]"], Callable[..., Any]]


def app(names: tuple[str, ...], draw: Draw | None = None) -> typer.Typer:
    """The command line with the commands `names`; each module holds its own as `command`.

    `draw` makes those of figure kinds, in the place of `_drawing.command`.
    """
    # Plain help: rich boxes take twice the time and wrap and colour messages in files.
    made = typer.Typer(
        name="optviz",
        cls=RootPage,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @made.callback()
    def root(
        version: Version = False, install_completion: Install = False, show_completion: Show = False
    ) -> None:
        """Draw how optimizers move: contour traces and effective learning-rate curves."""

    for name in names:
        examples = about(name).examples
        made.command(name, cls=CommandPage, epilog=examples)(_command(name, draw))
    return made


@cache
def group(names: tuple[str, ...], draw: Draw | None = None) -> TyperGroup:
    """The same as what Typer runs: its parameters, and its `commands` by name.

    The lines of a document run in one process, and share it.
    """
    made = typer.main.get_command(app(names, draw))
    assert isinstance(made, TyperGroup)
    return made


def _command(name: str, draw: Draw | None) -> Callable[..., Any]:
    if name in stems("optviz.figures"):
        from optviz import figures
        from optviz.cli import _drawing

        return (draw or _drawing.command)(figures.registry[name])
    command: Callable[..., Any] = importlib.import_module(f"optviz.cli.{name}").command
    return command


def page(name: str) -> str:
    """The page of help of a command."""
    root = group((name,))
    with root.make_context("optviz", [name, "--help"], resilient_parsing=True) as context:
        one = root.commands[name]
        return one.get_help(typer.Context(one, parent=context, info_name=name))
