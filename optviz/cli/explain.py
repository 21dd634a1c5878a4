"""`optviz explain`."""

from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="NAME", help="an optimizer (optviz list optimizers)")]


def command(name: Name) -> None:
    """Print one optimizer's card: equations, settings, dialects, reference, where it fails."""
    from optviz import catalog

    print(catalog.card(name))
