"""Views: trajectories turned into scenes, one file a view."""

from optviz.registry import Registry
from optviz.scene import Look, Scene
from optviz.trajectory import Trajectory
from optviz.views._view import View

__all__ = ["View", "registry", "scene"]

registry: Registry[View] = Registry("view", __name__, View)  # type: ignore[type-abstract]


def scene(name: str, runs: list[Trajectory], look: Look | None = None) -> Scene:
    """The scene that the view `name` makes of the runs; rows of a batch are runs of their own.

    Raises `UnknownName` for the view, `Unfit` or `BadValue` for what it cannot show.
    """
    view = registry[name]()
    return view.scene([row for run in runs for row in run.rows()], look or Look())
