"""Where runs from a grid of starts come to rest: `trace --starts basin`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from optviz.errors import Unfit
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import check_labels
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.studies.basins import Basins
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory


@dataclass(frozen=True)
class TraceBasins(Kind["list[Basins]"]):
    """A map of starts with a colour for each minimum, which all run at once and keep no path."""

    moves = False
    printed_formats = frozenset({"csv"})
    data_options = frozenset({"starts"})

    starts: str = option("basin", "the minimum that each start ends in", value="HOW")
    frame: str = option("fit", "fit, or equal (units)", value="HOW")
    of_traces: tuple[tuple[str, Any], ...] = ()  # options of paths, which change nothing

    @classmethod
    def word(cls) -> str:
        return "trace"

    def changed(self) -> dict[str, Any]:
        return dict(self.of_traces) | super().changed() | {"starts": self.starts}

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        yield "colors", "each minimum has a colour; leave it out"
        for name, _ in self.of_traces:
            yield name, "a map of basins has none; leave it out"
        if self.frame == "lock":
            yield "frame", "the grid is the frame; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.figures import _trace_grid
        from optviz.studies import basins

        check_labels(look, len(walks))
        for walk in walks:
            _trace_grid.check(walk.objective, walk.start)
            basins.check(walk)

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Basins]:
        from optviz.studies.basins import basins

        return [basins(walk, workers) for walk in walks]

    def of_runs(self, runs: list[Trajectory]) -> list[Basins]:
        raise Unfit("basins are run from a grid of starts; draw them with trace --starts basin")

    def scene(self, content: list[Basins], look: Look) -> Scene:
        from optviz.figures import _basins_scene

        return _basins_scene.scene(content, look, equal=self.frame == "equal")

    def formats(self) -> Mapping[str, str]:
        return {"csv": ".csv"}

    def write(self, content: list[Basins], form: str, stream: IO[Any]) -> None:
        from optviz.figures import _basins_data

        stream.write(_basins_data.csv(content))

    def facts(self, content: list[Basins]) -> dict[str, Any]:
        from optviz.figures import _basins_data

        return {"basins": [_basins_data.facts(one) for one in content]}

    def diverges(self, content: list[Basins]) -> bool:
        return any((one.minimum == -2).any() for one in content)

    def numbers(self, walks: Sequence[Walk]) -> int:
        return sum(len(walk.start) for walk in walks)
