"""The eigenvectors of a 2-D objective as thin arrows from its centre."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._landscape import Box
from optviz.objectives import Objective
from optviz.scene import Arrow, Mark

_LONG = 0.3  # of the box


def eigenvectors(f: Objective, centre: Array, box: Box, *, equal: bool) -> list[Mark]:
    """u₁ of the least and u₂ of the greatest eigenvalue; none where they are equal.

    As an eigenvector has two directions, each arrow points right, or up. They have one length if
    units are `equal`, else each the same part of the box.
    """
    local = f.local(centre)
    if local.eigenvalues[0] == local.eigenvalues[-1]:
        return []
    size = np.array([box[1] - box[0], box[3] - box[2]])
    arrows: list[Mark] = []
    for number, vector in enumerate(local.eigenvectors.T, start=1):
        first = vector[np.abs(vector) > 1e-9][0]
        unit = _LONG * (size.min() if equal else 1 / np.hypot(*(vector / size)))
        dx, dy = (unit * vector * np.sign(first)).tolist()
        x, y = centre.tolist()
        arrows.append(Arrow(x, y, dx, dy, f"$u_{number}$", thin=True))
    return arrows
