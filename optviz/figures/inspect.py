"""The verdict on an objective and its optimizers before any run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._contour_options import LEVELS, Levels, read_levels
from optviz.figures._kind import Idle, Kind
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.theory.verdict import Verdict
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers


def check_share(name: str, value: float) -> None:
    """Raises `BadValue` for a tolerance outside 0 to 1."""
    if not 0 < value < 1:
        raise BadValue(name, f"{value:g}", "a number between 0 and 1 is wanted")


@dataclass(frozen=True)
class Inspect(Kind["Verdict"]):
    """Spectrum, κ, minimum, stable and best rates.

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
The verdict as a picture:
  optviz inspect -f d2l-rotated -o verdict.png
"""
    moves = False
    reports = True
    printed_formats = frozenset({"json"})
    data_options = frozenset({"tol"})
    lacks = frozenset(
        {"label", "legend", "colors", "xlabel", "ylabel", "xlim", "ylim", "color"}
        | {"gradient", "seed", "seeds", "expected"}
        | {"jobs", "executor", "scheduler"}
    )
    optimizers = ("gd", "momentum", "nesterov")

    tol: float = option(
        1e-6, "f − f* to reach, relative to that of the start", value="N", read=check_share
    )
    levels: str | None = LEVELS

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        from optviz.theory import stability

        q = walks[0].objective
        if all(stability.factor(walk.optimizer, q) is not None for walk in walks):
            yield "steps", "for schedules and adaptive rules; here no number of them matters"
        if q.dim != 2:
            yield "levels", "only a 2-D objective has contour lines; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        if len(walks[0].start) > 1:
            raise Unfit("a verdict is on one start; give one")

    def content(self, walks: Sequence[Walk], workers: Workers) -> Verdict:
        from optviz.theory.verdict import at_best, judge

        first = walks[0]
        q = first.objective
        judged = [at_best(walk.optimizer, q, walk.optimizer.explicit) for walk in walks]
        return judge(q, judged, first.start[0], first.steps, self.tol)

    @property
    def lines(self) -> Levels:
        """The contour lines of the option `levels`."""
        return read_levels("levels", self.levels) if self.levels else None

    def scene(self, content: Verdict, look: Look) -> Scene:
        from optviz.figures import _inspect_scene

        return _inspect_scene.scene(content, look, self.lines)

    def formats(self) -> Mapping[str, str]:
        return {"json": ".json"}

    def write(self, content: Verdict, form: str, stream: IO[Any]) -> None:
        from optviz.text.schema import numbered

        stream.write(json.dumps(numbered(self.facts(content)), ensure_ascii=False) + "\n")

    def facts(self, content: Verdict) -> dict[str, Any]:
        return content.as_dict()

    def report(self, content: Verdict) -> str:
        from optviz.theory.verdict import report

        return report(content)

    def diverges(self, content: Verdict) -> bool:
        return any(forecast.diverges for forecast in content.forecasts)

    def numbers(self, walks: Sequence[Walk]) -> int:
        return 0
