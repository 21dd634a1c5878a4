"""Help pages in plain text: options in groups, a line each, with their defaults; then examples."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from optviz.cli._commands import summaries

Row = tuple[str, str]  # what is typed, and what it means
HELP = "-h, --help"
_WIDEST, _GAP = 100, 2  # columns; longer lines are hard to read

INTRODUCTION = "optviz draws how optimizers move: their paths, learning rates and losses."
TRY = """\
The path of AdaGrad, as trace.png:
  optviz trace --opt adagrad --eta 0.4
Four optimizers side by side, their paths above their rates:
  optviz compare --opt gd,momentum,rmsprop,adam --eta 0.3 -o four.png
What theory says of an objective, before any run:
  optviz inspect -f "0.1x1^2 + 2x2^2"
"""


class CommandPage(TyperCommand):
    """A command whose `--help` is such a page; its examples are the epilog."""

    def get_help(self, ctx: Any) -> str:
        values = [p.metavar or "" for p in self.params if isinstance(p, TyperArgument)]
        usage = " ".join([ctx.command_path, "[OPTIONS]", *values])
        lines = [f"Usage: {usage}", "", *_indented(_paragraphs(self.help or ""))]
        rows = grouped(self)
        width = max((len(left) for table in rows.values() for left, _ in table), default=0)
        for heading, table in rows.items():
            lines += ["", heading, *_table(table, width)]
        if self.epilog:
            lines += ["", "Examples", *_indented(self.epilog.strip().splitlines())]
        return "\n".join([*lines, "", "In brackets: the default. Topics: optviz help"])


class RootPage(TyperGroup):
    """The program itself, whose `--help` has its commands in groups."""

    def get_help(self, ctx: Any) -> str:
        lines = [INTRODUCTION, "", "Three commands to try", *_indented(TRY.splitlines())]
        groups = summaries()
        width = max(len(name) for table in groups.values() for name, _ in table)
        for group, table in groups.items():
            lines += ["", group, *_table(table, width)]
        own = [_option(p) for p in self.params if isinstance(p, TyperOption)]
        lines += ["", "Options", *_table(own, _LEFT), "", "Read on", *_table(_READ_ON, _LEFT)]
        return "\n".join(lines)


_LEFT = 23
_READ_ON = [
    ("optviz COMMAND --help", "all options of a command, with examples"),
    ("optviz help", "topics: objectives, optimizers, films, batches, …"),
    ("optviz list", "all optimizers, objectives, schedules, formats, …"),
]


def grouped(command: TyperCommand) -> Mapping[str, list[Row]]:
    """The rows of a command's arguments and options under their headings, in order."""
    rows: dict[str, list[Row]] = {}
    for param in command.params:
        if isinstance(param, TyperArgument) and param.help:
            rows.setdefault("Arguments", []).append((param.metavar or "", param.help))
        elif isinstance(param, TyperOption) and not param.hidden:
            heading = param.rich_help_panel or f"Options of {command.name}"
            rows.setdefault(heading, []).append(_option(param))
    rows.setdefault(f"Options of {command.name}", []).append((HELP, "show this page"))
    return rows


def common(heading: str) -> bool:
    """Whether options under this heading are those of several commands."""
    return not heading.startswith(("Arguments", "Options of"))


def shared(commands: Sequence[TyperCommand]) -> Mapping[str, list[Row]]:
    """The options of several commands, each once, in the order of the one with most headings."""
    rows = {h: list[Row]() for h in max(map(grouped, commands), key=len) if common(h)}
    for command in commands:
        for heading, table in grouped(command).items():
            if common(heading):
                known = rows.setdefault(heading, [])
                known += [row for row in table if row not in known]
    return rows


def _option(param: TyperOption) -> Row:
    """Short and long flag with the value, without synonyms; the help with the default."""
    long = [flag for flag in param.opts if flag.startswith("--")][:1]
    short = [flag for flag in param.opts if not flag.startswith("--")]
    if param.secondary_opts:
        long = [f"--[no-]{flag.removeprefix('--')}" for flag in long]
    names = ", ".join([*short, *long])
    value = "" if param.is_flag else f" {param.metavar or 'TEXT'}"
    default = _default(param)
    return names + value, (param.help or "") + (f"  [{default}]" if default else "")


def _default(param: TyperOption) -> str:
    if isinstance(param.show_default, str):
        return param.show_default
    shown = param.show_default and not param.is_flag and param.default is not None
    return str(param.default) if shown else ""


_fixed: ContextVar[int | None] = ContextVar("fixed", default=None)


@contextmanager
def of_width(columns: int) -> Iterator[None]:
    """Pages of this width in the block, whatever the terminal is."""
    token = _fixed.set(columns)
    try:
        yield
    finally:
        _fixed.reset(token)


def columns() -> int:
    """The width of pages: that of the terminal, 80 in a pipe."""
    if (fixed := _fixed.get()) is not None:
        return fixed
    return max(40, min(shutil.get_terminal_size().columns, _WIDEST))


def _table(rows: Iterable[Row], width: int) -> list[str]:
    lines = []
    hanging = " " * (width + 2 * _GAP)
    for left, right in rows:
        begin = f"{' ' * _GAP}{left.ljust(width)}{' ' * _GAP}"
        wrapper = textwrap.TextWrapper(columns(), begin, hanging, break_on_hyphens=False)
        lines += wrapper.wrap(right)
    return lines


def _paragraphs(text: str) -> list[str]:
    """Paragraphs as lines of at most 80 columns, with empty lines between."""
    width = min(columns(), 80) - _GAP
    parts = [textwrap.wrap(part, width, break_on_hyphens=False) for part in text.split("\n\n")]
    return [line for part in parts for line in ["", *part]][1:]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"{' ' * _GAP}{line}".rstrip() for line in lines]
