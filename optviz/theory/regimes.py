"""How one eigenmode of a linear rule moves: monotone, critical, oscillating, alternating, or away.

A mode follows eₜ₊₁ = a eₜ − b eₜ₋₁, and the roots of z² − az + b decide. Complex roots turn (it
oscillates), a positive real one that is largest shrinks (monotone), a negative one changes sign
at each step (alternating); where both roots are one it is critical, the fastest decay without
oscillation. Source: O'Donoghue & Candès 2015; Goh, "Why Momentum Really Works", Distill 2017.
"""

from typing import Literal, get_args

import numpy as np

from optviz.arrays import Array, Ints
from optviz.optimizers import Rule
from optviz.text.settings import Num

Regime = Literal["monotone", "critical", "oscillating", "alternating", "diverging"]
REGIMES: tuple[Regime, ...] = get_args(Regime)
_ROUNDING = 1e-12  # of a² + 4|b|: a smaller discriminant is 0


def roots(a: Num, b: Num) -> tuple[Array, Array]:
    """The roots of z² − az + b, complex, that with the larger modulus first; shapes broadcast."""
    half, square = np.asarray(a, dtype=complex) / 2, discriminant(a, b) / 4
    apart = np.sqrt(square.astype(complex))
    one, other = half + apart, half - apart
    larger = np.abs(one) >= np.abs(other)
    return np.where(larger, one, other), np.where(larger, other, one)


def discriminant(a: Num, b: Num) -> Array:
    """a² − 4b, 0 where it is only rounding."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    found = a * a - 4 * b
    return np.where(np.abs(found) <= _ROUNDING * (a * a + 4 * np.abs(b)), 0.0, found)


def regimes(a: Num, b: Num) -> Ints:
    """The number in `REGIMES` of each pair: shapes broadcast.

    A mode that neither shrinks nor grows, such as one of curvature 0, counts as what its roots
    are; diverging is one that grows.
    """
    inside, (larger, _) = discriminant(a, b), roots(a, b)
    found = np.where(larger.real >= 0, REGIMES.index("monotone"), REGIMES.index("alternating"))
    found = np.where(inside < 0, REGIMES.index("oscillating"), found)
    found = np.where(inside == 0, REGIMES.index("critical"), found)
    return np.where(np.abs(larger) > 1 + _ROUNDING, REGIMES.index("diverging"), found)


def regime(rule: Rule, eta: float, curvature: float) -> Regime | None:
    """The regime of a mode at a constant rate; None for a rule without a recurrence."""
    recurrence = None if rule.clips else rule.recurrence(eta, curvature)
    return None if recurrence is None else REGIMES[int(regimes(*recurrence))]


def rates(rule: Rule, curvature: float) -> dict[Regime, float] | None:
    """A rate for each regime but diverging at the rule's other settings, that of `critical` exact.

    The others lie in the middle of their first range. None for a rule without a recurrence or a
    stable rate, and without an entry for a regime that no stable rate has.
    """
    ceiling = rule.ceiling()
    if rule.clips or ceiling is None or rule.recurrence(1.0, 1.0) is None:
        return None
    etas = np.linspace(0.0, ceiling[0] / curvature, 4001)[1:-1]
    recurrence = rule.recurrence(etas, curvature)
    assert recurrence is not None
    every = np.broadcast_to(regimes(*recurrence), etas.shape)
    found: dict[Regime, float] = {}
    for number, name in enumerate(REGIMES[:-1]):
        if name == "critical":
            if (critical := _critical(rule, curvature, etas, every)) is not None:
                found[name] = critical
            continue
        inside = np.flatnonzero(every == number)
        if inside.size:
            first = np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1)[0]
            found[name] = float(etas[first[len(first) // 2]])
    return found


def _critical(rule: Rule, curvature: float, etas: Array, every: Ints) -> float | None:
    """The first rate at which monotone ends with a discriminant of 0, by bisection."""
    for end in np.flatnonzero((every[:-1] == 0) & (every[1:] != 0)).tolist():
        low, high = float(etas[end]), float(etas[end + 1])
        for _ in range(60):
            middle = (low + high) / 2
            a, b = map(float, rule.recurrence(middle, curvature) or (0.0, 0.0))
            low, high = (middle, high) if a > 0 and a * a > 4 * b else (low, middle)
        if regime(rule, high, curvature) == "critical":
            return high
    return None
