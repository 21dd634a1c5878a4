"""`optviz list`."""

from typing import Annotated

import typer

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]", help="optimizers, objectives, schedules, gradients, views or formats"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Markdown = Annotated[bool, typer.Option("--markdown", help="the optimizers as a Markdown table")]


def command(kind: Kind = None, json: Json = False, markdown: Markdown = False) -> None:
    """List optimizers, objectives, schedules, gradients, views or formats."""
    from optviz import catalog

    if markdown:
        print(catalog.table())
        return
    kinds = [kind] if kind else list(catalog.KINDS)
    found = {name: catalog.entries(name) for name in kinds}
    if json:
        from dataclasses import asdict
        from json import dumps

        shown = {name: [asdict(entry) for entry in entries] for name, entries in found.items()}
        print(dumps(shown, ensure_ascii=False))
        return
    for name, entries in found.items():
        if not kind:
            print(f"{name}:")
        width = min(max(len(entry.name) for entry in entries), 34)
        for entry in entries:
            source = f"  [{entry.source}]" if entry.source else ""
            print(f"  {entry.name.ljust(width)}  {entry.says}{source}")
