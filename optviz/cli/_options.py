"""Options made from the fields of dataclasses: a new field is a new option."""

import inspect
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass
from functools import partial
from typing import Annotated, Any, NamedTuple

import typer

from optviz.cli._line import ARGUMENTS
from optviz.cli._notes import noted
from optviz.cli._values import complete
from optviz.errors.synonyms import words_of
from optviz.text import options
from optviz.text.options import option

_output = partial(option, group="Output")


@dataclass(frozen=True)
class OutSpec:
    """Where results go."""

    output: tuple[str, ...] = _output(
        (), "file, its format by suffix, - for stdout; repeatable", "-o", "PATH"
    )
    format: str | None = _output(None, "format whatever the suffix", value="NAME")
    show: bool = _output(False, "show the picture in the terminal; write none without -o")
    json: bool = _output(False, "print one JSON document instead of the paths")
    quiet: bool = _output(False, "print nothing on standard error", "-q")
    strict: bool = _output(False, "exit with 4 if a run diverges")
    color: bool | None = _output(None, "colour the summary, whatever the terminal says")


class Group(NamedTuple):
    """Options that make one argument of a command."""

    fields: "Mapping[str, Field[Any]]"
    make: Callable[..., Any]


def takes(
    *groups: "type | Group", without: frozenset[str] = frozenset(), argument: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command options; it receives one argument for each of the groups, in order.

    A group is a dataclass, or the fields of one and what is made of their values. Options in
    `without` are left out. Arguments of the command are values of its repeatable option `argument`,
    into which `_line` turns them, in the order of the line. The command's own parameters come
    after the groups' arguments, declared as Typer wants them; one called `typed` receives the names
    of the options on the command line.
    """
    parts = [g if isinstance(g, Group) else Group(options.options(g), g) for g in groups]
    parts = [Group({n: f for n, f in p.fields.items() if n not in without}, p.make) for p in parts]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        own = list(inspect.signature(command).parameters.values())[len(parts) :]
        wants_typed = any(p.name == "typed" for p in own)
        own = [p for p in own if p.name != "typed"]

        def wrapped(context: typer.Context, **values: Any) -> Any:
            if listed := values.pop(f"{argument}{ARGUMENTS}", None):
                values[argument] = [*listed, *(values[argument] or ())]
            if wants_typed:
                sources = {name: context.get_parameter_source(name) for name in values}
                line = (n for n, source in sources.items() if source and source.name == _LINE)
                values["typed"] = frozenset(line)
            arguments = [
                part.make(**{name: _plain(f, values.pop(name)) for name, f in part.fields.items()})
                for part in parts
            ]
            with noted(quiet=bool(context.params.get("quiet"))):
                return command(*arguments, **values)

        context = inspect.Parameter(
            "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
        )
        own += [_argument(argument)] if argument else []
        flags = [_parameter(f) for part in parts for f in part.fields.values()]
        wrapped.__signature__ = inspect.Signature([context, *own, *flags])  # type: ignore[attr-defined]
        wrapped.__annotations__ = {p.name: p.annotation for p in [context, *own, *flags]}
        wrapped.__doc__ = command.__doc__
        return wrapped

    return decorate


_SWITCHES = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
_LINE = "COMMANDLINE"  # where a value may be from, besides the environment and the default
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


def _argument(name: str) -> inspect.Parameter:
    """The arguments that stand for an option."""
    word = "OPTIMIZER" if name == "opt" else name.upper()
    says = f"as --{name.replace('_', '-')}, in the order of the line"
    return inspect.Parameter(
        f"{name}{ARGUMENTS}",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[
            list[str] | None,
            typer.Argument(metavar=f"[{word}]...", help=says, autocompletion=complete(name)),
        ],
    )


def _parameter(f: "Field[Any]") -> inspect.Parameter:
    words = options.type_name(f)
    many, kind = "tuple" in words, next((t for n, t in _TYPES.items() if n in words), str)
    flag = options.flag_name(f)
    can_be_off = words == "bool | None" or f.default is True
    names = [f.metadata["short"]] if f.metadata["short"] else []
    names.append(f"{flag}/--no-{f.name}" if can_be_off else flag)
    info = typer.Option(
        *names, help=f.metadata["says"],
        envvar=None if many else variables(f.name), show_envvar=False,
        metavar=None if kind is bool else f.metadata["value"],
        show_default=options.default_text(f), rich_help_panel=f.metadata["group"] or None,
        autocompletion=complete(f.name, f.metadata["choices"]),
    )  # fmt: skip
    annotation: Any = list[str] | None if many else kind | None
    default = None if f.default is MISSING or many else f.default
    return inspect.Parameter(
        f.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[annotation, info],
    )


def _plain(f: "Field[Any]", value: Any) -> Any:
    """The value given; of a repeatable option all of them, else each line of the environment's."""
    if not isinstance(f.default, tuple):
        return value
    lines = _text_of(f).splitlines()  # Typer would split at each blank
    return tuple(value or filter(str.strip, lines))


def variables(name: str) -> list[str]:
    """The environment's names of an option."""
    words = [word for word in words_of(name) if len(word) > 1]
    return [f"OPTVIZ_{word.upper()}" for word in (name, *words)]


def from_environment(fields: "Mapping[str, Field[Any]]") -> dict[str, Any]:
    """The options that the environment sets, as a spec file would have them."""
    texts = {name: _text_of(f) for name, f in fields.items()}
    return {name: _value(fields[name], text) for name, text in texts.items() if text}


def _text_of(f: "Field[Any]") -> str:
    return next(filter(None, map(os.environ.get, variables(f.name))), "")


def _value(f: "Field[Any]", text: str) -> Any:
    """The text as the type of the field; as it is if it is none of that type, to be refused."""
    words = options.type_name(f)
    if "tuple" in words:
        return list(filter(str.strip, text.splitlines()))
    if words == "bool":
        return _SWITCHES.get(text.lower(), text)
    for name, kind in (("int", int), ("float", float)):
        if name in words:
            with suppress(ValueError):
                return kind(text)
    return text
