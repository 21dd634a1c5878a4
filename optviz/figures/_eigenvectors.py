"""The eigenvectors of a 2-D objective as thin arrows from its centre."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._landscape import Box
from optviz.objectives import Objective
from optviz.scene import Arrow, Mark

_LONG = 0.3  # of the box
_ROOM = 0.05  # of the box, for a name beside a tip


def eigenvectors(
    f: Objective, centre: Array, box: Box, *, equal: bool, numbers: tuple[int, int] = (1, 2)
) -> list[Mark]:
    """u₁ of the least and u₂ of the greatest eigenvalue, or other `numbers`; none if all are equal.

    As an eigenvector has two directions, each arrow points right, or up, unless only its other
    direction has room in the box. They have one length if units are `equal`, else each the same
    part of the box.
    """
    local = f.local(centre)
    if local.eigenvalues[0] == local.eigenvalues[-1]:
        return []
    size = np.array([box[1] - box[0], box[3] - box[2]])
    arrows: list[Mark] = []
    for number, vector in zip(numbers, local.eigenvectors.T, strict=True):
        first = vector[np.abs(vector) > 1e-9][0]
        unit = _LONG * (size.min() if equal else 1 / np.hypot(*(vector / size)))
        move = unit * vector * np.sign(first)
        if not _inside(centre + move, box) and _inside(centre - move, box):
            move = -move
        (x, y), (dx, dy) = centre.tolist(), move.tolist()
        arrows.append(Arrow(x, y, dx, dy, f"$u_{{{number}}}$", thin=True))
    return arrows


def _inside(tip: Array, box: Box) -> bool:
    """Whether the tip of an arrow is in a box, with room for its name."""
    left, right, low, high = box
    room = _ROOM * np.array([right - left, high - low])
    return bool((tip >= np.array([left, low]) + room).all() and (tip <= [right, high] - room).all())
