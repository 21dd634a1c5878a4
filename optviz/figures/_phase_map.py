"""The map of regimes over ηλ and the momentum, with the rates of the portraits on it."""

from dataclasses import replace

import numpy as np

from optviz.figures._optimizer_names import symbol
from optviz.figures._phase_orbits import Portrait
from optviz.phrases import say
from optviz.scene import Cells, Mark, Panel, Spot
from optviz.theory import regimes, stability
from optviz.theory.regimes import REGIMES

_CELLS = 240  # along each axis
_SHOWN = tuple(name for name in REGIMES if name != "critical")  # which is a line


def panel(content: list[Portrait]) -> Panel | None:
    """The panel, None for a rule without a momentum."""
    rule = content[0].optimizer.rule
    key = rule.momentum
    if not key:
        return None
    top = rule.ceiling() or (4.0, "")
    xs = np.linspace(0.0, max(4.0, 1.05 * top[0]), _CELLS + 1)
    ys = np.linspace(0.0, 1.0, _CELLS + 1)
    steep, share = (xs[1:] + xs[:-1]) / 2, (ys[1:] + ys[:-1]) / 2
    found = replace(rule, **{key: share[:, None]}).recurrence(steep[None], 1.0)
    if found is None:
        return None
    every = regimes.regimes(*found)
    index = np.array([_SHOWN.index(name) if name in _SHOWN else -1 for name in REGIMES])
    values = np.where(index[every] < 0, np.nan, index[every].astype(float))
    names = tuple(say(f"regime {name}") for name in _SHOWN)
    momentum = float(getattr(rule, key))
    marks: list[Mark] = [Cells(xs, ys, values, "", names=names)]
    for one in content:
        eta = stability.constant(one.optimizer) or 0.0
        marks.append(Spot(eta * one.eigenvalue, momentum, "", theory=False))
    letter = symbol(content[0].optimizer, key)
    return Panel(
        tuple(marks), (0.0, float(xs[-1])), (0.0, 1.0), r"$\eta\lambda$", letter, say("phase map")
    )
