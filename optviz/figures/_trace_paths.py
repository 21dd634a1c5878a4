"""Paths of a trace with their names and outcomes, and the words beside start and minimum."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _run_text
from optviz.figures._frame import left_at
from optviz.figures._landscape import Box
from optviz.figures._optimizer_names import run_names
from optviz.figures._plane import name_latex
from optviz.figures._trajectory_kind import roles
from optviz.phrases import listed, say
from optviz.scene import Mark, Path, Start
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_FEW = 60  # starts; more rings than that would hide the paths
_MANY = 12  # paths; more are faint and without words
_CLOSE = 0.004  # of the box: a path's own width


def paths(runs: list[Trajectory], points: list[Array], box: Box) -> list[Mark]:
    """The paths of the runs through their points (steps+1, 2), named where they end.

    Paths that coincide are named together, once.
    """
    names, own, faint = run_names(runs), roles(runs), len(runs) > _MANY
    outcomes = ["" if faint else _outcome(run, p, box) for run, p in zip(runs, points, strict=True)]
    marks: list[Mark] = []
    leaders = _leaders(points, own, box)
    for i, leader in enumerate(leaders):
        group = [k for k, other in enumerate(leaders) if other == leader]
        together = list(dict.fromkeys(names[k] for k in group))
        outcome = outcomes[i] if len({outcomes[k] for k in group}) == 1 else ""
        is_named = leader == i and (own[i] not in own[:i] or outcome)
        label = _run_text.named(listed(together), outcome) if is_named else ""
        left = left_at(points[i], box)
        marks.append(Path(points[i], own[i], label, left, faint, runs[i].stride, name=names[i]))
    return marks


def _leaders(points: list[Array], own: list[int], box: Box) -> list[int]:
    """For each path the first one that it cannot be told from, of another optimizer; or itself."""
    size = np.array([box[1] - box[0], box[3] - box[2]])
    leaders: list[int] = []
    for i, path in enumerate(points):
        same = (k for k in range(i) if own[k] != own[i] and path.shape == points[k].shape)
        close = (k for k in same if (abs(path - points[k]) <= _CLOSE * size).all())
        leaders.append(next(close, i) if len(points) <= _MANY else i)
    return leaders


def _outcome(run: Trajectory, points: Array, box: Box) -> str:
    """How a run ended, or where its path leaves the box."""
    left = left_at(points, box)
    return _run_text.outcome(run) if left is None else _leaving(run, left)


def _leaving(run: Trajectory, left: int) -> str:
    """`leaves at step 3, |x₂| = 1673 at step 20`."""
    if left == 0:
        return say("starts out of view")
    if run.lost:
        return _run_text.outcome(run)
    x, step = run.x[:, 0], left * run.stride
    last = int(np.flatnonzero(np.isfinite(x).all(axis=1))[-1])
    if last * run.stride < run.steps:
        return say("leaves and overflows", step=step, last=(last + 1) * run.stride)
    farthest = int(np.abs(x[last]).argmax())
    name = name_latex(run.names[farthest], "|", "|")
    size = f"{name} = {numbers.number(float(abs(x[last, farthest])), 4)}"
    key = "leaves" if last == left else "leaves later"
    return say(key, step=step, size=size, last=last * run.stride)


def starts(points: list[Array], worded: bool) -> list[Start]:
    """The distinct starts of paths (steps+1, 2), none if they are very many."""
    places = dict.fromkeys(tuple(part[0].tolist()) for part in points)
    word = say("start") if worded else ""
    return [Start(x, y, word) for x, y in places] if len(places) <= _FEW else []
