"""Each coordinate of the paths against the step, towards the minimiser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.figures._trajectory_kind import TrajectoryKind, counter_values, labelled, roles
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.scene import Look, Mark, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory

_NOWHERE = "origin is wanted: no minimum is known"
_MANY = 8  # curves beyond which each optimizer has one name, and they are drawn faintly
_BEYOND = 2.0  # times the range of the starts and the minimiser, where a run leaves the axis


@dataclass(frozen=True)
class Coordinates(TrajectoryKind):
    """A curve a coordinate and optimizer; the coordinates of the minimiser are lines."""

    says = "each coordinate of the paths against the step"
    does = "Draw each coordinate of the paths against the step."

    about: str = option(
        "origin", "measure from the origin or from the minimum", choices=("origin", "minimum")
    )

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        super().check(walks, look)
        if self.about == "minimum" and walks and walks[0].objective.minimiser is None:
            raise BadValue("about", "minimum", _NOWHERE)

    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        import numpy as np

        from optviz.figures import _run_text, _titles
        from optviz.figures._optimizer_names import full_name, run_names
        from optviz.figures._plane import name_latex
        from optviz.scene import Curve, Guide, Panel, Scene

        runs = labelled(runs, look)
        many = sum(run.dim for run in runs) > _MANY
        if any(np.isnan(run.x[0]).any() for run in runs):
            raise Unfit("a run without a start cannot be drawn: its first x is missing")
        moved = [_about_minimum(run) for run in runs] if self.about == "minimum" else runs
        last = float(max(run.steps for run in runs)) or 1.0
        marks: list[Mark] = []
        objective = runs[0].objective if self.about == "origin" else None
        minimiser = objective.minimiser if objective else None
        star = [] if minimiser is None else minimiser.tolist()
        for value in sorted(set(star)):
            same = (name for name, x in zip(runs[0].names, star, strict=False) if x == value)
            label = "" if many else ", ".join(name_latex(name, "", "^*") for name in same)
            marks.append(Guide(np.array([[0.0, value], [last, value]]), label))
        for run, role, name in zip(moved, roles(runs), run_names(runs), strict=True):
            steps = run.stride * np.arange(len(run.x))
            for i, coordinate in enumerate(run.names):
                names = [name] if many else [name, name_latex(coordinate)]
                label = "" if many and i else ", ".join(filter(None, names))
                points = np.column_stack([steps, run.x[:, 0, i]])
                marks.append(Curve(points, role, i, label, faint=many))
        name = "coordinate of $x_t$" if self.about == "origin" else "coordinate of $x_t-x^*$"
        panel = Panel(
            tuple(marks), look.xlim or (0.0, last), look.ylim or _limits(moved, minimiser),
            "step $t$", name, steps=True,
        )  # fmt: skip
        title = _titles.title(look, _titles.headline(runs))
        ends = "; ".join(_run_text.description(run, full_name(run)) for run in runs)
        alt = f"Coordinates. {_titles.headline(runs, latex=False)}. {ends}."
        return Scene(
            title, _titles.subtitle(runs, marks=marks), (panel,), alt, counter_values(runs)
        )


def _about_minimum(run: Trajectory) -> Trajectory:
    """The run with the minimiser as its origin. Raises `BadValue` without one."""
    if run.objective is None or run.objective.minimiser is None:
        raise BadValue("about", "minimum", _NOWHERE)
    return replace(run, x=run.x - run.objective.minimiser)


def _limits(runs: list[Trajectory], minimiser: Array | None) -> tuple[float, float]:
    """Limits around starts, minimiser and paths, without the far points of diverging paths."""
    import numpy as np

    anchors = np.concatenate([run.x[0, 0] for run in runs])
    anchors = anchors if minimiser is None else np.concatenate([anchors, minimiser])
    paths = np.concatenate([run.x.ravel() for run in runs])
    room = _BEYOND * (float(np.ptp(anchors)) or float(np.abs(anchors).max()) or 1.0)
    inside = paths[(paths > anchors.min() - room) & (paths < anchors.max() + room)]
    low, high = min(inside.min(), anchors.min()), max(inside.max(), anchors.max())
    margin = 0.08 * ((high - low) or 1.0)
    return float(low - margin), float(high + margin)
