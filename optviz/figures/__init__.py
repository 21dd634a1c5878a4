"""Views: trajectories turned into scenes, one file a view."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from optviz.errors import Unfit
from optviz.figures._view import View
from optviz.registry import Registry
from optviz.scene import Look, Scene
from optviz.text.numbers import typed
from optviz.walks.engine import Walk
from optviz.walks.seeds import medians
from optviz.walks.trajectory import Trajectory

__all__ = ["View", "check", "registry", "scene", "typed"]

registry: Registry[View] = Registry("view", __name__, View)  # type: ignore[type-abstract]


@np.errstate(all="ignore")
def scene(name: str, runs: list[Trajectory], look: Look | None = None) -> Scene:
    """The scene that the view `name` makes of the runs; rows of a batch are runs of their own.

    Rows that differ in their seed alone are one, their median.

    Raises `UnknownName` for the view, `Unfit` or `BadValue` for what it cannot show.
    """
    view = registry[name]()
    rows = [_on_one_line(row) for row in medians(runs)]
    if len({row.objective for row in rows if row.objective}) > 1:
        raise Unfit("these runs are on different objectives; draw them one at a time")
    return view.scene(rows, look or Look())


def _on_one_line(run: Trajectory) -> Trajectory:
    """The run with a label that can stand beside a path: a log may have tabs and breaks in it."""
    label = re.sub(r"[\t\r\n]", " ", run.label)
    return run if label == run.label else replace(run, label=label)


def check(name: str, walks: Sequence[Walk], look: Look) -> None:
    """Raises what `scene` would raise of these walks once they are made, before they are.

    Raises `UnknownName` for the view, `Unfit` or `BadValue` for what it can show of none of them.
    """
    registry[name]().check(walks, look)
