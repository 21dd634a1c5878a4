"""The local quadratic model of a step on a function that is none: its ellipse, and its minimum."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.figures._plane import Plane
from optviz.objectives import Objective
from optviz.phrases import say
from optviz.scene import Mark, Ring, Spot

_POINTS = 181  # of the ellipse
_ROLE = 3  # of its colour, which no arrow has


class Model(NamedTuple):
    """Marks of the model in the plane, and a phrase that says what they are, "" for none."""

    marks: tuple[Mark, ...] = ()
    text: str = ""


def model(f: Objective, x: Array, cut: Plane) -> Model:
    """The level line of f.local(x) through x in the plane; none of a quadratic, which is it.

    It is an ellipse where the Hessian in the plane is positive definite; elsewhere the text says
    that it is none.
    """
    if f.quadratic is not None or not np.isfinite(f.hessian(x[None])).all():
        return Model()
    q = f.local(x).restricted(cut.origin, cut.axes)
    if q.definite != "positive" or q.minimiser is None:
        return Model((), say("model without ellipse"))
    centre, at = q.minimiser, cut.project(x)
    away = float(q.value(at) - q.value(centre))
    radii = np.sqrt(2 * max(away, 0.0) / q.eigenvalues)
    turn = np.linspace(0.0, 2 * np.pi, _POINTS)[:-1]
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    ring = Ring(centre + (circle * radii) @ q.eigenvectors.T, _ROLE, 1)
    spot = Spot(float(centre[0]), float(centre[1]), say("minimum of model"))
    return Model((ring, spot), say("model ellipse"))
