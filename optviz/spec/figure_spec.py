"""What a figure is made of, as options: the same for flags, spec files and recipes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from optviz import figures, spec
from optviz.errors import NoEffect, Unfit
from optviz.figures import Kind
from optviz.spec import FilmSpec, LookSpec, RunSpec, idle_options
from optviz.spec.kind_options import groups
from optviz.text import options

if TYPE_CHECKING:
    from optviz.scene import Look
    from optviz.walks.engine import Walk


@dataclass(frozen=True)
class FigureSpec:
    """A figure kind with its options, what runs, how it looks, and how it moves as a film.

    Options that change nothing are refused if they are among the `typed`, and else dropped, because
    those of `[defaults]` and of the environment apply to the figures that they fit. None means all.
    """

    kind: Kind[Any]
    run: RunSpec = RunSpec()
    look: LookSpec = LookSpec()
    film: FilmSpec = FilmSpec()
    typed: frozenset[str] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The word of its kind."""
        return self.kind.word()

    @property
    def is_logged(self) -> bool:
        """Whether its gradients are those of a log, so that it has no walks."""
        from optviz.spec import replay

        return self.kind.takes_logs and replay.is_meant(self.run)

    @property
    def is_walked(self) -> bool:
        """Whether optimizers step; else gradients, or a whole training, were logged."""
        return not (self.is_logged or self.run.log)

    def options(self, film: bool = True, page: bool = True) -> dict[str, Any]:
        """The options that differ from their defaults, in a fixed order, kind first.

        Those of a `film` are left out where it is none, and a theme that only a `page` has to be
        told of.
        """
        look = options.changed(self.look)
        if not page and self.look.theme == spec.USUAL_THEME:
            del look["theme"]
        values = options.changed(self.run) | self.kind.changed() | look
        values |= options.changed(self.film) if film else {}
        plain = {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
        return {"figure": self.name, **plain}

    def without(self, idle: Iterator[tuple[str, str]]) -> Self:
        """The figure without options that change nothing. Raises `NoEffect` for a typed one."""
        values = self.options()
        for name, reason in idle:
            if name in (values if self.typed is None else self.typed):
                raise NoEffect(name, reason)
            values.pop(name, None)
        if len(values) == len(self.options()):
            return self
        kind, run, look, film = parts(values.pop("figure"), values)
        return replace(self, kind=kind, run=run, look=look, film=film)

    def fit(
        self,
        pictures: bool,
        films: bool,
        resolution: bool = True,
        idle: Collection[str] = (),
        used: Collection[str] = (),
    ) -> Self:
        """The figure without options that outputs cannot use, with pictures or films among them.

        `idle` are options of films that none of the films can use; `resolution` tells whether a
        picture is a file that has one, `used` are the options that only formats among them have.
        Raises `Unfit` for a film of a kind that has no steps, and as `without`.
        """
        if films and not self.kind.moves:
            raise Unfit(f"this {self.name} has no steps to move; a still format is wanted")
        outputs = idle_options.in_outputs(self.kind, pictures, films)
        formats = idle_options.in_formats(self.look, resolution, idle, used)
        return self.without(chain(outputs, formats))

    def walks(self) -> list[Walk]:
        """Its walks, none of what was logged. Raises `OptvizError`."""
        if not self.is_walked:
            return []
        return spec.walks(self.run, self.kind.optimizers, self.kind.steps)

    def settled(self) -> tuple[Self, list[Walk], Look]:
        """The figure without options that change nothing, its walks, its look. Raises `Unfit`."""
        look, walks = spec.look(self.look, self.film), self.walks()
        options.check(self.kind)
        return self.without(idle_options.in_walks(self.kind, self.run, walks, look)), walks, look


def parts(name: str, values: Mapping[str, Any]) -> tuple[Kind[Any], RunSpec, LookSpec, FilmSpec]:
    """The parts of the figure of the kind `name` from options. Raises `Unfit`."""
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
    kind = figures.registry[name]
    run, own, look, film = (
        {name: values[name] for name in group.keys() & values.keys()} for group in groups(kind)
    )
    return kind.read(own), RunSpec(**run), LookSpec(**look), FilmSpec(**film)
