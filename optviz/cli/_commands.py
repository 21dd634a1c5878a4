"""What commands there are: each is a file of this folder, or a figure kind."""

import importlib
from typing import NamedTuple

from optviz.registry import stems

GROUPS = ("Draw", "Data", "Files and batches", "Learn")


def commands() -> tuple[str, ...]:
    """The names of all commands: the files of this folder, and the figure kinds."""
    return tuple(sorted({*stems("optviz.cli"), *stems("optviz.figures")}))


class About(NamedTuple):
    """What pages of help say of a command besides its options."""

    does: str
    group: str
    examples: str


def about(name: str) -> About:
    """The facts of a command: a figure kind has them as attributes, a file here as constants."""
    if name in stems("optviz.figures"):
        from optviz import figures

        kind = figures.registry[name]
        return About(kind.does, kind.group, kind.examples)
    module = importlib.import_module(f"optviz.cli.{name}")
    return About(module.command.__doc__ or "", module.GROUP, module.EXAMPLES)


def summaries() -> dict[str, list[tuple[str, str]]]:
    """Every command with the first line of its help, in groups."""
    groups: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for name in commands():
        does, group, _ = about(name)
        groups.setdefault(group, []).append((name, does.partition("\n")[0]))
    return groups
