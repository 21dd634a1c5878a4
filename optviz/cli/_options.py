"""Options made from the fields of spec dataclasses: a new field is a new option."""

import inspect
import os
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from typing import Annotated, Any

import typer

from optviz.spec import option


@dataclass(frozen=True)
class OutSpec:
    """Where results go."""

    output: tuple[str, ...] = option(
        (), "file to write, its format by suffix, - for standard output; repeatable", "-o", "PATH"
    )
    format: str | None = option(
        None, "format whatever the suffix (optviz list formats)", value="NAME"
    )
    json: bool = option(False, "print one JSON document instead of the paths")
    quiet: bool = option(False, "nothing on standard error", "-q")
    strict: bool = option(False, "exit with 4 if a run diverges")
    color: bool | None = option(None, "colour the summary, whatever the terminal says")


def takes(*groups: type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command the options of dataclasses; it receives one instance of each, in order.

    The command's own parameters come after those instances, declared as Typer wants them.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        own = list(inspect.signature(command).parameters.values())[len(groups) :]

        def wrapped(**given: Any) -> Any:
            specs = [
                group(**{f.name: _plain(f, given.pop(f.name)) for f in fields(group)})
                for group in groups
            ]
            return command(*specs, **given)

        options = [_parameter(f) for group in groups for f in fields(group)]
        wrapped.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]
        wrapped.__annotations__ = {p.name: p.annotation for p in [*own, *options]}
        wrapped.__doc__ = command.__doc__
        return wrapped

    return decorate


_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


def _parameter(f: "Field[Any]") -> inspect.Parameter:
    words = str(f.type if isinstance(f.type, str) else getattr(f.type, "__name__", f.type))
    many, kind = "tuple" in words, next((t for n, t in _TYPES.items() if n in words), str)
    flag = "--" + f.name.replace("_", "-")
    names = [f.metadata["short"]] if f.metadata["short"] else []
    names.append(f"{flag}/--no-{f.name}" if words == "bool | None" else flag)
    info = typer.Option(
        *names,
        help=f.metadata["says"],
        envvar=None if many else _variable(f),
        show_envvar=False,
        metavar=None if kind is bool else f.metadata["value"],
        show_default=f.default not in (None, (), False, 0.0),
    )
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
    lines = os.environ.get(_variable(f), "").splitlines()  # Typer would split at each blank
    return tuple(value or filter(str.strip, lines))


def _variable(f: "Field[Any]") -> str:
    return f"OPTVIZ_{f.name.upper()}"
