"""`optviz list`."""

from typing import Annotated

import typer

from optviz.cli import _console
from optviz.errors import Unfit

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]", help="optimizers, objectives, schedules, gradients, figures or formats"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Markdown = Annotated[bool, typer.Option("--markdown", help="the optimizers as a Markdown table")]


def command(kind: Kind = None, json: Json = False, markdown: Markdown = False) -> None:
    """List optimizers, objectives, schedules, gradients, figures or formats."""
    from optviz import catalog

    if markdown and (json or kind not in (None, "optimizers")):
        raise Unfit("--markdown is for the optimizers alone; leave it out, or the others")
    if markdown:
        _console.show(catalog.table())
        return
    kinds = [kind] if kind else list(catalog.KINDS)
    found = {name: catalog.entries(name) for name in kinds}
    if json:
        from dataclasses import asdict

        _console.document({name: [asdict(one) for one in many] for name, many in found.items()})
        return
    for name, entries in found.items():
        if not kind:
            _console.show(f"{name}:")
        width = min(max(len(entry.name) for entry in entries), 34)
        for entry in entries:
            source = f"  [{entry.source}]" if entry.source else ""
            _console.show(f"  {entry.name.ljust(width)}  {entry.says}{source}")
