"""A figure as options: the same for flags, a batch file, and the recipe inside a picture."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from optviz import __version__, figures, phrases, spec
from optviz.errors import NoEffect, OptvizError, Unfit, UnknownName
from optviz.figures import Kind
from optviz.spec import FilmSpec, LookSpec, RunSpec
from optviz.spec.kind_options import PAGES, groups, options_of, split, unknown
from optviz.text import options

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory

_NO_RESOLUTION = "for sizes in inches, and no output here holds a resolution; leave it out"
Ready = Callable[[], None]
MANY = 50  # runs, and coordinates, whose final values a recipe holds at most


@dataclass(frozen=True)
class Figure:
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

    def options(self, film: bool = True) -> dict[str, Any]:
        """The options that differ from their defaults, in a fixed order, kind first."""
        values = options.changed(self.run) | self.kind.changed() | options.changed(self.look)
        values |= options.changed(self.film) if film else {}
        plain = {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
        return {"figure": self.name, **plain}

    def without(self, idle: Iterator[tuple[str, str]]) -> Figure:
        """The figure without options that change nothing. Raises `NoEffect` for a typed one."""
        values = self.options()
        for name, reason in idle:
            if name in (values if self.typed is None else self.typed):
                raise NoEffect(name, reason)
            values.pop(name, None)
        if len(values) == len(self.options()):
            return self
        return replace(from_options(values.pop("figure"), **values), typed=self.typed)

    def fit(
        self,
        pictures: bool,
        films: bool,
        resolution: bool = True,
        idle: Collection[str] = (),
        used: Collection[str] = (),
    ) -> Figure:
        """The figure without options that outputs cannot use, with pictures or films among them.

        `idle` are options of films that none of the films can use; `resolution` tells whether a
        picture is a file that has one, `used` are the options that only formats among them have.
        Raises `Unfit` for a film of a kind that has no steps, and as `without`.
        """
        if films and not self.kind.moves:
            raise Unfit(f"this {self.name} has no steps to move; a still format is wanted")
        unplayed = ((name, "for films that are played, not for frames") for name in idle)
        undrawn = [] if resolution or spec.has_points(self.look) else [("dpi", _NO_RESOLUTION)]
        pages = "for pages; an output that ends in .html is wanted"
        unused = ((name, pages) for name in PAGES if name not in used)
        return self.without(chain(self._idle_in(pictures, films), unplayed, undrawn, unused))

    def _idle_in(self, pictures: bool, films: bool) -> Iterator[tuple[str, str]]:
        for name in () if films else options.options(FilmSpec):
            yield name, "for films; an output that ends in .gif, .mp4, … is wanted"
        if not pictures:
            for name in {**options.options(LookSpec), **self.kind.options()}:
                if name not in self.kind.data_options:
                    yield name, "for pictures, and no output is one; leave it out"

    def walks(self) -> list[Walk]:
        """Its walks, none of what was logged. Raises `OptvizError`."""
        if not self.is_walked:
            return []
        return spec.walks(self.run, self.kind.optimizers, self.kind.steps)

    def settled(self) -> tuple[Figure, list[Walk], Look]:
        """The figure without options that change nothing, its walks, its look. Raises `Unfit`."""
        look, walks = spec.look(self.look, self.film), self.walks()
        options.check(self.kind)
        return self.without(self._idle(walks, look)), walks, look

    def draw(
        self, workers: Workers | None = None, pictures: bool = True, ready: Ready | None = None
    ) -> Drawing:
        """Computes its content, after `ready`. Raises `OptvizError`, if possible before that."""
        from optviz.spec import replay
        from optviz.walks.parallel import Workers

        figure, walks, look = self.settled()
        if figure.run.log:
            return figure._of_training(look, ready)
        kind = figure.kind
        kind.check(walks, look)
        if pictures:
            kind.check_scene(walks, look)
        if ready:
            ready()
        if self.is_logged:
            return Drawing(figure, kind.of_runs(replay.runs(self.run)), look)
        with phrases.language(look.lang):  # a remark is part of some content
            return Drawing(figure, kind.content(walks, workers or Workers()), look)

    def _of_training(self, look: Look, ready: Ready | None) -> Drawing:
        """The drawing of the logs of training. Raises `OptvizError`."""
        from optviz.spec import training

        logs = training.logs(self.run)
        kind = self.kind.of_training(logs)
        if ready:
            ready()
        return Drawing(replace(self, kind=kind), logs, look)

    def show(self, content: Any) -> Drawing:
        """The drawing of content that was not computed from its options, so without a recipe."""
        look = spec.look(self.look, self.film)
        options.check(self.kind)
        figure = self.without(self.kind.idle((), look))
        return Drawing(figure, content, look, recipe=False)

    def _idle(self, walks: list[Walk], look: Look) -> Iterator[tuple[str, str]]:
        if walks and not walks[0].oracle.source.random:
            gradient = f"{walks[0].oracle.source} gradients are"
            yield "seed", f"for gradients that are drawn, such as noise(1); {gradient} not"
        if walks and all(walk.expected for walk in walks) and self.run.seeds == 1:
            yield "seed", "the exact law draws nothing; leave it out, or draw with --seeds"
        if self.run.log:
            for name in options.options(RunSpec):
                if name != "log":
                    yield name, "of what optimizers do, and a log of training has it; leave it out"
        for name, reason in self.kind.idle(walks, look):
            yield name, reason
            if any(pair.partition("=")[0].strip() == name for pair in self.run.param):
                yield "param", f"{name} is {reason}"


@dataclass(frozen=True)
class Drawing:
    """The content of a figure, computed, and its look."""

    figure: Figure
    content: Any
    base_look: Look
    recipe: bool = True

    @property
    def look(self) -> Look:
        """The look, with the size of the kind if the options have none."""
        if self.figure.look.size:
            return self.base_look
        return replace(self.base_look, size=self.figure.kind.size(self.content))

    @cached_property
    def scene(self) -> Scene:
        """The scene, with what was typed for it, and the recipe of the figure.

        Raises `Unfit` if it cannot be drawn, `NoEffect` for a caption that it has no place for.
        """
        from optviz.scene import Recipe
        from optviz.spec import _scene_captions

        with phrases.language(self.look.lang):
            plain = self.figure.kind.scene(self.content, self.look)
        figure = self.figure.without(_scene_captions.idle(plain, self.look))
        scene = _scene_captions.captioned(plain, self.look)
        scene = replace(scene, live=partial(figures.live, plain, self.runs))
        if not self.recipe:
            return scene
        final = {"final": self.final} if self.runs else {}
        still, film = (
            json.dumps({"optviz": __version__, **figure.options(moves), **final}, allow_nan=False)
            for moves in (False, True)
        )
        return replace(scene, recipe=Recipe(still, film))

    @property
    def runs(self) -> list[Trajectory]:
        """The runs that it shows."""
        return self.figure.kind.runs(self.content)

    @property
    def final(self) -> list[dict[str, Any]]:
        """The final values of each run, as plain data; of very many, the first."""
        from optviz.spec._final import final
        from optviz.walks.seeds import medians

        rows = (
            run if len(run.seeds) > 1 else run.take(list(range(run.batch))[:MANY])
            for run in self.runs
        )
        return [final(row, MANY) for row in medians(rows)[:MANY]]

    def write(self, form: str, stream: IO[Any]) -> None:
        """Writes the data behind it in one of its kind's formats."""
        self.figure.kind.write(self.content, form, stream)

    def data(self, form: str) -> bytes:
        """The data behind it in one of its kind's formats."""
        from optviz import records

        binary = form in records.registry.names and records.registry[form].binary
        stream = io.BytesIO() if binary else io.StringIO()
        self.write(form, stream)
        content = stream.getvalue()
        return content.encode() if isinstance(content, str) else content


def read(table: Mapping[str, Any]) -> tuple[Figure | None, list[OptvizError]]:
    """The figure of a table of options, or None and everything that is wrong with them.

    Its keys are the flags, without the dashes before them, and `figure` for the kind.
    """
    name, values = split(table)
    name = "trace" if name is None else name
    if not isinstance(name, str) or name not in figures.registry:
        return None, [UnknownName("figure", str(name), figures.registry.names)]
    kind = figures.registry[name]
    fields, errors = options_of(kind), list[OptvizError]()
    plain: dict[str, Any] = {}
    for key, value in values.items():
        try:
            if key not in fields:
                raise unknown(key, name)
            plain[key] = options.convert(fields[key], value)
        except OptvizError as error:
            errors.append(error)
    try:
        return (None, errors) if errors else (from_options(name, **plain), [])
    except OptvizError as error:
        return None, [error]


def from_options(name: str, /, **values: Any) -> Figure:
    """The figure of the kind `name` from values of the types of its fields. Raises `Unfit`."""
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
    kind = figures.registry[name]
    run, own, look, film = (
        {name: values[name] for name in group.keys() & values.keys()} for group in groups(kind)
    )
    return Figure(kind.read(own), RunSpec(**run), LookSpec(**look), FilmSpec(**film))
