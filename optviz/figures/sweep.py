"""One quantity of many runs over one or two settings, with theory drawn on top."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue
from optviz.figures._kind import Idle, Kind
from optviz.text.options import numbers, option

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.studies.grid import Axis
    from optviz.studies.sweep import Sweep as Points
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers


def read_axes(name: str, texts: tuple[str, ...]) -> tuple[Axis, ...]:
    """The axes of texts such as `eta=log(0.01,3,50)`. Raises `OptvizError`."""
    from optviz.studies import grid

    if not texts:
        raise BadValue(name, "nothing", "an axis such as --over eta=log(0.01,3,100) is wanted")
    return tuple(grid.read(text) for text in texts)


@dataclass(frozen=True)
class Sweep(Kind["list[Points]"]):
    """A map over two axes, or curves over one."""

    says = "a quantity of many runs over one or two settings"
    does = "Map steps, f, rate or status over one or two settings."
    examples = """
Steps to the tolerance against the learning rate:
  optviz sweep --opt gd --over "eta=log(0.01,0.6,60)"
A map over two settings, with theory's boundary:
  optviz sweep --opt momentum --over "eta=log(0.01,3,40)" \\
    --over "beta=lin(0,0.95,30)"
Several optimizers as curves:
  optviz sweep --opt gd,adagrad,adam --over "eta=log(0.01,3,40)" -o rates.png
Which settings diverge:
  optviz sweep --opt nesterov --over "eta=lin(0.05,1,30)" \\
    --over "beta=lin(0,0.9,20)" --of status
The numbers, for another program:
  optviz sweep --opt adam --over "beta1=[0,0.5,0.9]" -o beta1.csv
"""
    moves = False
    printed_formats = frozenset({"csv", "jsonl", "npz"})
    data_options = frozenset({"over", "of", "tol"})
    lacks = frozenset({"label", "xlim", "ylim", "strict", "color", "expected", "seeds"})
    steps = 1000

    over: tuple[str, ...] = option(
        (), "eta=log(0.01,3,50), rho=[0.5,0.9], …; one or two", value="NAME=GRID", read=read_axes
    )
    of: str = option(
        "steps",
        "steps (to the tolerance), f, rate or status",
        value="WHAT",
        choices=("steps", "f", "rate", "status"),
    )
    tol: float = option(1e-6, "f − f* to reach, relative to that of the start", value="N")
    mark: str | None = option(
        None, "point to mark, in the order of the axes", value="A[,B]", read=numbers
    )

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one or two axes. Raises `OptvizError`."""
        return read_axes("over", self.over)

    @property
    def marked(self) -> tuple[float, ...]:
        """The point to mark, () for none. Raises `BadValue`: it has a number for each axis."""
        point = tuple(numbers("mark", self.mark)) if self.mark else ()
        if point and len(point) != len(self.over):
            raise BadValue("mark", self.mark, f"{len(self.over)} numbers are wanted, one an axis")
        return point

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        for axis in self.axes:
            yield axis.name, "swept over, so it has no one value; leave it out"
        if self.of != "steps":
            yield "tol", f"for --of steps, not for {self.of}; leave it out"
        if len(self.axes) == 2 or self.of == "status":
            yield "legend", "for lines with names, and a map has none; leave it out"
            yield "colors", "for lines of optimizers, and a map has none; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        import numpy as np

        from optviz.figures._trajectory_kind import check_colors
        from optviz.optimizers import agree
        from optviz.studies import grid
        from optviz.studies.sweep import check

        check_colors(look, len(walks))
        axes, optimizers = self.axes, [walk.optimizer for walk in walks]
        if len(walks[0].start) > 1:
            raise BadValue("start", f"{len(walks[0].start)} of them", "a sweep has one start")
        for axis, text in zip(axes, self.over, strict=True):
            agree(axis.name, text, optimizers, "sweep one at a time")
        point = self.marked or [axis.values[0] for axis in axes]
        here = tuple(grid.Axis(a.name, np.array([v])) for a, v in zip(axes, point, strict=True))
        for walk in walks:
            for several in (axes, here):
                check(
                    walk.objective,
                    walk.optimizer,
                    walk.start[0],
                    several,
                    of=self.of,
                    tolerance=self.tol,
                    oracle=walk.oracle,
                )

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Points]:
        from optviz.figures._found_minimum import note_found
        from optviz.studies.sweep import sweep

        if walks and self.of != "status":
            note_found(walks[0].objective, "begin")
        return [
            sweep(
                walk.objective,
                walk.optimizer,
                walk.start[0],
                self.axes,
                of=self.of,
                steps=walk.steps,
                tolerance=self.tol,
                oracle=walk.oracle,
                workers=workers,
            )
            for walk in walks
        ]

    def scene(self, content: list[Points], look: Look) -> Scene:
        from optviz.figures import _sweep_scene

        return _sweep_scene.scene(content, look, self.marked)

    def formats(self) -> Mapping[str, str]:
        known = super().formats().items()
        return {name: suffix for name, suffix in known if name in self.printed_formats}

    def write(self, content: list[Points], form: str, stream: IO[Any]) -> None:
        from optviz.figures._sweep_data import WRITERS

        stream.write(WRITERS[form](content))

    def facts(self, content: list[Points]) -> dict[str, Any]:
        from optviz.figures._sweep_data import facts

        return {"sweeps": [facts(one) for one in content]}

    def numbers(self, walks: Sequence[Walk]) -> int:
        return self.points() * len(walks) * (3 + len(self.over))

    def points(self) -> int:
        return math.prod(map(len, self.axes))
