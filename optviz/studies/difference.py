"""The difference of two optimizers: settings that differ, and how far the paths go apart."""

import numpy as np

from optviz.arrays import Array
from optviz.optimizers import Optimizer
from optviz.text.settings import show
from optviz.walks.trajectory import Trajectory


def settings(one: Optimizer, other: Optimizer) -> list[tuple[str, str, str]]:
    """Name and both values of every setting in which two optimizers differ; - where one has none.

    This includes settings that the text forms leave out because the dialect implies them.
    """
    first, second = _all(one), _all(other)
    rows = [(name, first.get(name, "-"), second.get(name, "-")) for name in {**first, **second}]
    return [row for row in rows if row[1] != row[2]]


def _all(optimizer: Optimizer) -> dict[str, str]:
    rule = optimizer.rule
    own = {name: show(getattr(rule, name)) for name in rule.settings()}
    return {"rule": rule.title, "eta": show(optimizer.schedule), **own}


@np.errstate(all="ignore")
def report(one: Trajectory, other: Trajectory) -> str:
    """The two optimizers, their different settings, where they end and how far apart, as text."""
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
    return "\n".join([*lines, "", _distance(one, other)])


def _name(optimizer: Optimizer) -> str:
    return optimizer.rule.word() + (f"@{optimizer.dialect}" if optimizer.dialect else "")


def _point(x: Array) -> str:
    shown = [f"{value:.6g}" for value in x[:4]] + (["…"] if len(x) > 4 else [])
    return "(" + ", ".join(shown) + ")"


def _distance(one: Trajectory, other: Trajectory) -> str:
    """The largest distance of the two paths, and its step, as a sentence."""
    with np.errstate(all="ignore"):
        gap = np.linalg.norm(one.x[:, 0] - other.x[:, 0], axis=1)
    if np.isnan(gap).all():
        return "the paths overflow"
    if not np.nanmax(gap):
        return "the paths are the same"
    step = int(np.nanargmax(gap))
    return f"farthest apart at step {step}: {gap[step]:.4g}"
