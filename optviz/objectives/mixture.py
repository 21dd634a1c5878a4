"""A direction in the space of features as the few that it is mostly made of."""

import numpy as np

from optviz.arrays import Array

_MOST = 3
_SMALL = 0.4  # of the largest: what is below is not worth a word


def mixture(names: tuple[str, ...], along: Array) -> list[tuple[str, float]]:
    """The features with the largest weights in `along` (dim,), largest first, and the weights."""
    sizes = np.abs(along)
    order = np.argsort(-sizes, kind="stable")[:_MOST]
    return [(names[i], float(along[i])) for i in order if sizes[i] >= _SMALL * sizes.max()]


def spelled(names: tuple[str, ...], along: Array) -> str:
    """Those features as a sum: `0.71 s1 − 0.56 s2 …`, the dots for what was left out."""
    text = ""
    parts = mixture(names, along)
    for name, weight in parts:
        sign = "−" if weight < 0 else "+"
        text += f" {sign} " if text else sign.strip("+")
        text += f"{abs(weight):.2f} {name}"
    return text + (" …" if np.count_nonzero(np.abs(along) > 1e-9) > len(parts) else "")
