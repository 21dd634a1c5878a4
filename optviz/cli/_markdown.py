"""Help as Markdown, made from the same texts as `--help`, topics and the man page."""

from collections.abc import Iterable, Iterator

from typer.core import TyperCommand

from optviz import help
from optviz.cli._app import group
from optviz.cli._commands import commands
from optviz.cli._man import ENVIRONMENT
from optviz.cli._pages import HELP, Row, common, grouped, shared
from optviz.reference.markup import code, escape, fence, links, table


def topic(name: str) -> str:
    """A topic: its title as a heading, its paragraphs, and lines set in as they are."""
    title, _, text = help.text(name).partition("\n")
    return "\n".join([f"## {escape(title)}", "", *_text(text.strip("\n"))])


def command(name: str) -> str:
    """A command with all its options, as its `--help` has them."""
    one = _made((name,))[0]
    tables = [line for heading, rows in grouped(one).items() for line in _options(heading, rows)]
    return "\n".join([*_begin(one), *tables, *_examples(one)])


def page() -> str:
    """All commands with the options of their own; then the options that several have, once."""
    made = _made(commands())
    lines = [links(commands())]
    for one in made:
        lines += ["", *_begin(one)]
        for heading, rows in grouped(one).items():
            lines += [] if common(heading) else _options(heading, rows)
        lines += _examples(one)
    lines += ["", "## Options of several commands"]
    for heading, rows in shared(made).items():
        lines += _options(heading, rows)
    lines += ["", "## Environment", "", *table(("variable", "what it does"), _cells(ENVIRONMENT))]
    return "\n".join(lines)


def _made(names: tuple[str, ...]) -> list[TyperCommand]:
    return [one for one in group(names).commands.values() if isinstance(one, TyperCommand)]


def _begin(one: TyperCommand) -> list[str]:
    return [f"## {one.name}", "", *_text((one.help or "").strip())]


def _options(heading: str, rows: Iterable[Row]) -> list[str]:
    """A heading of its own where the options are those of several commands."""
    cells = [row for row in rows if row[0] != HELP]
    if not cells:
        return []
    above = ["", f"### {heading}"] if common(heading) else []
    first = "argument" if heading == "Arguments" else "option"
    return [*above, "", *table((first, "what it does"), _cells(cells))]


def _cells(rows: Iterable[Row]) -> Iterator[list[str]]:
    return ([code(left), escape(right)] for left, right in rows)


def _examples(one: TyperCommand) -> list[str]:
    return ["", *fence((one.epilog or "").strip().splitlines(), "text")] if one.epilog else []


def _text(text: str) -> list[str]:
    """Paragraphs, each in one line, and lines that are set in, as they are in a fence."""
    lines: list[str] = []
    for verbatim, part in help.blocks(text):
        shown = [line.removeprefix("  ") for line in part]
        lines += ["", *(fence(shown) if verbatim else [escape(" ".join(shown))])]
    return lines[1:]
