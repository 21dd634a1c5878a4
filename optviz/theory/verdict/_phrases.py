"""Numbers, points and directions in plain words."""

import numpy as np

from optviz import phrases
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.phrases import say
from optviz.text.numbers import number

MANY = 4  # coordinates beyond which only the first few and the last are named


def factor(value: float, digits: int = 3) -> str:
    """A factor a step: near 1 by its distance from it, `1 − 3.8×10⁻⁸`, for that is what counts."""
    text = number(value, digits)
    if text != "1" or value == 1:
        return text
    return f"1 {'−' if value < 1 else '+'} {number(abs(1 - value))}"


def listed(values: Array | float) -> str:
    """A number, or a point: (0.476, 2); of many coordinates the first three and the last."""
    if np.ndim(values) == 0:
        return number(float(values))
    parts = [number(value) for value in np.asarray(values).tolist()]
    return parts[0] if len(parts) == 1 else f"({', '.join(shortened(parts))})"


def shortened(parts: list[str]) -> list[str]:
    """All of a few, else the first three, dots, and the last."""
    return parts if len(parts) <= MANY else [*parts[:3], "…", parts[-1]]


def nature(objective: Quadratic) -> str:
    """`positive definite`, `negative semidefinite`, `indefinite`, or `Q = 0`."""
    return say(f"nature {objective.definite}")


def vector(objective: Quadratic, index: int) -> Array:
    """The eigenvector number `index`, its largest entry positive: LAPACK's signs differ."""
    along = objective.eigenvectors[:, index]
    along = np.where(np.abs(along) < 1e-12, 0.0, along)
    return along * np.where(along[np.abs(along).argmax()] < 0, -1.0, 1.0) + 0.0


def direction(objective: Quadratic, index: int) -> str:
    """An eigenvector by name: `x2` where it is that coordinate's axis, `(0.707, −0.707)`, `u30`."""
    along = vector(objective, index)
    if np.count_nonzero(along) == 1:
        return objective.names[int(along.argmax())]
    return listed(along) if objective.dim <= 3 else f"u{index + 1}"


def directions(objective: Quadratic, indices: list[int]) -> str:
    """Several eigenvectors by name: `x1 and x2`, `every direction`, `x1 and 28 more`."""
    if len(indices) == objective.dim > 2:
        return say("verdict every direction")
    first = direction(objective, indices[0])
    if len(indices) == 1:
        return first
    if len(indices) == 2:
        return phrases.listed([first, direction(objective, indices[1])])
    return say("verdict and more", first=first, count=len(indices) - 1)
