"""The plane of a trace: all of a 2-D objective, a cut through the minimiser of others."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.objectives.quadratic import Quadratic
from optviz.views._numbers import typed


@dataclass(frozen=True, eq=False)
class Plane:
    """x = origin + axes·z, with z in the plane: axes (dim, 2) orthonormal, labels in LaTeX.

    `shape` is f on the plane as a function of z. `whole` says that the plane is all there is.
    """

    origin: Array
    axes: Array
    labels: tuple[str, str]
    shape: Quadratic
    whole: bool
    words: str = ""

    def project(self, x: Array) -> Array:
        """The points' coordinates in the plane: (…, dim) → (…, 2)."""
        if self.whole:
            return x
        return (x - self.origin) @ self.axes


def plane(q: Quadratic, wanted: tuple[int, int] | None) -> Plane:
    """The plane of the two `wanted` coordinates (from 1), or of the two extreme eigenvectors.

    Raises `BadValue` for a coordinate there is not, `Unfit` for a 1-D objective.
    """
    if q.dim < 2:
        raise Unfit("a 1-D objective has no plane")
    if wanted and not all(1 <= i <= q.dim for i in wanted):
        raise BadValue("plane", wanted, f"two of the coordinates 1 to {q.dim} are wanted")
    if q.dim == 2 and wanted in (None, (1, 2)):
        labels = (name_latex(q.names[0]), name_latex(q.names[1]))
        return Plane(np.zeros(2), np.eye(2), labels, q, whole=True)
    centre = q.stationary if q.stationary is not None else np.zeros(q.dim)
    if not wanted and q.eigenvalues[0] == q.eigenvalues[-1]:
        wanted = (1, 2)  # every direction is as steep as any other
    if wanted:
        chosen = [i - 1 for i in wanted]
        axes = np.eye(q.dim)[:, chosen]
        origin = centre.copy()
        origin[chosen] = 0.0  # so that z is the coordinate itself
        labels = (name_latex(q.names[chosen[0]]), name_latex(q.names[chosen[1]]))
        words = "the plane of " + " and ".join(q.names[i] for i in chosen)
    else:
        axes = _signed(q.eigenvectors[:, [0, -1]])
        origin = centre
        low, high = (f"{value:.3g}" for value in q.eigenvalues[[0, -1]])
        labels = (rf"$u_1$ ($\lambda={low}$)", rf"$u_{{{q.dim}}}$ ($\lambda={high}$)")
        words = "the plane of the flattest and the steepest direction"
    shape = Quadratic(
        _symmetric(axes.T @ q.Q @ axes), axes.T @ q.grad(origin), float(q.value(origin))
    )
    return Plane(origin, axes, labels, shape, whole=False, words=words)


def name_latex(name: str) -> str:
    """A coordinate's name in LaTeX: `x1` is $x_1$, a word of many letters stays upright."""
    letter, digits = name[:1], name[1:]
    if not letter.isalpha():
        return typed(name)
    if digits.isdecimal():
        return f"${letter}_{{{digits}}}$"
    return f"${name}$" if len(name) == 1 else typed(name)


def _signed(axes: Array) -> Array:
    """Eigenvectors with their largest entry positive: LAPACK's signs differ between builds."""
    largest = axes[np.abs(axes).argmax(axis=0), [0, 1]]
    return axes * np.where(largest < 0, -1.0, 1.0)


def _symmetric(matrix: Array) -> Array:
    return (matrix + matrix.T) / 2
