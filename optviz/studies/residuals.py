"""Residual polynomials: by what each eigenvector of Q has been multiplied after t steps.

A method whose steps are combinations of the gradients so far, by numbers that are the same for all
coordinates, has xₜ − x* = Pₜ(Q)(x₀ − x*) with a polynomial Pₜ of degree t and Pₜ(0) = 1. Source:
Fischer 1996, Polynomial based iteration methods; Pedregosa 2020, Residual polynomials and the
Chebyshev method.
"""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer
from optviz.theory import stability
from optviz.walks import engine
from optviz.walks.engine import Walk

_PROBE = Quadratic(np.diag(np.linspace(1.0, 2.0, 6)), np.zeros(6))
_PROBED = 5  # steps
_POINTS = 601  # of a curve
_NEAR = 1e-8  # of a step: what is left of it by the best combination is rounding


@dataclass(frozen=True, eq=False)
class Residuals:
    """Pₜ of an optimizer for t = 0, 1, …: at the eigenvalues and on a grid between them.

    eigenvalues (modes,), distinct and above 0; points (points,); values (steps+1, points) and
    at_eigenvalues (steps+1, modes). `planned` says that the steps do not depend on the start; else
    they are those of the run from `start` (dim,).
    """

    optimizer: Optimizer
    objective: Quadratic
    start: Array
    eigenvalues: Array
    points: Array
    values: Array
    at_eigenvalues: Array
    planned: bool

    @property
    def steps(self) -> int:
        """The largest t."""
        return len(self.values) - 1

    def worst(self, t: int) -> tuple[float, float]:
        """λ and Pₜ(λ) where |Pₜ| is greatest: between the ends of the spectrum if `planned`.

        Else at an eigenvalue: what a run does between them is of no importance to it.
        """
        points, values = (
            (self.points, self.values[t])
            if self.planned
            else (self.eigenvalues, self.at_eigenvalues[t])
        )
        worst = int(np.abs(values).argmax())
        return float(points[worst]), float(values[worst])


def check(walk: Walk) -> Quadratic:
    """The quadratic, if the walk has residual polynomials. Raises `Unfit` if it has none."""
    q = walk.objective.quadratic_for("residual polynomials")
    if q.definite not in ("positive", "positive semi"):
        raise Unfit("residual polynomials are over curvatures from 0 up; this Q is not such")
    if not stability.is_linear(walk.optimizer.rule) and not _combines(walk.optimizer):
        raise Unfit(
            f"{walk.optimizer.rule.title} has no residual polynomial: its steps are no combination "
            "of gradients by numbers alone; gd, momentum, nesterov, chebyshev, steepest and cg "
            "have one"
        )
    return q


@np.errstate(all="ignore")
def residuals(walk: Walk, points: Array | None = None, *, log: bool = False) -> Residuals:
    """The polynomials of a walk at `points`, by default 601 over the spectrum.

    These are even steps of λ, or with `log` even factors. Raises what `check` raises, and `Unfit`
    for a run that overflows.
    """
    q, optimizer, start = check(walk), walk.optimizer, walk.start[0]
    eigenvalues = q.curvatures
    if points is None:
        spaced = np.geomspace if log else np.linspace
        points = spaced(eigenvalues[0], eigenvalues[-1], _POINTS)
    nodes, count = np.concatenate([points, eigenvalues]), len(points)
    planned = stability.is_linear(optimizer.rule)
    if planned:
        diagonal = Quadratic(np.diag(nodes), np.zeros(len(nodes)))
        values = engine.run(diagonal, optimizer, np.ones(len(nodes)), walk.steps).x[:, 0]
    else:
        values = _of_run(q, optimizer, start, walk.steps, nodes)
    if not np.isfinite(values).all():
        raise Unfit(f"{optimizer.rule.title} overflows; fewer steps, -n, are wanted")
    return Residuals(
        optimizer, q, start, eigenvalues, points, values[:, :count], values[:, count:], planned
    )


def _of_run(q: Quadratic, optimizer: Optimizer, start: Array, steps: int, nodes: Array) -> Array:
    """Pₜ at the nodes, from the combination that each step of a run is: (steps+1, nodes).

    Δxₜ = −aₜgₜ + bₜΔxₜ₋₁, and so Pₜ − Pₜ₋₁ = −aₜλPₜ₋₁ + bₜ(Pₜ₋₁ − Pₜ₋₂).
    """
    run = engine.run(q, optimizer, start, steps)
    moves, gradients = np.diff(run.x[:, 0], axis=0), run.grad[:, 0]
    values = np.ones((steps + 1, len(nodes)))
    before = np.zeros(len(nodes))
    for t in range(steps):
        last = moves[t - 1] if t else np.zeros_like(moves[0])
        a, b, _ = _combination(moves[t], gradients[t], last)
        before = -a * nodes * values[t] + b * before
        values[t + 1] = values[t] + before
    return values


def _combination(move: Array, gradient: Array, last: Array) -> tuple[float, float, float]:
    """a and b of Δx = −a g + b Δx₋₁, and what is left of Δx, relative to its length."""
    columns = np.column_stack([-gradient, last])
    sizes = np.linalg.norm(columns, axis=0)
    if not np.isfinite(columns).all() or not np.isfinite(move).all():
        return np.nan, np.nan, np.inf
    scaled = columns / np.where(sizes > 0, sizes, 1.0)
    found, *_ = np.linalg.lstsq(scaled, move, rcond=1e-12)
    left = float(np.linalg.norm(scaled @ found - move))
    a, b = found / np.where(sizes > 0, sizes, np.inf)
    length = float(np.linalg.norm(move))
    return float(a), float(b), left / length if length else 0.0


@np.errstate(all="ignore")
def _combines(optimizer: Optimizer) -> bool:
    """Whether each step is a combination of the gradient and the step before, on a probe."""
    run = engine.run(_PROBE, optimizer, np.array([3.0, -1.0, 2.0, 1.0, -2.0, 1.5]), _PROBED)
    moves, gradients = np.diff(run.x[:, 0], axis=0), run.grad[:, 0]
    lasts = np.vstack([np.zeros_like(moves[:1]), moves[:-1]])
    alive = np.linalg.norm(gradients, axis=1) > 1e-6 * np.linalg.norm(gradients[0])
    several = zip(moves[alive], gradients[alive], lasts[alive], strict=True)
    return all(_combination(*each)[2] < _NEAR for each in several)
