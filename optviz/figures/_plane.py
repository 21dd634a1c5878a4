"""The plane of a trace: all of a 2-D objective, a cut through the minimiser of others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit, UnknownName
from optviz.objectives import Objective, Quadratic
from optviz.objectives.mixture import spelled
from optviz.phrases import listed, say
from optviz.text import letters
from optviz.text.numbers import number

_NO_SLOPE = 1e-7  # of the curvature there


@dataclass(frozen=True, eq=False)
class Plane:
    """x = origin + axes·z, with z in the plane: axes (dim, 2) orthonormal, labels in LaTeX.

    `shape` is f on the plane as a function of z. `whole` says that the plane is all there is.
    """

    origin: Array
    axes: Array
    labels: tuple[str, str]
    shape: Objective
    whole: bool
    description: str = ""

    def project(self, x: Array) -> Array:
        """The points' coordinates in the plane: (…, dim) → (…, 2)."""
        if self.whole:
            return x
        return (x - self.origin) @ self.axes

    def is_stationary_for(self, f: Objective) -> Callable[[Array], bool]:
        """Whether f has no slope out of the plane either, at a point where it has none in it."""

        def is_stationary(z: Array) -> bool:
            x = self.origin + self.axes @ z
            slope = np.abs(f.grad(x)).max()
            return bool(slope <= _NO_SLOPE * max(1.0, np.abs(f.hessian(x)).max()))

        return is_stationary


def plane(
    f: Objective, pair: tuple[int | str, int | str] | None, path: Array | None = None
) -> Plane:
    """The plane of two coordinates, by name or number from 1, or of the two extreme eigenvectors.

    It passes the minimum; where none is known that of a function that is no quadratic passes the
    end of the `path` (steps+1, dim), or its start if it overflows.
    Raises `BadValue` or `UnknownName` for a coordinate there is not, `Unfit` for a 1-D objective.
    """
    if f.dim < 2:
        raise Unfit("a 1-D objective has no plane")
    pair_numbers = numbered(f.names, pair) if pair else None
    if f.dim == 2 and pair_numbers in (None, (1, 2)):
        labels = (name_latex(f.names[0]), name_latex(f.names[1]))
        return Plane(np.zeros(2), np.eye(2), labels, f, whole=True)
    centre, through = _centre(f, path)
    if not pair_numbers and (extremes := eigenplane(f, path)):
        return extremes
    # without a pair, every direction is as steep as any other
    chosen = [i - 1 for i in pair_numbers or (1, 2)]
    axes, origin = np.eye(f.dim)[:, chosen], centre.copy()
    origin[chosen] = 0.0  # so that z is the coordinate itself
    labels = (name_latex(f.names[chosen[0]]), name_latex(f.names[chosen[1]]))
    description = say("plane of", names=listed([name_latex(f.names[i]) for i in chosen]))
    description = say(through, plane=description) if through else description
    shape = f.restricted(origin, axes)
    return Plane(origin, axes, labels, shape, whole=False, description=description)


def eigenplane(f: Objective, path: Array | None = None) -> Plane | None:
    """The plane of the flattest and the steepest eigenvector, through the point of `plane`.

    None where all directions are equal, or f has no curvature there.
    """
    centre, through = _centre(f, path)
    if not np.isfinite(f.hessian(centre)).all():
        return None
    local = f.local(centre)
    if local.eigenvalues[0] == local.eigenvalues[-1]:
        return None
    axes = _signed(local.eigenvectors[:, [0, -1]])
    description = say("plane of extremes") if f.dim > 2 else say("plane of eigenvectors")
    description = say(through, plane=description) if through else description
    labels = _directions(local, axes, of_features=f.data is not None)
    shape = f.restricted(centre, axes)
    return Plane(centre, axes, labels, shape, whole=False, description=description)


def _centre(f: Objective, path: Array | None) -> tuple[Array, str]:
    """The point that a plane passes, and the phrase for it, "" where it is the centre of f."""
    if f.centre is not None or f.quadratic is not None or path is None:
        return f.centre if f.centre is not None else np.zeros(f.dim), ""
    if np.isfinite(path[-1]).all() and np.isfinite(f.value(path[-1])):
        return path[-1], "plane through end"
    return path[0], "plane through start"


def numbered(names: tuple[str, ...], pair: tuple[int | str, int | str]) -> tuple[int, int]:
    """The numbers of two coordinates, from 1. Raises `BadValue`, `UnknownName`."""
    indices = []
    for one in pair:
        if isinstance(one, str) and one not in names:
            raise UnknownName("coordinate", one, names)
        indices.append(names.index(one) + 1 if isinstance(one, str) else one)
    if not all(1 <= i <= len(names) for i in indices) or indices[0] == indices[1]:
        raise BadValue(
            "plane",
            ",".join(map(str, pair)),
            f"two of the coordinates 1 to {len(names)} are wanted",
        )
    return indices[0], indices[1]


def name_latex(name: str, before: str = "", after: str = "") -> str:
    """A coordinate's name in LaTeX: `x1` is $x_1$, a word of many letters stays upright.

    `before` and `after` are of a formula around it, such as bars.
    """
    if parts := letters.parts(name):
        index = f"_{{{parts[1]}}}" if parts[1] else ""
        return f"${before}{letters.tex(parts[0])}{index}{after}$"
    return "".join((before and f"${before}$", upright(name), after and f"${after}$"))


def upright(name: str) -> str:
    """The name of a column on one line, with its dollars escaped."""
    return re.sub(r"[\t\r\n]", " ", name).replace("$", r"\$")


def _directions(q: Quadratic, axes: Array, of_features: bool) -> tuple[str, str]:
    """Labels of the two extreme eigenvectors: their λ, and their main coordinates if these are."""
    names = ["$u_1$", f"$u_{{{q.dim}}}$"]
    if of_features:
        mixed = (upright(spelled(q.names, axis)) for axis in axes.T)
        names = [f"{name}: {mix}" for name, mix in zip(names, mixed, strict=True)]
    low, high = (number(float(value)) for value in q.eigenvalues[[0, -1]])
    return f"{names[0]} (λ = {low})", f"{names[1]} (λ = {high})"


def _signed(axes: Array) -> Array:
    """Eigenvectors with their largest entry positive: LAPACK's signs differ between builds."""
    largest = axes[np.abs(axes).argmax(axis=0), [0, 1]]
    return axes * np.where(largest < 0, -1.0, 1.0)
