"""Views: trajectories turned into scenes, one file a view."""

from optviz.errors import Unfit
from optviz.registry import Registry
from optviz.scene import Look, Scene
from optviz.spread import gathered
from optviz.trajectory import Trajectory
from optviz.views._view import View

__all__ = ["View", "registry", "scene"]

registry: Registry[View] = Registry("view", __name__, View)  # type: ignore[type-abstract]


def scene(name: str, runs: list[Trajectory], look: Look | None = None) -> Scene:
    """The scene that the view `name` makes of the runs; rows of a batch are runs of their own.

    Rows that differ in their seed alone are one, their median.

    Raises `UnknownName` for the view, `Unfit` or `BadValue` for what it cannot show.
    """
    view = registry[name]()
    rows = gathered(runs)
    shapes = {_shape(row) for row in rows if row.objective}
    if len(shapes) > 1:
        raise Unfit("these runs are on different objectives; draw them one at a time")
    return view.scene(rows, look or Look())


def _shape(run: Trajectory) -> tuple[bytes, bytes, float]:
    assert run.objective
    return run.objective.Q.tobytes(), run.objective.c.tobytes(), run.objective.b
