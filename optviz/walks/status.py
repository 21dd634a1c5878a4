"""The status of a run: converged, stalled, cycling, diverged or running, and since which step.

With g the gradient, rates as recorded, and "since step t" meaning from t on without a break:

- **diverged**: x, f or g overflowed; or ‖g‖ is above 100 times its start value, and
  in every fifth of the run its largest value was at least twice that of the fifth before. Since the
  step where it passed 100 times, or overflowed.
- **converged**: ‖g‖ is at most 10⁻⁶ of its start value (of 1, for a start where g is nothing but
  rounding).
- **cycling**: each step of the last third of the run (ten at least) turns back on the one before
  (the angle is over 143°), and the steps of its two halves are equally long to within a tenth
  (a hundredth where they only grow, or only shrink).
- **stalled**: the rate has shrunk so far that the path stands still although f is not done: f − f*
  is above 1 % of its start; at the pace of its last step the run would need more steps than it has
  had to bring f − f* to a tenth; the rate is the lowest the run has seen, at most half its highest
  (weighed by g², which is what f falls by); and at that highest rate fewer steps would do.
- **running**: none of these.
"""

import numpy as np

from optviz.arrays import Array, Bools, Ints, apply, dot, norm
from optviz.objectives import Objective

STATUSES = ("converged", "stalled", "cycling", "diverged", "running")


def judge(objective: Objective, x: Array, rate: Array) -> tuple[tuple[str, ...], Ints]:
    """The status of each row and the step since which it holds: (batch,), (batch,).

    x (steps+1, batch, dim) and rate (steps, batch, dim) as in `Trajectory`.
    """
    steps, batch = len(x) - 1, x.shape[1]
    with np.errstate(all="ignore"):
        g = objective.grad(x)
        size = norm(g)
        tests = {
            "diverged": _diverging(size),
            "converged": size <= 1e-6 * np.where(size[0] > objective.rounding(x[0]), size[0], 1.0),
            "cycling": _cycling(x),
            "stalled": _stalling(objective, x, g, rate),
        }
    status, since = np.full(batch, "running", dtype=object), np.full(batch, steps)
    for name, holds in reversed(tests.items()):
        first = _first_of_last_stretch(holds)
        status = np.where(first <= steps, name, status)
        since = np.where(first <= steps, first, since)
    return tuple(str(name) for name in status), since


def _first_of_last_stretch(holds: Bools) -> Ints:
    """The first entry from which `holds` (steps+1, batch) is true to the end; steps+1 if none."""
    broken = ~holds[::-1]
    run = np.where(broken.any(axis=0), broken.argmax(axis=0), len(holds))
    return np.asarray(len(holds) - run, dtype=np.int64)


def _diverging(size: Array) -> Bools:
    overflowed = ~np.isfinite(size)
    diverged = overflowed[-1]
    if len(size) >= 10:
        peaks = np.array([part.max(axis=0) for part in np.array_split(size, 5)])
        doubling = (peaks[1:] >= 2 * peaks[:-1]).all(axis=0)
        diverged = diverged | ((size[-1] > 100 * size[0]) & doubling)
    return np.asarray(overflowed | (diverged & (size > 100 * size[0]) & (size[0] > 0)))


def _cycling(x: Array, least: int = 10) -> Bools:
    steps = len(x) - 1
    window = max(least, steps // 3)
    holds = np.zeros(x.shape[:2], dtype=bool)
    if steps < window + 1:
        return holds
    move = np.diff(x, axis=0)
    length = norm(move)
    back = dot(move[1:], move[:-1]) < -0.8 * length[1:] * length[:-1]
    half = window // 2
    late, early = length[-half:].mean(axis=0), length[-2 * half : -half].mean(axis=0)
    swing = length[-window:]
    trend = (swing[2:] >= swing[:-2]).all(axis=0) | (swing[2:] <= swing[:-2]).all(axis=0)
    even = abs(late - early) <= np.where(trend, 0.01, 0.1) * early
    holds[2:] = back & back[-window:].all(axis=0) & even & (late > 0)
    return holds


def _stalling(objective: Objective, x: Array, g: Array, rate: Array) -> Bools:
    holds = np.zeros(x.shape[:2], dtype=bool)
    if not objective.has_minimum or len(x) < 2:
        return holds
    gap, squares = objective.gap(x), g[:-1] * g[:-1]
    steps = np.arange(1, len(x))[:, None]
    pace = np.log(gap[:-1] / gap[1:])  # f − f* falls by exp(−pace) in this step
    now = dot(squares, rate)  # the decrease of f, to first order
    highest = dot(squares, np.maximum.accumulate(rate))
    lowest = dot(squares, np.minimum.accumulate(rate))
    shrunk = (now <= 1.01 * lowest) & (now <= 0.5 * highest)
    slow = (gap[1:] > 0.01 * gap[0]) & (pace >= 0) & (pace * steps < np.log(10))
    holds[1:] = shrunk & slow & (highest / gap[:-1] * steps > np.log(10))
    return holds


def factors(Q: Array, tail: Array, far: float | Array = 0.0) -> Array:
    """By how much a step multiplies the distance to x*, the most over the eigenvectors of Q.

    tail (4, batch, dim): x − x* after four steps in a row; Q (dim, dim) or (batch, dim, dim); `far`
    is ‖x*‖, beside which x − x* loses digits. Along each eigenvector eₜ₊₁ = a eₜ − b eₜ₋₁ is
    fitted and the larger root of z² − az + b taken; where rounding hides all but one root, the
    ratio of two points. (batch,); nan at rest.
    """
    with np.errstate(all="ignore"):
        axes = np.swapaxes(np.linalg.eigh(Q)[1], -1, -2)
        e0, e1, e2, e3 = (apply(axes, e) for e in tail)  # no BLAS: a row alone gives the same bits
        det = e0 * e2 - e1 * e1
        a, b = (e0 * e3 - e1 * e2) / det, (e1 * e3 - e2 * e2) / det
        inside = a * a - 4 * b
        larger = np.where(
            inside >= 0, (abs(a) + np.sqrt(np.maximum(inside, 0))) / 2, np.sqrt(np.maximum(b, 0))
        )
        noise = np.finfo(float).eps * (1 + np.reshape(far, (-1, 1)) / abs(e1))
        single = abs(det) <= np.sqrt(noise) * (
            abs(e0 * e2) + e1 * e1
        )  # both errors are alike there
        factor = np.where(single, abs(e3 / e2), larger)
        size = np.abs([e0, e1, e2, e3]).max(axis=0)
        small = size <= 1e-3 * size.max(axis=-1, keepdims=True)  # the others last longer
        largest = np.where(small | np.isnan(factor), -1.0, factor).max(axis=-1)
    return np.where(largest < 0, np.nan, largest)
