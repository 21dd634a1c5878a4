"""A logarithmic axis of steps: the option, and the panels of `loss`, `rates` and `coordinates`.

It has no place for step 0, so it begins at step 1, or at the first step that was kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.scene import Look, Mark, Panel
    from optviz.walks.trajectory import Trajectory

XLOG: Any = option(False, "steps on a log axis, which begins at step 1")
PLACES: Any = option(
    "step",
    "step, epoch (of a data set) or time (Σ η)",
    value="WHAT",
    choices=("step", "epoch", "time"),
)


def check_xlim(look: Look, xlog: bool) -> None:
    """Raises `BadValue` for limits that a logarithmic axis of steps cannot have."""
    if xlog and look.xlim and look.xlim[0] <= 0:
        raise BadValue("xlim", f"{look.xlim[0]:g}", "above 0 is wanted with --xlog")


def first_step(runs: Sequence[Trajectory]) -> float:
    """The first step after the start that one of the runs has kept."""
    return float(min(run.stride for run in runs))


def samples(last: float, xlog: bool) -> Array:
    """Times at which a curve of theory is computed, up to the last step: (200,)."""
    import numpy as np

    return np.geomspace(1.0, max(last, 1.0), 200) if xlog else np.linspace(0.0, last, 200)


def logarithmic(panel: Panel, first: float) -> Panel:
    """The panel with its steps on a log axis from `first` on, and its marks without what is before.

    Raises `Unfit` if no curve is left.
    """
    from optviz.phrases import say
    from optviz.scene import Curve

    marks = tuple(mark for old in panel.marks if (mark := _after(old, first)) is not None)
    if not any(isinstance(mark, Curve) for mark in marks):
        raise Unfit("no curve is left on a log axis of steps: each ends before step 1")
    left = panel.xlim[0] if panel.xlim[0] > 0 else first
    right = panel.xlim[1] if panel.xlim[1] > left else 2 * left
    label = say("log axis", axis=panel.xlabel) if panel.xlabel else ""
    return replace(panel, marks=marks, xlim=(left, right), xlog=True, xlabel=label)


def _after(mark: Mark, first: float) -> Mark | None:
    """The mark from the first step on; None if nothing of it is left."""
    import numpy as np

    from optviz.scene import Curve, Exit, Guide, Spread

    if isinstance(mark, Guide):  # a level line, or computed from there on
        x, y = mark.points.T
        before = max(int(np.searchsorted(x, first, side="right")) - 1, 0)
        return replace(mark, points=np.column_stack([np.maximum(x, first), y])[before:])
    if isinstance(mark, Spread):
        kept = mark.steps > 0
        parts = {name: getattr(mark, name)[kept] for name in ("steps", "low", "high")}
        return replace(mark, **parts) if kept.any() else None
    if isinstance(mark, Curve):
        kept = mark.points[:, 0] > 0
        times = mark.times if mark.times is None else mark.times[kept]
        seen = np.isfinite(mark.points[kept, 1]) & (mark.points[kept, 0] >= first)
        return replace(mark, points=mark.points[kept], times=times) if seen.any() else None
    return None if isinstance(mark, Exit) and mark.x < first else mark
