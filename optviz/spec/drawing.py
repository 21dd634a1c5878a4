"""A figure whose content is computed: its scene, its recipe, and the data behind it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import IO, TYPE_CHECKING, Any

from optviz import __version__, figures, phrases
from optviz.spec.figure_spec import FigureSpec

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.walks.trajectory import Trajectory

MANY = 50  # runs, and coordinates, whose final values a recipe holds at most


@dataclass(frozen=True)
class Drawing:
    """The content of a figure, computed, and its look."""

    figure: FigureSpec
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
        scene = replace(scene, live=partial(figures.live, plain, self.runs, self.look))
        if not self.recipe:
            return scene
        final = {"final": self.final} if self.runs else {}
        still, film, page = (
            json.dumps({"optviz": __version__, **options, **final}, allow_nan=False)
            for options in (
                figure.options(film=False, page=False),
                figure.options(page=False),
                figure.options(film=False),
            )
        )
        return replace(scene, recipe=Recipe(still, film, page))

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
