"""Paths of a trace with their names and outcomes, and the words beside start and minimum."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _run_text
from optviz.figures._frame import left_at
from optviz.figures._landscape import Box
from optviz.figures._optimizer_names import run_names
from optviz.figures._plane import name_latex
from optviz.figures._trajectory_kind import roles
from optviz.phrases import say
from optviz.scene import Mark, Path, Start
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_FEW = 60  # starts; more rings than that would hide the paths


def paths(runs: list[Trajectory], points: list[Array], box: Box) -> list[Mark]:
    """The paths of the runs through their points (steps+1, 2), named where they end."""
    marks: list[Mark] = []
    labels, labelled = run_names(runs), set()
    for run, part, role, name in zip(runs, points, roles(runs), labels, strict=True):
        left = left_at(part, box)
        faint = len(runs) > 12
        ending = "" if faint else _run_text.outcome(run)
        if left is not None and not faint:
            ending = _leaving(run, left)
        own_name = "" if role in labelled and name == ending == "" else name
        label = _run_text.named(own_name, ending)
        if role in labelled and ending == "":
            label = ""  # the other starts of one optimizer need no second name
        labelled.add(role)
        marks.append(Path(part, role, label, left, faint, run.stride, name=name))
    return marks


def _leaving(run: Trajectory, left: int) -> str:
    """`leaves at step 3, |x₂| = 1673 at step 20`."""
    if left == 0:
        return say("starts out of view")
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
