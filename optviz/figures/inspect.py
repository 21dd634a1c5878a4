"""The verdict on an objective and its optimizers before any run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._contour_options import LEVELS, Levels, read_levels
from optviz.figures._kind import Idle, Kind
from optviz.text.options import numbers, option

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.objectives import Box, Objective
    from optviz.scene import Look, Scene
    from optviz.theory.points import Survey
    from optviz.theory.verdict import Verdict
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers


def read_points(name: str, texts: tuple[str, ...]) -> tuple[tuple[float, ...], ...]:
    """Points such as `3,0.5`; nothing for `minimum` and `critical`. Raises `BadValue`."""
    words = [text.strip().lower() for text in texts]
    points = [text for text in words if text not in _KINDS]
    if points and len(points) < len(words):
        raise BadValue(name, ", ".join(texts), "points, or one of minimum and critical, are wanted")
    if len(words) > 1 and not points:
        raise BadValue(name, ", ".join(texts), "one of minimum and critical is wanted")
    return tuple(tuple(numbers(name, text.strip("()"))) for text in points)


_KINDS = {"minimum": ("minimum", "kink"), "critical": ()}


def check_share(name: str, value: float) -> None:
    """Raises `BadValue` for a tolerance outside 0 to 1."""
    if not 0 < value < 1:
        raise BadValue(name, f"{value:g}", "a number between 0 and 1 is wanted")


@dataclass(frozen=True)
class Inspect(Kind["Verdict | Survey"]):
    """Spectrum, κ, minimum, stable and best rates.

    Of a function that is no quadratic, the same at each stationary point of its region, or at the
    points of --at: the kind, the eigenvalues of the Hessian, κ, and which rates could rest there.
    Of gd, momentum and nesterov if no optimizer is named; settings left out are at their best.
    """

    says = "the verdict before any run: spectrum, κ, minimum, stable and best rates"
    does = "Report what theory says before any run: κ, minimum, rates."
    group = "Learn"
    examples = """
What theory says of the book's valley:
  optviz inspect
Of your own, with the best rates of momentum alone:
  optviz inspect -f "0.1x1^2 + 2x2^2" --opt momentum
Is this rate stable?
  optviz inspect --opt gd:eta=0.6
A badly conditioned one in five dimensions, as JSON:
  optviz inspect -f "quadratic(kappa=100, dim=5, seed=1)" --json
Which minima of Himmelblau's function hold a rate of 0.02:
  optviz inspect -f himmelblau --opt gd:eta=0.02
Of any function at a point:
  optviz inspect -f rosenbrock --at 1,1
The verdict as a picture:
  optviz inspect -f d2l-rotated -o verdict.png
"""
    moves = False
    reports = True
    printed_formats = frozenset({"json"})
    data_options = frozenset({"tol", "at"})
    lacks = frozenset(
        {"label", "legend", "colors", "xlabel", "ylabel", "xlim", "ylim", "color"}
        | {"gradient", "seed", "seeds", "expected"}
        | {"jobs", "executor", "scheduler"}
    )
    optimizers = ("gd", "momentum", "nesterov")

    tol: float = option(
        1e-6, "f − f* to reach, relative to that of the start", value="N", read=check_share
    )
    at: tuple[str, ...] = option(
        (), "x,y; minimum, or critical: each such point of any f", value="POINT", read=read_points
    )
    levels: str | None = LEVELS

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        from optviz.theory import stability

        q = walks[0].objective
        if q.quadratic is None:
            yield from self._idle(q)
            return
        yield "at", "a quadratic has one Hessian everywhere; leave it out"
        if all(stability.factor(walk.optimizer, q) is not None for walk in walks):
            yield "steps", "for schedules and adaptive rules; here no number of them matters"
        if q.dim != 2:
            yield "levels", "only a 2-D objective has contour lines; leave it out"

    def _idle(self, f: Objective) -> Idle:
        """The options that change nothing where there is no quadratic."""
        yield "steps", "the verdict at a point is on single steps; leave it out"
        yield "tol", "how many steps a run takes is known of quadratics alone; leave it out"
        if self._points:
            yield "start", "the verdict is on the points of --at; leave it out"
        elif f.region:
            yield "start", "the verdict is on the points of the region; write --at"
        if f.dim != 2:
            yield "levels", "only a 2-D objective has contour lines; leave it out"

    @property
    def _points(self) -> tuple[tuple[float, ...], ...]:
        return read_points("at", self.at)

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        f = walks[0].objective
        if len(walks[0].start) > 1:
            raise Unfit("a verdict is on one start; give one")
        for point in self._points:
            if len(point) != f.dim:
                expected = f"{f.dim} number{'s' * (f.dim > 1)} are wanted, as {f.text[:40]} has"
                raise BadValue("at", ",".join(f"{value:g}" for value in point), expected)

    def content(self, walks: Sequence[Walk], workers: Workers) -> Verdict | Survey:
        from optviz.theory.verdict import at_best, judge

        first = walks[0]
        q = first.objective
        if q.quadratic is None:
            return self._survey(q, walks)
        judged = [at_best(walk.optimizer, q, walk.optimizer.explicit) for walk in walks]
        return judge(q, judged, first.start[0], first.steps, self.tol)

    def _survey(self, f: Objective, walks: Sequence[Walk]) -> Survey:
        import numpy as np

        from optviz.theory.points import survey

        kinds = _KINDS[self.at[0].strip().lower()] if self.at and not self._points else ()
        points = [np.array(point) for point in self._points]
        box = () if points else _box(f, walks[0].start[0])
        return survey(f, points, box, kinds, [walk.optimizer for walk in walks])

    @property
    def lines(self) -> Levels:
        """The contour lines of the option `levels`."""
        return read_levels("levels", self.levels) if self.levels else None

    def scene(self, content: Verdict | Survey, look: Look) -> Scene:
        from optviz.figures import _inspect_points, _inspect_scene
        from optviz.theory.points import Survey

        if isinstance(content, Survey):
            return _inspect_points.scene(content, look, self.lines)
        return _inspect_scene.scene(content, look, self.lines)

    def formats(self) -> Mapping[str, str]:
        return {"json": ".json"}

    def write(self, content: Verdict | Survey, form: str, stream: IO[Any]) -> None:
        from optviz.text.schema import numbered

        stream.write(json.dumps(numbered(self.facts(content)), ensure_ascii=False) + "\n")

    def facts(self, content: Verdict | Survey) -> dict[str, Any]:
        return content.as_dict()

    def report(self, content: Verdict | Survey) -> str:
        from optviz.theory.points import Survey, page
        from optviz.theory.verdict import report

        return page(content) if isinstance(content, Survey) else report(content)

    def diverges(self, content: Verdict | Survey) -> bool:
        from optviz.theory.points import Survey

        if isinstance(content, Survey):
            return False
        return any(forecast.diverges for forecast in content.forecasts)

    def numbers(self, walks: Sequence[Walk]) -> int:
        return 0


def _box(f: Objective, start: Array) -> Box:
    """The region of a function, or a box about 0, its start and its minimiser."""
    import numpy as np

    if f.region:
        return f.region
    places = [start, -start] if f.minimiser is None else [start, -start, f.minimiser]
    low, high = np.min(places, axis=0), np.max(places, axis=0)
    room = max(0.1 * float((high - low).max()), 0.1)
    return tuple(np.column_stack([low - room, high + room]).ravel().tolist())
