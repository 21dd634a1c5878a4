"""The panels of `loss --measure modes`: the fraction of each eigenmode in f − f*, stacked.

After Goh, "Why Momentum Really Works", Distill 2017.
"""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._optimizer_names import full_name, run_names
from optviz.figures._trajectory_kind import roles
from optviz.objectives import Objective, Quadratic
from optviz.scene import Look, Mark, Panel, Share
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

COLUMNS = 4  # panels in a row
_MANY = 12  # runs beyond which no panel is large enough to be read


def panels(runs: list[Trajectory], look: Look) -> tuple[tuple[Panel, ...], str]:
    """A panel of layers for each run, and their description. Raises `Unfit`."""
    single = not any(run.spread or run.law is not None for run in runs)
    check(runs[0].objective, len(runs), single)
    drawn, phrases = [], []
    starts = {tuple(run.x[0, 0]) for run in runs}
    for run, role, name in zip(runs, roles(runs), run_names(runs), strict=True):
        curvatures, part = shares(run)
        title = name if len(runs) > 1 else ""
        if len(starts) > 1:
            title = f"{title} from {numbers.point_tex(run.x[0, 0])}".strip()
        marks, extent = _layers(curvatures, part, run.stride)
        drawn.append(
            Panel(
                marks,
                look.xlim or extent,
                look.ylim or (0.0, 1.0),
                "step $t$",
                r"share of $f-f^*$, from $\lambda_1$ up",
                title,
                steps=True,
                role=role if len(runs) > 1 else -1,
            )
        )
        first, last = (", ".join(_percent(row)) for row in part[[0, -1]])
        end = (len(part) - 1) * run.stride  # it ends where the minimum is reached
        phrases.append(f"{full_name(run)}: {first} at the start, {last} at step {end}")
    sizes = ", ".join(numbers.number(value) for value in curvatures.tolist())
    return tuple(drawn), f"The shares of the eigenvalues {sizes} in f − f*. " + "; ".join(phrases)


def check(f: Objective | None, runs: int, single: bool) -> Quadratic:
    """The quadratic whose modes they are; `Unfit` for too many runs, and for what has no modes."""
    if runs > _MANY:
        raise Unfit(f"{runs} runs are too many for a panel each; {_MANY} can be drawn")
    if not single:
        raise Unfit("the shares of the eigenmodes are of one run; give one seed, drawn")
    if f is None:
        raise Unfit("the shares of the eigenmodes need the objective: give it with -f")
    q = f.quadratic_for("eigenmodes")
    if q.minimiser is None:
        raise Unfit(
            "this objective has no minimum for the modes to share in; --measure gradient shows "
            "the gradient's norm"
        )
    return q


def shares(run: Trajectory) -> tuple[Array, Array]:
    """The distinct eigenvalues above 0, and the share ½λuᵢ²/(f − f*) of each: (steps+1, modes).

    Up to where the run reaches the minimum or is called off. Raises `Unfit` without a minimum.
    """
    q = check(run.objective, 1, single=True)
    assert q.minimiser is not None
    away = (run.x[:, 0] - q.minimiser) @ q.eigenvectors
    size = np.abs(away).max(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        heights = q.eigenvalues * (away / size) ** 2  # scaled, so that no square overflows
        part = heights / heights.sum(axis=1, keepdims=True)
    bad = ~np.isfinite(part).all(axis=1)
    part = part[: int(bad.argmax())] if bad.any() else part
    if not len(part):
        raise Unfit("the run starts at the minimum: there is nothing to share")
    groups = _groups(q)
    sums = np.column_stack([part[:, members].sum(axis=1) for members in groups])
    return np.array([q.eigenvalues[members[0]] for members in groups]), sums


def _groups(q: Quadratic) -> list[list[int]]:
    """The indices of equal eigenvalues above 0: their eigenvectors have no meaning apart."""
    groups: list[list[int]] = []
    for i, value in enumerate(q.eigenvalues.tolist()):
        if groups and np.isclose(value, q.eigenvalues[groups[-1][0]], rtol=1e-9, atol=0):
            groups[-1].append(i)
        elif value > 0:
            groups.append([i])
    return groups


def _layers(
    curvatures: Array, part: Array, stride: int
) -> tuple[tuple[Mark, ...], tuple[float, float]]:
    steps = stride * np.arange(float(len(part)))
    if len(part) == 1:  # a single moment is as wide as a step
        steps, part = np.array([-0.5, 0.5]), np.repeat(part, 2, axis=0)
    tops = np.cumsum(part, axis=1)
    marks = []
    for i, value in enumerate(curvatures.tolist()):
        label = rf"$\lambda_{{{i + 1}}}={numbers.tex(value)}$"
        height = i / max(len(curvatures) - 1, 1)
        low = np.asarray(tops[:, i] - part[:, i])
        marks.append(Share(steps, low, tops[:, i], height, label))
    return tuple(marks), (float(steps[0]), float(steps[-1]))


def _percent(row: Array) -> list[str]:
    return [f"{100 * value:.3g} %" for value in row.tolist()]
