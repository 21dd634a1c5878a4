"""Kinds of which a table says all: objectives, figures, formats."""

from optviz import catalog
from optviz.objectives import PRESETS
from optviz.reference.markup import code, escape, table
from optviz.text.settings import show


def objectives() -> str:
    """The presets of -f, with the start and the steps that they bring."""
    rows = [
        [
            code(name),
            code(preset.text),
            escape(preset.says),
            code(",".join(map(show, preset.start))),
            str(preset.steps),
            escape(preset.source),
        ]
        for name, preset in sorted(PRESETS.items())
    ]
    head = ("name", "f", "what it shows", "start", "steps", "source")
    return "\n".join(table(head, rows))


def entries(kind: str) -> str:
    """The entries of a kind as `optviz list` has them: name, meaning, source."""
    rows = [[code(e.name), escape(e.says), escape(e.source)] for e in catalog.entries(kind)]
    return "\n".join(table(("name", "what it is", "source"), rows))
