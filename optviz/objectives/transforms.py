"""Quadratics made of another: turned about the origin, or stretched to a condition number."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import cos_sin
from optviz.errors import Unfit
from optviz.objectives.objective import Objective, Quadratic
from optviz.objectives.smooth import Smooth
from optviz.text.numbers import shortest


def rotated(f: Objective, degrees: float) -> Objective:
    """The landscape turned counter-clockwise about the origin. Raises `Unfit` unless 2-D."""
    if f.data is not None:
        raise Unfit(f"--rotate: the coordinates of {f.text} are its features, which have no angle")
    if isinstance(f, Smooth):
        return f.rotated(degrees) if degrees else f
    return turned(f.quadratic_for("an angle"), degrees)


def turned_point(x: Sequence[float], degrees: float) -> tuple[float, ...]:
    """A point of the plane, turned counter-clockwise about the origin."""
    cos, sin = cos_sin(degrees)
    return cos * x[0] - sin * x[1], sin * x[0] + cos * x[1]


def turned(q: Quadratic, degrees: float) -> Quadratic:
    """A quadratic turned counter-clockwise about the origin. Raises `Unfit` unless 2-D."""
    if q.dim != 2:
        raise Unfit(f"only a 2-D objective can be turned; this one is {q.dim}-D")
    if degrees == 0:
        return q
    cos, sin = cos_sin(degrees)
    (Q11, Q12), (_, Q22) = q.Q.tolist()
    off = cos * sin * (Q11 - Q22) + (cos * cos - sin * sin) * Q12
    first = cos * cos * Q11 - 2 * cos * sin * Q12 + sin * sin * Q22
    second = sin * sin * Q11 + 2 * cos * sin * Q12 + cos * cos * Q22
    c1, c2 = q.c.tolist()
    c = np.array([cos * c1 - sin * c2, sin * c1 + cos * c2])
    text = f"{q.text}, turned {shortest(degrees)}°"
    Q = np.array([[first, off], [off, second]]) + 0.0
    return Quadratic(Q, c, q.b, text, q.names)


def stretched(q: Quadratic, kappa: float) -> Quadratic:
    """The objective with another condition number: λmax, directions and minimiser stay.

    The eigenvalues between keep their places on a log scale; all-equal ones are spread evenly.
    """
    values, axes = q.eigenvalues, q.eigenvectors
    assert q.minimiser is not None
    if q.kappa > 1:
        share = np.log(values[-1] / values) / np.log(q.kappa)
    else:
        share = np.linspace(1.0, 0.0, q.dim)
    Q = (axes * (values[-1] * kappa**-share)) @ axes.T
    Q = (Q + Q.T) / 2
    c, lowest = -(Q @ q.minimiser), q.minimum or 0.0
    b = lowest - 0.5 * float(q.minimiser @ c)
    return Quadratic(Q, c + 0.0, b, f"{q.text}, κ = {kappa:g}", q.names)
