"""What could be typed as the value of an option: names of optimizers, presets, columns, …

The shell waits for an answer, so names come from files (`registry.stems`, `_source_names`), and
nothing that loads NumPy is imported. One more kind of value is an entry in `VALUES`.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import typer

from optviz.cli import _source_names as source
from optviz.cli._line import ARGUMENTS
from optviz.errors import OptvizError
from optviz.files.suffixes import TABLES
from optviz.registry import stems

Typed = dict[str, Any]  # the values of the options and arguments before the one that is completed
Values = Callable[[Typed, str], Iterable[str]]

OPTIMIZERS, SCHEDULES = "optviz.optimizers", "optviz.schedules"
FILES = ("PATH", "FILE", "DIR", "FILE...", "[FILE]...")  # values that the shell itself completes


def optimizers(_typed: Typed, word: str) -> Iterable[str]:
    """`adam`, `adam@torch`, `adam@torch:lr=`; several with commas between."""
    before, colon, settings = word.rpartition(":")
    if colon:
        rule = before.rpartition(",")[2]
        return _after_comma(f"{before}:", settings, _settings_of(rule))
    begin, comma, last = word.rpartition(",")
    name, at, _ = last.partition("@")
    found = (
        (f"{name}@{dialect}" for dialect in source.keys(OPTIMIZERS, name.lower(), "dialects"))
        if at
        else stems(OPTIMIZERS)
    )
    return [begin + comma + one for one in found]


def _settings_of(rule: str) -> list[str]:
    """`eta=`, `beta1=`, …; after a dialect its library's own words before them."""
    name, _, library = rule.strip().lower().partition("@")
    theirs = source.spellings(OPTIMIZERS, name, library)
    ours = ["eta", *source.settings(OPTIMIZERS, name)]
    return [f"{key}=" for key in dict.fromkeys([*theirs, *ours])]


def _after_comma(begin: str, settings: str, keys: list[str]) -> list[str]:
    """The settings that are not there yet; the schedules where one is a rate."""
    before, comma, last = settings.rpartition(",")
    key, sign, _ = last.partition("=")
    if sign and key in ("eta", "lr", "learning_rate"):
        return [f"{begin}{before}{comma}{key}={name}(" for name in stems(SCHEDULES)]
    present = {part.partition("=")[0] for part in before.split(",")}
    return [f"{begin}{before}{comma}{one}" for one in keys if one[:-1] not in present]


def objectives(_typed: Typed, word: str) -> Iterable[str]:
    """Presets, `quadratic(`, or a file after `@`."""
    if word.startswith("@"):
        suffixes = (*TABLES, *source.entries("optviz.objectives.quadratic_file", "READERS"))
        return [f"@{path}" for path in paths(word[1:], suffixes)]
    quadratics = source.entries("optviz.objectives.presets", "QUADRATICS")
    famous = source.entries("optviz.objectives.famous", "FAMOUS")
    return [*quadratics, *famous, "quadratic(", "@"]


def paths(word: str, suffixes: tuple[str, ...]) -> list[str]:
    """Files that end so, and folders, that begin as typed."""
    folder, begin = os.path.split(word)
    found = []
    with suppress(OSError), os.scandir(os.path.expanduser(folder) or ".") as entries:  # noqa: PTH111
        for entry in entries:
            hidden = entry.name.startswith(".") and not begin.startswith(".")
            if entry.name.startswith(begin) and not hidden:
                path = os.path.join(folder, entry.name)  # noqa: PTH118
                if entry.is_dir():
                    found.append(f"{path}/")
                elif entry.name.lower().endswith(suffixes):
                    found.append(path)
    return sorted(found)


def columns(typed: Typed, _word: str) -> Iterable[str]:
    """The columns of the table after `-f @`."""
    from optviz.files import table

    path = str(typed.get("objective") or "")
    with suppress(OptvizError):
        if text := _text(path[1:]) if path.startswith("@") else "":
            return [name for name in table.opened(text, path, headed=True).names if name]
    return []


