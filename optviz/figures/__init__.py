"""Figure kinds, one file each: what every kind makes of runs, and the registry of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from optviz import phrases
from optviz.figures._kind import Kind
from optviz.figures._trajectory_kind import TrajectoryKind
from optviz.registry import Registry
from optviz.text.options import check

if TYPE_CHECKING:
    from optviz.scene import Live, Look, Scene
    from optviz.walks.trajectory import Trajectory

__all__ = ["Kind", "kinds_with", "live", "plotted", "read", "registry", "scene", "trajectory_kinds"]

registry: Registry[Kind[Any]] = Registry("figure", __name__, Kind)  # type: ignore[type-abstract]


def read(name: str, options: Mapping[str, Any] | None = None) -> Kind[Any]:
    """The kind `name` with these options. Raises `UnknownName`, `BadValue`, `Unfit`."""
    kind = registry[name].read(options or {})
    check(kind)
    return kind


def trajectory_kinds() -> tuple[str, ...]:
    """The kinds that show trajectories as they are, which can be rows of `compare`."""
    return tuple(name for name in registry.names if issubclass(registry[name], TrajectoryKind))


def of_trajectories() -> tuple[str, ...]:
    """The kinds that can be drawn of runs from files or from Python."""
    return tuple(n for n in registry.names if registry[n].of_runs is not Kind.of_runs)


def plotted() -> tuple[str, ...]:
    """The kinds that `plot` can draw of files: of runs, or of logs of training."""
    runs = of_trajectories()
    return tuple(n for n in registry.names if n in runs or registry[n].draws_training())


def kinds_with(option: str, *without: str) -> tuple[str, ...]:
    """The kinds that have an option of this name, but for those named in `without`."""
    names = (name for name in registry.names if name not in without)
    return tuple(name for name in names if option in registry[name].options())


def scene(name: str, runs: list[Trajectory], look: Look | None = None, /, **options: Any) -> Scene:
    """The scene that the kind `name` makes of runs. Raises as `read`, and `Unfit`."""
    from optviz.scene import Look

    kind = read(name, options)
    look = look or Look()
    with phrases.language(look.lang):
        made = kind.scene(kind.of_runs(runs), look)
    return replace(made, live=partial(live, made, runs, look))


def live(
    scene: Scene, runs: list[Trajectory], look: Look, sliders: tuple[str, ...] = ()
) -> Live | None:
    """What a page needs to draw the scene of these runs anew, None if it cannot.

    Raises `UnknownName` or `Unfit` for a slider that moves nothing.
    """
    from optviz.figures import _live

    return _live.live(scene, runs, look, sliders)
