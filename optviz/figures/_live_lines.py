"""Ceilings and guides of a scene that a page draws anew: which walks' they are, and of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from optviz.figures._live_theory import POWERS, theory_line
from optviz.figures._rates_ceilings import curvatures, factor, quadratic
from optviz.figures._rates_moving import moving
from optviz.scene import Ceiling, Guide, LiveLine, LiveMark, Scene

if TYPE_CHECKING:
    from optviz.walks.trajectory import Trajectory

_RATES = {"rate": "effective", "realised": "realised"}
_SHARPNESS = {"sharpness": "constant", "ratio": "one"}


def lines(scene: Scene, runs: list[Trajectory], marks: Sequence[LiveMark]) -> Iterator[LiveLine]:
    """The lines of the panels that show rates or sharpness; others stay as they are."""
    for i, panel in enumerate(scene.panels):
        shown = [mark for mark in marks if mark.panel == i]
        walks = tuple(dict.fromkeys(mark.walk for mark in shown))
        kinds = {mark.quantity for mark in shown}
        for j, mark in enumerate(panel.marks):
            if isinstance(mark, Ceiling) and kinds & set(_SHARPNESS):
                yield LiveLine(i, j, walks, _SHARPNESS[min(kinds)])
            elif len(kinds) == 1 and min(kinds) in POWERS and isinstance(mark, Guide):
                found = theory_line(mark, {k: runs[k] for k in walks}, min(kinds))
                if found:
                    yield found._replace(panel=i, mark=j)
            elif kinds and kinds <= set(_RATES):
                quantity = _RATES[min(kinds)]
                drawn = {k: runs[k] for k in walks}
                if isinstance(mark, Ceiling):
                    found = _fixed(mark, drawn, quantity)
                else:
                    found = _guide(mark, drawn, quantity) if isinstance(mark, Guide) else None
                if found:
                    yield found._replace(panel=i, mark=j, realised=quantity == "realised")


def _fixed(mark: Ceiling, runs: dict[int, Trajectory], quantity: str) -> LiveLine | None:
    """The ceilings C/λ of a quadratic that a line is, by its height."""
    q = quadratic(list(runs.values()))
    for curvature, _, members in curvatures(q) if q else ():
        owners = tuple(
            k
            for k, run in runs.items()
            if (constant := factor(run, quantity)) and constant[0] / curvature == mark.y
        )
        if owners:
            return LiveLine(0, 0, owners, "curvature", members, curvature)
    return None


def _guide(mark: Guide, runs: dict[int, Trajectory], quantity: str) -> LiveLine | None:
    """The ceiling along a path, or the fall t^(−1/2), that a line is, by its points."""
    heights = mark.points[:, 1]
    for k, run in runs.items():
        for line in moving([run], quantity):
            y = np.where(np.isfinite(line.y), line.y, np.nan)
            if np.array_equal(heights, y[: len(heights)], equal_nan=True):
                own = "own" if line.coordinates else "steepest"
                kind = "diagonal" if "max_i" in line.formula else own
                return LiveLine(0, 0, (k,), kind, line.coordinates)
        first = run.rate[0, 0]
        known = np.isfinite(first).any()
        if known and np.array_equal(heights, np.nanmax(first) / np.sqrt(mark.points[:, 0])):
            return LiveLine(0, 0, (k,), "root")
    return None
