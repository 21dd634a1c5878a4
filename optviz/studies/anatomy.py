"""The anatomy of one step: every quantity of it, coordinate by coordinate."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.walks import engine
from optviz.walks.engine import Walk


class Row(NamedTuple):
    """A quantity of the step: a plain name, a symbol in LaTeX, and its values (dim,)."""

    name: str
    latex: str
    values: Array


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Step `step` of a walk: `after` = x − η·scale·direction − drift. Arrays are (dim,).

    `eta` is η(t) and `rate` η·scale, times `clip` if that is not None: the factor by which `grad`
    was clipped before the rule had it. `state_before` and `state_after` are the fields of the
    rule's state around the step that have one number a coordinate, or one for all.
    """

    step: int
    names: tuple[str, ...]
    x: Array
    after: Array
    grad: Array
    state_before: dict[str, Array]
    state_after: dict[str, Array]
    direction: Array
    scale: Array
    eta: float
    rate: Array
    drift: Array
    clip: Array | None = None

    @property
    def moved(self) -> Array:
        """Δx, the step itself: (dim,)."""
        return self.after - self.x

    @property
    def plain(self) -> bool:
        """Whether the direction is the gradient itself."""
        return np.array_equal(self.direction, self.grad)

    def rows(self) -> list[Row]:
        """Every quantity, in the order of computation."""
        then, now = self.step - 1, self.step
        rows = [
            Row("x before", f"x_{{{then}}}", self.x),
            Row("gradient", f"g_{{{now}}}", self.grad),
        ]
        if self.clip is not None:
            rows.append(Row("clip factor", f"k_{{{now}}}", self.clip))
        rate = rf"\eta_{{{now}}}\,s_{{{now}}}" + rf"\,k_{{{now}}}" * (self.clip is not None)
        for field, values in self.state_before.items():
            rows.append(Row(f"{field} before", symbol(field, then), values))
            rows.append(Row(f"{field} after", symbol(field, now), self.state_after[field]))
        rows += [
            Row("direction", f"d_{{{now}}}", self.direction),
            Row("scale", f"s_{{{now}}}", self.scale),
            Row("learning rate", rf"\eta_{{{now}}}", np.full_like(self.x, self.eta)),
            Row("effective rate", rate, self.rate),
            Row("drift", f"w_{{{now}}}", self.drift),
            Row("step", rf"\Delta x_{{{now}}}", self.moved),
            Row("x after", f"x_{{{now}}}", self.after),
        ]
        return rows


def check(walk: Walk, step: int) -> None:
    """Raises `BadValue` for a step that the walk does not have, `Unfit` for several runs."""
    if len(walk.start) > 1:
        raise Unfit(f"an anatomy is of one run; {len(walk.start)} starts given")
    if len(walk.oracle.streams.seed) > 1 or walk.expected:
        raise Unfit("an anatomy is of one run; give one seed")
    if not 1 <= step <= walk.steps:
        message = (
            f"a step from 1 to {walk.steps} is wanted" if walk.steps else "the run has no step"
        )
        raise BadValue("anatomy", step, message)


@np.errstate(all="ignore")
def anatomy(walk: Walk, step: int) -> Anatomy:
    """Step `step` (from 1) of a walk from one start.

    Raises what `check` raises, and `Unfit` for a step at which the walk had overflowed.
    """
    check(walk, step)
    snapshots = engine.snapshots(walk.objective, walk.optimizer, walk.start, walk.oracle)
    (old, _, state), (new, parts, next_state) = islice(snapshots, step - 1, step + 1)
    if not np.isfinite(new.x).all():
        raise Unfit(f"the run has overflowed by step {step}; an earlier step is wanted")
    assert parts
    dim = walk.objective.dim
    direction, scale, drift = (_column(part, dim) for part in parts)
    eta = float(np.ravel(walk.optimizer.schedule(step))[0])
    clipped = walk.optimizer.clipped(new.grad)
    return Anatomy(
        step, walk.objective.names, old.x[0], new.x[0], new.grad[0],
        dict(_columns(state, dim)), dict(_columns(next_state, dim)),
        direction, scale, eta, new.rate[0], drift,
        _column(clipped.factor, dim) if clipped else None,
    )  # fmt: skip


def _columns(state: Any, dim: int, path: str = "") -> Iterator[tuple[str, Array]]:
    """The fields of a state, those of states within it too, each with a number a coordinate."""
    for field, value in zip(getattr(state, "_fields", ()), state, strict=False):
        if hasattr(value, "_fields"):
            yield from _columns(value, dim, f"{path}{field}.")
        elif np.ndim(value) <= 2 and np.shape(value)[1:] in ((), (1,), (dim,)):
            yield path + field, _column(value, dim)


def _column(value: Any, dim: int) -> Array:
    """The one row of what broadcasts against (1, dim), as (dim,)."""
    return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), (1, dim))[0])


# Powers that rules keep as products.
_LETTERS = {"b1t": r"\beta_1^{%d}", "b2t": r"\beta_2^{%d}", "rt": r"\rho^{%d}"}


def symbol(field: str, t: int) -> str:
    """A state's field at time t in LaTeX: `G` is G_{7}, `delta` stays upright."""
    if field in _LETTERS:
        return _LETTERS[field] % t
    letters = field if len(field) == 1 else rf"\mathrm{{{field}}}".replace("_", r"\_")
    return f"{letters}_{{{t}}}"