def figures_of_specs(typed: Typed, _word: str) -> Iterable[str]:
    """The names of the figures in the batch files that are named."""
    from optviz.files import parse

    names: list[str] = []
    for path in typed.get("files") or ():
        with suppress(OptvizError, ValueError):
            text = _text(path)
            table = parse.toml_table(text) if path.endswith(".toml") else parse.json_value(text)
            names += [name for name, value in table.items() if isinstance(value, dict)]
    return [name for name in names if name != "defaults"]


def _text(path: str) -> str:
    """The text of a regular file that is read in no time, "" of any other. Raises `OptvizError`."""
    from optviz import files
    from optviz.files import limits

    return files.decoded(files.reading(path, limits.MB), path) if files.is_regular(path) else ""


def axes(typed: Typed, word: str) -> Iterable[str]:
    """`eta=log(`, …: the settings of the optimizers, and what objective and start have."""
    name, sign, _ = word.partition("=")
    if sign:
        return [f"{name}={grid}" for grid in ("log(", "lin(", "[")]
    return [*_common_settings(typed), "angle=", "kappa=", "start="]


def _common_settings(typed: Typed) -> list[str]:
    """The settings of all optimizers that are typed, of gd, momentum and adam without any."""
    rules = [rule for name in ("opt", f"opt{ARGUMENTS}") for rule in typed.get(name) or ()]
    rules = rules or ["momentum", "rmsprop", "adam"]
    names = [part for rule in rules for part in rule.partition(":")[0].split(",")]
    return list(dict.fromkeys(key for name in names for key in _settings_of(name)))


def formats() -> list[str]:
    """The formats of pictures and of data."""
    return [*stems("optviz.render.formats"), *stems("optviz.records")]


def _themes(_typed: Typed, word: str) -> Iterable[str]:
    named = source.entries("optviz.render.draw.theme", "THEMES")
    return [*named, "auto", *paths(word, (".toml",))]


def _gradients(_typed: Typed, _word: str) -> Iterable[str]:
    return [name if name == "exact" else f"{name}(" for name in stems("optviz.gradients")]


def _rows(_typed: Typed, word: str) -> Iterable[str]:
    from optviz import figures

    begin, comma, _ = word.rpartition(",")
    return [begin + comma + name for name in figures.trajectory_kinds()]


def _plotted() -> Iterable[str]:
    from optviz import figures

    return figures.plotted()


def _languages() -> Iterable[str]:
    from optviz import phrases

    return phrases.languages()


def _kinds() -> Iterable[str]:
    from optviz.errors.name_synonyms import KINDS

    return KINDS


def _topics() -> Iterable[str]:
    from optviz import help
    from optviz.cli._commands import commands

    return [*help.topics(), *commands()]


def _losses() -> Iterable[str]:
    from optviz.errors.name_synonyms import NAMES

    return dict.fromkeys(name for names in NAMES["loss"].values() for name in names)


def _names(names: Callable[[], Iterable[str]]) -> Values:
    return lambda _typed, _word: names()


VALUES: dict[str, Values] = {
    "opt": optimizers,
    "names": lambda typed, word: [*optimizers(typed, word), *stems(SCHEDULES)],
    "objective": objectives,
    "eta": _names(lambda: [f"{name}(" for name in stems(SCHEDULES)]),
    "schedule": _names(lambda: [f"{name}(" for name in stems(SCHEDULES)]),
    "param": lambda typed, _word: _common_settings(typed),
    "gradient": _gradients,
    "target": columns,
    "loss": _names(_losses),
    "over": axes,
    "rows": _rows,
    "at": _names(lambda: ["minimum", "critical"]),
    "theme": _themes,
    "lang": _names(_languages),
    "format": _names(formats),
    "executor": _names(lambda: ["processes", "dask"]),
    "pace": _names(lambda: ["even", "progress"]),
    "only": figures_of_specs,
    "documents": lambda _typed, word: paths(word, (".md", ".markdown")),
    "what": _names(_plotted),
    "kind": _names(_kinds),
    "topic": _names(_topics),
}


Complete = Callable[[typer.Context, str], list[str]]


def complete(name: str, choices: Iterable[str] = ()) -> Complete | None:
    """What Typer calls for the value of an option: its choices, or what `VALUES` has."""
    values = VALUES.get(name)
    if not choices and values is None:
        return None

    def found(ctx: typer.Context, incomplete: str) -> list[str]:
        return list(values(ctx.params, incomplete) if values else choices)

    return found
