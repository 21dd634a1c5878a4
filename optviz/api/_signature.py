"""Signatures and help of the functions, from the options of figure kinds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import Field
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from optviz.api import _examples, _workers
from optviz.spec import COMMON, RunSpec
from optviz.spec.in_python import in_python
from optviz.spec.kind_options import options_of
from optviz.text.options import default_text, options, type_name

if TYPE_CHECKING:
    from optviz.figures import Kind

FORM = {"c": "with a matrix Q as objective: the linear part", "b": "likewise, the constant"}
_AX = "axes of matplotlib to draw a figure of one panel into"
_RETURNS = "Returns a Figure, which shows itself in a notebook; .save(path) writes it."
_LIKE = {
    "objective": "ObjectiveLike",
    "opt": "OptimizersLike",
    "start": "StartLike",
    "at": "StartLike",
    "executor": "str | Executor",
}


class Hint(str):
    """A type as a signature shows it, without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _fields(kind: "type[Kind[Any]]") -> "dict[str, Field[Any]]":
    """What a function of a kind takes: its options, and who does the work."""
    return {**options_of(kind), **_workers.fields(kind.lacks)}


def run_fields() -> "dict[str, Field[Any]]":
    """What `run` takes."""
    walked = {name: f for name, f in options(RunSpec).items() if name != "log"}
    return {**walked, **_workers.fields()}


def positional(kind: "type[Kind[Any]]") -> tuple[str, ...]:
    """The options that may stand without their names."""
    names = (kind.argument,) if kind.argument else ("objective", "opt")
    return tuple(name for name in names if name in options_of(kind))


def hint(f: "Field[Any]") -> Hint:
    """The type of an option as Python writes it: what a call takes, not what the spec keeps."""
    if f.name in _LIKE:
        return Hint(f"{_LIKE[f.name]} | None")
    if f.metadata["choices"]:
        choices = ", ".join(f'"{choice}"' for choice in f.metadata["choices"])
        return Hint(f"Literal[{choices}] | None")
    kind = type_name(f).removesuffix(" | None")
    if kind in ("bool", "int", "float"):
        return Hint(f"{kind} | None")
    if "tuple" in kind:
        named = "=" in f.metadata["value"]
        return Hint("PairsLike | None" if named else "TextsLike | None")
    if f.name == "size" or "," in f.metadata["value"]:
        return Hint("NumbersLike | None")
    return Hint("RateLike | None" if f.name in COMMON else "str | None")


def parameters(
    fields: "Mapping[str, Field[Any]]", first: tuple[str, ...], ax: bool = True
) -> Iterator[Parameter]:
    """The parameters of a function: those without names, then the others by name."""
    for name in first:
        yield Parameter(
            name,
            Parameter.POSITIONAL_OR_KEYWORD,
            default=_default(fields[name]),
            annotation=hint(fields[name]),
        )
    if "objective" in fields:
        yield _keyword("c", Hint("NumbersLike | None"))
        yield _keyword("b", Hint("float | None"))
    for name, f in fields.items():
        if name not in first:
            yield _keyword(name, hint(f), _default(f))
    if ax:
        yield _keyword("ax", Hint("Axes | None"))


def _keyword(name: str, kind: Hint, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _default(f: "Field[Any]") -> Any:
    return None if f.default == () else f.default


def of(kind: "type[Kind[Any]]") -> Signature:
    """The signature of the function of a kind."""
    found = list(parameters(_fields(kind), positional(kind)))
    return Signature(found, return_annotation=Hint("Figure"))


def of_run(first: tuple[str, ...]) -> Signature:
    """The signature of `run`."""
    found = list(parameters(run_fields(), first, ax=False))
    return Signature(found, return_annotation=Hint("Trajectory | list[Trajectory]"))


def doc(kind: "type[Kind[Any]]") -> str:
    """The help of the function of a kind: one line an option."""
    fields = _fields(kind)
    examples = _examples.lines(kind.word(), kind.examples, fields, positional(kind))
    options = [*option_lines(fields), f"  ax: {_AX}"]
    lines = [kind.does, "", _RETURNS, "", "Keywords:", *options, "", "Examples:", *examples, ""]
    return "\n".join(lines)


def option_lines(fields: "Mapping[str, Field[Any]]") -> list[str]:
    """A line an option: what it is, and its default where that is no plain value."""
    lines = [_line(f) for f in fields.values()]
    return [*lines, *(f"  {name}: {says}" for name, says in FORM.items() if "objective" in fields)]


def _line(f: "Field[Any]") -> str:
    usual = default_text(f)
    return f"  {f.name}: {says(f)}" + (f" ({usual})" if usual else "")


def says(f: "Field[Any]") -> str:
    """What an option is, in the words of Python."""
    return re.sub("[;,] repeatable", ", or a list", in_python(f.metadata["says"]))
