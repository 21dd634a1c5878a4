"""A figure as options: the same for flags, a batch file, and the recipe inside a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from optviz import figures, phrases, spec
from optviz.errors import OptvizError, UnknownName
from optviz.spec.drawing import Drawing
from optviz.spec.figure_spec import FigureSpec, parts
from optviz.spec.kind_options import options_of, split, unknown
from optviz.text import options

if TYPE_CHECKING:
    from optviz.scene import Look
    from optviz.walks.parallel import Workers

Ready = Callable[[], None]


@dataclass(frozen=True)
class Figure(FigureSpec):
    """A figure that can be drawn: its options, and from them the drawing."""

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
    return Figure(*parts(name, values))
