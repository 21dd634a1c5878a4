"""What tells two optimizers apart: the settings that differ, and what that does to the path."""

import numpy as np

from optviz.arrays import Array
from optviz.optimizers import Optimizer
from optviz.text.settings import show
from optviz.walks.trajectory import Trajectory


def settings(one: Optimizer, other: Optimizer) -> list[tuple[str, str, str]]:
    """Name and both values of every setting in which two optimizers differ; - where one has none.

    Also of those that their text forms leave out, because the dialect makes them.
    """
    known = [_all(one), _all(other)]
    names = dict.fromkeys([*known[0], *known[1]])
    rows = [(name, known[0].get(name, "-"), known[1].get(name, "-")) for name in names]
    return [row for row in rows if row[1] != row[2]]


def _all(optimizer: Optimizer) -> dict[str, str]:
    rule = optimizer.rule
    own = {name: show(getattr(rule, name)) for name in rule.settings()}
    return {"rule": rule.title, "eta": show(optimizer.schedule), **own}


@np.errstate(all="ignore")
def told(one: Trajectory, other: Trajectory) -> str:
    """Both optimizers, what they differ in, where they end and how far apart they go, as text."""
    assert one.optimizer and other.optimizer
    lines = [str(one.optimizer), str(other.optimizer), ""]
    rows = settings(one.optimizer, other.optimizer)
    if not rows:
        return "\n".join([*lines, "do the same"])
    heads = ("", _name(one.optimizer), _name(other.optimizer))
    rows = [heads, *rows, ("", "", "")]
    rows += [
        (f"x after {one.steps} steps", _point(one.x[-1, 0]), _point(other.x[-1, 0])),
        ("f", f"{one.f[-1, 0]:.6g}", f"{other.f[-1, 0]:.6g}"),
        ("status", one.status[0], other.status[0]),
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    lines += [
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", _apart(one, other)])


def _name(optimizer: Optimizer) -> str:
    return optimizer.rule.word() + (f"@{optimizer.dialect}" if optimizer.dialect else "")


def _point(x: Array) -> str:
    shown = [f"{value:.6g}" for value in x[:4]] + (["…"] if len(x) > 4 else [])
    return "(" + ", ".join(shown) + ")"


def _apart(one: Trajectory, other: Trajectory) -> str:
    """How far the two paths ever are from one another, and when."""
    with np.errstate(all="ignore"):
        gap = np.linalg.norm(one.x[:, 0] - other.x[:, 0], axis=1)
    if np.isnan(gap).all():
        return "the paths leave the numbers"
    if not np.nanmax(gap):
        return "the paths are the same"
    step = int(np.nanargmax(gap))
    return f"farthest apart at step {step}: {gap[step]:.4g}"
