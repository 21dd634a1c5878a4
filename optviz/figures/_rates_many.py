"""The rates of very many coordinates: their median, in bands."""

import numpy as np

from optviz.arrays import Array
from optviz.phrases import listed, say
from optviz.scene import Curve, Mark, Spread
from optviz.walks.seeds import BAND_FRACTIONS, band, quantiles
from optviz.walks.trajectory import Trajectory

_CURVES = 40  # of one run, beyond which they are a carpet


def is_carpet(run: Trajectory, curves: int) -> bool:
    """Whether so many curves of the run are shown by their quantiles."""
    return curves > _CURVES and run.spread is None


def quantile_marks(
    run: Trajectory, t: Array, rate: Array, role: int, *, name: str, alone: bool
) -> list[Mark]:
    """The bands of 90 and 50 % of the coordinates (steps, dim), and their median.

    The outer band only where it is not `alone`.
    """
    spreads: list[Mark] = [
        Spread(t, *band(rate, fraction), role, depth)
        for depth, fraction in enumerate(BAND_FRACTIONS if alone else BAND_FRACTIONS[:1])
    ]
    label = ", ".join(filter(None, [name, say("median of coordinates", count=run.dim)]))
    return [*spreads, Curve(np.column_stack([t, quantiles(rate, 0.5)]), role, 0, label)]


def remark(runs: list[Trajectory], marks: tuple[Mark, ...]) -> str:
    """What the bands hold; "" where they are not of coordinates."""
    depths = {mark.depth for mark in marks if isinstance(mark, Spread)}
    if not depths or any(run.spread is not None for run in runs):
        return ""
    shares = [f"{100 * BAND_FRACTIONS[depth]:.3g}" for depth in sorted(depths, reverse=True)]
    return say("bands of coordinates", shares=listed(shares))
