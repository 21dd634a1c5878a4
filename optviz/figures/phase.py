"""One eigenmode in the plane of distance and velocity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import check_labels
from optviz.text.options import numbers as read_numbers
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.figures._phase_orbits import Portrait
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers

_FARTHEST = 1e99  # that an axis shows
_MANY = 9  # panels beyond which none is large enough to be read


def read_points(name: str, texts: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """Places in the plane of distance and velocity. Raises `BadValue`."""
    points = []
    for text in texts:
        pair = read_numbers(name, text)
        if len(pair) != 2:
            raise BadValue(name, text, "a distance and a velocity are wanted, such as 1,0")
        if max(map(abs, pair)) > _FARTHEST:
            raise BadValue(name, text, f"numbers within ±{_FARTHEST:g} are wanted")
        points.append((float(pair[0]), float(pair[1])))
    return tuple(points)


@dataclass(frozen=True)
class Phase(Kind["list[Portrait]"]):
    """A panel a mode or optimizer, with paths from several places and the point they end in."""

    says = "one eigenmode in the plane of distance and velocity"
    does = "Draw an eigenmode in the plane of distance and velocity."
    examples = """
How momentum moves along each eigenvector of the valley:
  optviz phase --opt momentum:eta=0.1,beta=0.8
The four ways of the heavy ball, and the map of where each is:
  optviz phase --opt momentum:beta=0.5 --cases
The same of Nesterov's method:
  optviz phase --opt nesterov:beta=0.5 --cases
Two optimizers along the steepest eigenvector, from one place, as a film:
  optviz phase momentum:eta=0.1,beta=0.8 nesterov:eta=0.1,beta=0.8 \\
    --launch 1,0 -o phase.gif
Adam's mean against the distance, measured:
  optviz phase --opt adam:eta=0.1 -n 150
"""
    printed_formats = frozenset({"csv"})
    data_options = frozenset({"mode", "cases", "launch"})
    optimizers = ("momentum",)
    steps = 60
    lacks = frozenset(
        {"gradient", "seed", "seeds", "expected", "strict", "color", "colors", "legend", "start"}
        | {"loss"}  # of which squares alone make a quadratic
        | {"jobs", "executor", "scheduler", "rho"}  # of rules that have no velocity
        | {"fragment", "slider"}
    )

    mode: int | None = option(None, "number of an eigenvalue, 1 the least", value="N", usual="all")
    cases: bool = option(False, "a rate for each regime, and a map of regimes")
    launch: tuple[str, ...] = option(
        (), "distance and velocity to begin at; repeatable", value="X,V", read=read_points
    )

    @property
    def places(self) -> tuple[tuple[float, float], ...]:
        """Where the paths begin, () for the usual places."""
        return read_points("launch", self.launch)

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        if self.cases:
            yield "eta", "chosen by --cases, one for each regime; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.figures import _phase_orbits

        if not walks:
            return
        check_labels(look, len({walk.optimizer for walk in walks}))
        if self.cases and len(walks) > 1:
            raise Unfit(f"--cases shows one optimizer in its regimes; {len(walks)} are given")
        if self.cases and "eta" in walks[0].optimizer.explicit:
            raise Unfit(f"--cases chooses the rates; leave that of {walks[0].optimizer} out")
        for walk in walks:
            _phase_orbits.check(walk, self.places, cases=self.cases)
        modes = len(self._modes(walks[0]))
        if len(walks) > _MANY:
            raise Unfit(f"{len(walks)} optimizers are too many for a panel each; {_MANY} at most")
        if len(walks) == 1 and modes > _MANY and not self.cases:
            raise Unfit(f"{modes} panels are too many; --mode N shows one eigenvalue")

    def _modes(self, walk: Walk) -> list[float]:
        """The eigenvalues to show: that of the option, or all of one optimizer, or the greatest."""
        from optviz.figures import _phase_orbits

        values = _phase_orbits.eigenvalues(walk.objective)
        if self.mode is None:
            return values
        if not 1 <= self.mode <= len(values):
            raise BadValue("mode", self.mode, f"1 to {len(values)} is wanted")
        return [values[self.mode - 1]]

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Portrait]:
        from optviz.figures import _phase_orbits

        del workers
        values = self._modes(walks[0])
        if self.cases:
            return _phase_orbits.cases(walks[0], values[-1], self.places)
        if len(walks) > 1:
            values = values[-1:]
        return [
            _phase_orbits.portrait(walk, value, self.places) for walk in walks for value in values
        ]

    def scene(self, content: list[Portrait], look: Look) -> Scene:
        from optviz.figures import _phase_scene

        return _phase_scene.scene(content, look, cases=self.cases)

    def size(self, content: list[Portrait]) -> tuple[int, int]:
        return (1200, 800) if self.cases or len(content) > 3 else super().size(content)

    def formats(self) -> dict[str, str]:
        return {"csv": ".csv"}

    def write(self, content: list[Portrait], form: str, stream: IO[Any]) -> None:
        from optviz.figures import _phase_orbits

        stream.write(_phase_orbits.table(content))

    def facts(self, content: list[Portrait]) -> dict[str, Any]:
        return {"portraits": [one.facts() for one in content]}
