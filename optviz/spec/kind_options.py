"""Which options each figure kind has, and which word names the kind."""

from collections.abc import Mapping
from dataclasses import Field
from typing import Any

from optviz import figures
from optviz.errors import ForeignOption, OptvizError, Unfit, UnknownName
from optviz.figures import Kind
from optviz.spec import FilmSpec, LookSpec, RunSpec
from optviz.text import options

Options = Mapping[str, Field[Any]]

KIND = ("figure", "command", "view")  # the words that name the kind
PAGES = ("fragment", "slider")  # options of pages, in which what moves can be moved
FRAMES = ("fit", "lock", "equal")  # values of `view` that are a frame, not a kind


def groups(kind: type[Kind[Any]]) -> list[Options]:
    """The options of a kind: of what runs, its own, of the look, and of films if it moves."""
    film = options.options(FilmSpec) if kind.moves else {}
    still = () if kind.moves else PAGES
    look = {n: f for n, f in options.options(LookSpec).items() if n not in still}
    own = (options.options(RunSpec), kind.options(), look, film)
    lacks = kind.lacks if kind.draws_training() else kind.lacks | {"log"}
    return [{n: f for n, f in group.items() if n not in lacks} for group in own]


def options_of(kind: type[Kind[Any]]) -> dict[str, Field[Any]]:
    """Every option of a kind, by name."""
    return {name: f for group in groups(kind) for name, f in group.items()}


def all_keys() -> set[str]:
    """Every key that the table of a figure of some kind may have."""
    return {*KIND, *(name for kind in figures.registry for name in options_of(kind))}


def kinds_with(option: str) -> tuple[str, ...]:
    """The kinds that have an option of this name."""
    return tuple(kind.word() for kind in figures.registry if option in options_of(kind))


def split(table: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The kind that a table names, None for none, and its options; `view` may be the frame."""
    values = {key.replace("-", "_"): value for key, value in table.items()}
    kind_keys = [key for key in KIND if key in values and values[key] not in FRAMES]
    kind = values.pop(kind_keys[0]) if kind_keys else None
    if "view" in values and "frame" not in values:
        values["frame"] = values.pop("view")
    return kind, values


def unknown(option: str, kind: str) -> OptvizError:
    """The error for an option that the kind of this name does not have."""
    if option in KIND:
        return Unfit(
            f"{option}: another word for figure or frame, which is there too; leave one out"
        )
    if kinds := kinds_with(option):
        return ForeignOption(option, kind, kinds)
    return UnknownName(f"option of {kind}", option, options_of(figures.registry[kind]))
