"""A function for each figure kind, made from its options: `optviz.trace("d2l", "adam")`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from optviz import figures, render
from optviz.api import _keywords, _own_axes, _signature, _workers
from optviz.api._runs import drawn
from optviz.spec.figure import from_options
from optviz.spec.in_python import spoken
from optviz.spec.kind_options import options_of

if TYPE_CHECKING:
    from optviz.api._showable import Figure
    from optviz.figures import Kind


def function(name: str) -> "Callable[..., Figure]":
    """The function of the figure kind of this name, with its signature and its help."""
    kind = figures.registry[name]
    positional = _signature.positional(kind)

    @spoken()
    def call(*values: Any, ax: Any = None, **keywords: Any) -> "Figure":
        merged = _keywords.merged(name, positional, values, keywords)
        return draw(kind, _own_axes.themed(merged, ax), ax)

    call.__name__ = call.__qualname__ = name
    call.__module__ = "optviz"
    call.__doc__ = _signature.doc(kind)
    call.__signature__ = _signature.of(kind)  # type: ignore[attr-defined]
    return call


def draw(kind: "type[Kind[Any]]", keywords: dict[str, Any], ax: Any = None) -> "Figure":
    """The figure of a kind with these options, computed. Raises `OptvizError`."""
    keywords, executor = _workers.taken(keywords)
    fields = {**options_of(kind), **_workers.fields(kind.lacks)}
    options = _keywords.options(kind.word(), fields, keywords)
    workers = _workers.made(options, executor)
    figure = from_options(kind.word(), **options)
    settled = figure.draw(workers, pictures=not kind.reports)
    render.check(settled.base_look)
    return drawn(settled, ax)
