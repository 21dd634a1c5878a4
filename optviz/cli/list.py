"""`optviz list`."""

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from optviz.cli import _console
from optviz.cli._values import complete
from optviz.errors import Unfit, UnknownName
from optviz.errors.name_synonyms import KINDS

if TYPE_CHECKING:
    from optviz.catalog import Entry

GROUP = "Learn"
WRITES: tuple[str, ...] = ()  # options with which it prints no text
EXAMPLES = """
Everything that has a name:
  optviz list
The optimizers, each with what it is for:
  optviz list optimizers
The objectives that -f knows by name:
  optviz list objectives
What -o can write:
  optviz list formats
As JSON, for a program:
  optviz list schedules --json
As Markdown, for a document: an entry each, or a table:
  optviz list optimizers --markdown
"""

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]",
        help="optimizers, objectives, schedules, gradients, …",
        autocompletion=complete("kind"),
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Markdown = Annotated[
    bool, typer.Option("--markdown", help="print Markdown: all that is known of a kind")
]


def command(kind: Kind = None, json: Json = False, markdown: Markdown = False) -> None:
    """List all names of a kind, each with what it is for.

    KIND is optimizers, objectives, losses, schedules, gradients, figures, formats or languages; all
    without it.
    """
    try:
        if markdown:
            _console.show(_markdown(kind, json))
            return
        found = _entries(kind)
    except UnknownName as error:
        from optviz.cli import _elsewhere

        raise _elsewhere.error(error) from None
    if json:
        from dataclasses import asdict

        _console.document(
            {name: [_plain(asdict(one)) for one in many] for name, many in found.items()}
        )
        return
    for name, entries in found.items():
        if not kind:
            _console.show(f"{name}:")
        for group, members in groupby(entries, lambda entry: entry.group):
            if group:
                _console.show(f"{group}:" if kind else f"  {group}:")
            _show(list(members))


def _entries(kind: str | None) -> "dict[str, list[Entry]]":
    from optviz import catalog

    return {name: catalog.entries(name) for name in ([kind] if kind else KINDS)}


def _markdown(kind: str | None, json: bool) -> str:
    from optviz import reference

    if json:
        raise Unfit("--markdown and --json are two forms of one list; leave one out")
    if kind:
        return reference.markdown(kind)
    pages = [f"# {one.capitalize()}\n\n{reference.markdown(one)}" for one in KINDS]
    return "\n\n".join(pages)


def _show(entries: "list[Entry]") -> None:
    """A line an entry; names beyond the width push their line to the right."""
    names = [entry.short or entry.name for entry in entries]
    width = max(len(name) for name in names)
    width = width if entries[0].short else min(width, 34)
    for name, entry in zip(names, entries, strict=True):
        source = f"  [{entry.source}]" if entry.source and not entry.group else ""
        _console.show(f"  {name.ljust(width)}  {entry.says}{source}")


def _plain(entry: dict[str, str]) -> dict[str, str]:
    """An entry as data: without what only a list for people has."""
    return {k: v for k, v in entry.items() if k != "short" and (v or k != "group")}
