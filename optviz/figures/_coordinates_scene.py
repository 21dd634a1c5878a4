"""The scene of `coordinates`: each coordinate against the step, and where the minimiser is."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.figures import _run_text, _titles
from optviz.figures._log_steps import first_step, logarithmic
from optviz.figures._optimizer_names import run_names
from optviz.figures._plane import name_latex
from optviz.figures._trajectory_kind import counter_values, labelled, last_place, roles
from optviz.phrases import say
from optviz.scene import Curve, Guide, Look, Mark, Panel, Scene
from optviz.walks.trajectory import Trajectory

_MANY = 12  # curves beyond which each optimizer has one name, and they are drawn faintly
_LISTED = 3  # coordinates that share a line of the minimiser and are named at it
_BEYOND = 2.0  # times the range of the starts and the minimiser, where a run leaves the axis


def scene(runs: list[Trajectory], look: Look, about: str, *, xlog: bool = False) -> Scene:
    """The figure with the `origin` or the `minimum` at 0. Raises `Unfit` or `BadValue`."""
    runs = labelled(runs, look)
    if any(np.isnan(run.x[0]).any() for run in runs):
        raise Unfit("a run without a start cannot be drawn: its first x is missing")
    moved = [about_minimum(run) for run in runs] if about == "minimum" else runs
    last = float(max(run.steps for run in runs)) or 1.0
    star = runs[0].objective.minimiser if runs[0].objective and about == "origin" else None
    ylim = look.ylim or _limits(moved, star)
    many = sum(run.dim for run in runs) > _MANY
    unnamed = many or look.shape is not None  # in small panels the curves alone have names
    marks = [*_minimiser(runs[0], star, last, unnamed=unnamed), *_curves(moved, ylim, many=many)]
    panel = Panel(
        tuple(marks),
        look.xlim or (0.0, last),
        ylim,
        say("step axis"),
        say(f"coordinate from {about}"),
        steps=True,
    )
    panel = logarithmic(panel, first_step(runs)) if xlog else panel
    title, subtitle = _titles.heading(look, runs, marks)
    alt = f"{say('coordinates figure')}. {_titles.description(runs)}"
    return Scene(title, subtitle, (panel,), alt, counter_values(runs))


def about_minimum(run: Trajectory) -> Trajectory:
    """The run with the minimiser as its origin. Raises `BadValue` without one."""
    if run.objective is None or run.objective.minimiser is None:
        raise BadValue("about", "minimum", "origin is wanted: no minimum is known")
    return replace(run, x=run.x - run.objective.nearest(last_place(run)))


def _minimiser(run: Trajectory, star: Array | None, last: float, *, unnamed: bool) -> list[Mark]:
    """A line at each distinct coordinate of the minimiser, with the names of those it is of.

    Where these are words, which the curves have already, the first line is named for all.
    """
    values = [] if star is None else star.tolist()
    letters = all(name_latex(name).startswith("$") for name in run.names)
    lines: list[Mark] = []
    for value in sorted(set(values)):
        same = [n for n, x in zip(run.names, values, strict=False) if x == value]
        label = ", ".join(name_latex(name, "", "^*") for name in same)
        label = label if len(same) <= _LISTED else say("minimum")
        if unnamed or not letters:
            label = "" if unnamed or lines else say("minimum")
        lines.append(Guide(np.array([[0.0, value], [last, value]]), label))
    return lines


def _curves(runs: list[Trajectory], ylim: tuple[float, float], *, many: bool) -> list[Mark]:
    """A curve a coordinate, each with its name; of many, one name an optimizer."""
    curves: list[Mark] = []
    labelled: set[int] = set()
    for run, role, name in zip(runs, roles(runs), run_names(runs), strict=True):
        steps = run.stride * np.arange(len(run.x))
        for i, coordinate in enumerate(run.names):
            x = _until_left(run.x[:, 0, i], ylim)
            if many:
                label = "" if role in labelled else name
            else:
                label = _label(
                    run, x, ", ".join(filter(None, [name, name_latex(coordinate)])), ylim
                )
            labelled.add(role)
            curves.append(Curve(np.column_stack([steps, x]), role, i, label, faint=many))
    return curves


def _until_left(x: Array, ylim: tuple[float, float]) -> Array:
    """The coordinate up to the first step outside of the view after which it never returns."""
    inside = np.flatnonzero((x >= ylim[0]) & (x <= ylim[1]))
    last = int(inside[-1]) + 1 if len(inside) else 0
    return np.where(np.arange(len(x)) <= last, x, np.nan)


def _label(run: Trajectory, x: Array, name: str, ylim: tuple[float, float]) -> str:
    """The name, and why the curve leaves the view if it does."""
    last = x[np.isfinite(x)][-1]
    if run.status[0] != "diverged" or ylim[0] <= last <= ylim[1]:
        return name
    return _run_text.named(name, _run_text.outcome(run))


def _limits(runs: list[Trajectory], minimiser: Array | None) -> tuple[float, float]:
    """Limits around starts, minimiser and paths, without the far points of diverging paths."""
    anchors = np.concatenate([run.x[0, 0] for run in runs])
    anchors = anchors if minimiser is None else np.concatenate([anchors, minimiser])
    paths = np.concatenate([run.x.ravel() for run in runs])
    room = _BEYOND * (float(np.ptp(anchors)) or float(np.abs(anchors).max()) or 1.0)
    inside = paths[(paths > anchors.min() - room) & (paths < anchors.max() + room)]
    low, high = min(inside.min(), anchors.min()), max(inside.max(), anchors.max())
    margin = 0.08 * ((high - low) or 1.0)
    return float(low - margin), float(high + margin)
