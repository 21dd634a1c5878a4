"""What will become of one optimizer on an objective, from its settings and its start alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Point
from optviz.theory import stability

_LONGEST = 512  # steps of a schedule looked at one by one; of more, as many spread over them


@dataclass(frozen=True, eq=False)
class Forecast:
    """What theory foretells of one optimizer; None is what it cannot.

    `eta` is its rate, the largest of a schedule, met first at step `eta_step`. `max_eta` is the
    largest stable rate with its other settings as they are, `best` the settings that leave the
    least factor a step. `factor` is that of the slowest direction, `factors` each eigenvector's
    (dim,), at `eta`. `steps` brings f − f* to the tolerance. `applied`, `needed` and `ceilings`
    (dim,) are the effective rates of step 1, those that would take each coordinate to its
    minimum at once, and those above which it grows. `quiet` says that the start has no part along
    the directions that grow. `facts` are the rule's own. `sentence` writes the `verdict`.
    """

    optimizer: Optimizer
    eta: float
    eta_step: int
    constant: bool
    applied: Array
    needed: Array
    ceilings: Array
    max_eta: float | None = None
    best: Optimizer | None = None
    best_factor: float | None = None
    best_steps: float | None = None
    factor: float | None = None
    factors: Array | None = None
    steps: float | None = None
    facts: dict[str, float | Array] = field(default_factory=dict)
    quiet: bool = False
    sentence: Callable[[], str] = str

    @property
    def verdict(self) -> str:
        """What becomes of it, as a sentence in the language of `phrases`."""
        with np.errstate(all="ignore"):
            return self.sentence()

    @property
    def diverges(self) -> bool:
        """Whether it is certain to run off at its settings."""
        grows = self.factor is not None and self.factor > 1 + 1e-12
        return self.constant and grows and not self.quiet


def predict(
    objective: Quadratic, optimizer: Optimizer, start: Array, steps: int, tolerance: float
) -> Forecast:
    """All but the rule's own facts and the sentence; start is (dim,)."""
    rule, moves = optimizer.rule, optimizer.moves_momentum
    eta, eta_step = _largest(optimizer, steps)
    constant = stability.constant(optimizer) is not None
    diagonal = np.diag(objective.Q)
    best = stability.best(rule, objective)
    best_factor = stability.factor(best, objective) if best else None
    factors = None if moves else stability.factors(rule, eta, objective.eigenvalues)
    factor = stability.factor(optimizer, objective)
    downhill = objective.minimiser is not None
    with np.errstate(all="ignore"):
        positive = np.where(diagonal > 0, diagonal, np.nan)
        ceiling = optimizer.ceiling()
        needed, ceilings = 1 / positive, (ceiling[0] if ceiling else np.nan) / positive
    return Forecast(
        optimizer, eta, eta_step, constant, _applied(objective, optimizer, start), needed,
        ceilings, None if moves else stability.largest_rate(rule, objective), best, best_factor,
        _steps(best_factor, tolerance) if downhill else None, factor, factors,
        _steps(factor, tolerance) if downhill else None,
    )  # fmt: skip


def _steps(factor: float | None, tolerance: float) -> float | None:
    return None if factor is None else stability.steps_to(tolerance, factor)


def _largest(optimizer: Optimizer, steps: int) -> tuple[float, int]:
    """The largest rate of steps 1 to `steps`, and the first step that has it."""
    constant = stability.constant(optimizer)
    if constant is not None:
        return constant, 1
    times = np.unique(np.geomspace(1, max(steps, 1), _LONGEST).round().astype(int))
    if steps <= _LONGEST:
        times = np.arange(1, max(steps, 1) + 1)
    etas = [float(optimizer.schedule(int(t))) for t in times]
    return max(etas), int(times[int(np.argmax(etas))])


def _applied(objective: Quadratic, optimizer: Optimizer, start: Array) -> Array:
    """The effective rates of step 1: (dim,)."""
    x, eta = start[None], optimizer.schedule(1)
    with np.errstate(all="ignore"):
        point = Point(
            1, eta, x, objective.value(x), objective.grad(x), objective, objective.minimum
        )
        rate = optimizer.step(point, optimizer.rule.init(x)).rate
        return np.array(np.broadcast_to(rate, x.shape)[0], dtype=np.float64)
