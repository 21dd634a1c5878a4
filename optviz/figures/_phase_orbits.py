"""Orbits of an eigenmode: by its recurrence where the rule has one, else measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.objectives import Objective, Quadratic
from optviz.optimizers import Optimizer
from optviz.schedules import Constant
from optviz.text.numbers import shortest
from optviz.theory import regimes, stability
from optviz.theory.regimes import Regime
from optviz.walks import engine
from optviz.walks.engine import Walk

Places = Sequence[tuple[float, float]]
_TURNS = 8  # usual places, around the fixed point
_DISTANCES = (1.0, 0.66, 0.33, -0.33, -0.66, -1.0)  # usual places at rest
_MEAN = "m"  # the field of a state that holds the mean of gradients


@dataclass(frozen=True, eq=False)
class Portrait:
    """Orbits (orbits, steps+1, 2) of the mode of an eigenvalue: distance and velocity.

    The velocity is the last move, xₜ − xₜ₋₁, where the rule has a recurrence with the `roots`
    (larger first), and the rule's mean of gradients where it is `measured`.
    """

    optimizer: Optimizer
    objective: Objective
    eigenvalue: float
    orbits: Array
    regime: Regime | None = None
    roots: tuple[complex, complex] | None = None

    @property
    def measured(self) -> bool:
        """Whether the orbits were run, and not computed by a recurrence."""
        return self.roots is None

    def facts(self) -> dict[str, Any]:
        """Plain data: the optimizer, the mode, its regime and the larger root's modulus."""
        factor = None if self.roots is None else abs(self.roots[0])
        return {
            "optimizer": str(self.optimizer),
            "eigenvalue": self.eigenvalue,
            "regime": self.regime,
            "factor": factor,
            "steps": self.orbits.shape[1] - 1,
        }


def eigenvalues(f: Objective) -> list[float]:
    """The distinct eigenvalues above 0, ascending. Raises `Unfit` where there are none."""
    values = f.quadratic_for("eigenmodes").curvatures
    if not values.size:
        raise Unfit("a mode moves where Q has an eigenvalue above 0; this one has none")
    return [float(value) for value in values]


def check(walk: Walk, places: Places, *, cases: bool) -> None:
    """Raises `Unfit` for a rule without a velocity, a rate that moves, or cases there are not."""
    eigenvalues(walk.objective)
    optimizer, rule = walk.optimizer, walk.optimizer.rule
    second_order = not rule.clips and rule.recurrence(1.0, 1.0) is not None
    if cases and (not second_order or regimes.rates(rule, 1.0) is None):
        raise Unfit(f"--cases needs a rule with a recurrence, such as momentum; not {optimizer}")
    if second_order:
        if not cases and stability.constant(optimizer) is None:
            raise Unfit("a phase portrait is of one rate; a schedule is given")
        return
    if _MEAN not in getattr(rule.init(np.zeros((1, 1))), "_fields", ()):
        raise Unfit(
            f"{optimizer} has no velocity to draw; momentum, nesterov, qhm and adam have one, "
            "without clipping and weight decay"
        )
    if any(velocity for _, velocity in places):
        moving = next(f"{x:g},{v:g}" for x, v in places if v)
        raise BadValue("launch", moving, f"{rule.title} begins at rest; a velocity of 0 is wanted")


def cases(walk: Walk, value: float, places: Places) -> list[Portrait]:
    """A portrait for each regime that the rule has at its own settings."""
    found = regimes.rates(walk.optimizer.rule, value) or {}
    several = (replace(walk.optimizer, schedule=Constant(eta)) for eta in found.values())
    return [portrait(replace(walk, optimizer=one), value, places) for one in several]


@np.errstate(all="ignore")
def portrait(walk: Walk, value: float, places: Places) -> Portrait:
    """The portrait of the mode of an eigenvalue."""
    optimizer, eta = walk.optimizer, stability.constant(walk.optimizer)
    scale = _distance(walk, value)
    recurrence = None
    if eta is not None and not optimizer.rule.clips:
        recurrence = optimizer.rule.recurrence(eta, value)
    if recurrence is None:
        at = [x for x, _ in places] or [scale * part for part in _DISTANCES]
        orbits = _measured(optimizer, value, np.array(at), walk.steps)
        return Portrait(optimizer, walk.objective, value, orbits)
    a, b = map(float, recurrence)
    speed = scale * float(np.sqrt(min((eta or 0.0) * value, 1.0)))
    begin = np.array(places) if places else _around(scale, speed)
    larger, smaller = (complex(root) for root in regimes.roots(a, b))
    name = regimes.REGIMES[int(regimes.regimes(a, b))]
    orbits = _orbits(a, b, begin, walk.steps)
    return Portrait(optimizer, walk.objective, value, orbits, name, (larger, smaller))


def _distance(walk: Walk, value: float) -> float:
    """How far the start is from x* along the eigenvectors of the eigenvalue; 1 if it is not."""
    q = walk.objective.quadratic_for("eigenmodes")
    if q.minimiser is None:
        return 1.0
    along = (walk.start[0] - q.minimiser) @ q.eigenvectors
    same = np.isclose(q.eigenvalues, value, rtol=1e-9, atol=0)
    return float(np.linalg.norm(along[same])) or 1.0


def _around(distance: float, velocity: float) -> Array:
    """Places on an ellipse around the fixed point: (places, 2)."""
    angles = 2 * np.pi * np.arange(_TURNS) / _TURNS
    return np.column_stack([distance * np.cos(angles), velocity * np.sin(angles)])


def _orbits(a: float, b: float, begin: Array, steps: int) -> Array:
    """eₜ₊₁ = a eₜ − b eₜ₋₁ from e₀ and e₋₁ = e₀ − v₀, with vₜ = eₜ − eₜ₋₁."""
    e, before = begin[:, 0], begin[:, 0] - begin[:, 1]
    points = [begin]
    for _ in range(steps):
        e, before = a * e - b * before, e
        points.append(np.column_stack([e, e - before]))
    return np.stack(points, axis=1)


def _measured(optimizer: Optimizer, value: float, begin: Array, steps: int) -> Array:
    """x and the mean of a run on ½λx² from each place, at rest."""
    slope = Quadratic(np.array([[value]]), np.zeros(1))
    every = islice(engine.snapshots(slope, optimizer, begin[:, None]), steps + 1)
    points = [np.hstack([each.moment.x, getattr(each.state, _MEAN)]) for each in every]
    return np.stack(points, axis=1)


def table(content: list[Portrait]) -> str:
    """CSV, one point a row: optimizer, eigenvalue, orbit, step, distance, velocity."""
    lines = ["optimizer,eigenvalue,orbit,step,distance,velocity"]
    for one in content:
        name = '"' + str(one.optimizer).replace('"', '""') + '"'
        head = f"{name},{shortest(one.eigenvalue)}"
        for number, orbit in enumerate(one.orbits.tolist(), start=1):
            lines += [
                f"{head},{number},{t},{shortest(x)},{shortest(v)}" for t, (x, v) in enumerate(orbit)
            ]
    return "\n".join(lines) + "\n"
