"""Titles of `rates`: what the rates of a run do, where it is so at every step."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures import _rates_moving
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._rates_ceilings import Threshold, first_crossings
from optviz.figures._rates_curves import groups
from optviz.figures._rates_moving import Moving
from optviz.phrases import listed, say
from optviz.text.letters import subscript
from optviz.walks.trajectory import Trajectory

_NAMED = 3  # crossings beyond which only the first is named
_ROUNDING = 1e-12  # a rate that rises by less than this share of itself stays


def claim(
    runs: list[Trajectory], lines: Sequence[Threshold], quantity: str, moved: Sequence[Moving] = ()
) -> str:
    """A sentence that holds of the effective rates of a single run; "" if there is none.

    They cross their ceilings, stay above them, only fall, or stay below, in this order. `moved`
    are the ceilings that move.
    """
    run = runs[0]
    measured = quantity == "effective" and run.spread is None and run.law is None
    if len(runs) > 1 or not measured or len(run.rate) < 2 or not np.isfinite(run.rate).any():
        return ""
    whose = possessive(optimizer_name(run.optimizer) if run.optimizer else run.label)
    if not whose:
        return ""
    if crossed := first_crossings(run, lines, quantity):
        return _crossing(run, whose, lines, crossed)
    if crossed := _rates_moving.first_crossings(moved, runs):
        return _crossing(run, whose, moved, crossed)
    if above := _above(run, whose, lines):
        return above
    if _only_falls(run.rate[:, 0]):
        return say("rates only fall", whose=whose, count=_curves(run))
    if lines and all(_below(run, line).all() for line in lines):
        return _staying(run, whose, lines)
    if _rates_moving.stays_below(moved, run):
        key = "rates below ceilings" if _curves(run) > 1 else "rate below ceilings"
        bare = not any(line.coordinates for line in moved)
        count = _curves(run) if bare else len(moved)
        return say("rates below the ceiling" if bare else key, whose=whose, count=count)
    return ""


def possessive(name: str) -> str:
    """`AdaGrad's`, `Conjugate gradients'`; "" for no name."""
    if not name:
        return ""
    return say("possessive of s" if name.endswith("s") else "possessive", name=name)


def _name(name: str) -> str:
    """A coordinate's name in a title: `x₂`."""
    return name[0] + subscript(name[1:]) if name[1:].isdigit() else name


def _curves(run: Trajectory) -> int:
    return len(groups(run.rate[:, 0]))


def _crossing(
    run: Trajectory,
    whose: str,
    lines: Sequence[Threshold] | Sequence[Moving],
    crossed: dict[int, int],
) -> str:
    """`RMSProp's rates cross their ceilings at steps 25 and 51`."""
    steps = sorted(set(crossed.values()))
    at = listed([str(step) for step in steps])
    names = listed([_name(run.names[i]) for i in crossed])
    values = {"whose": whose, "names": names, "count": len(crossed)}
    if _curves(run) == 1:
        key = "rate crosses ceiling" if run.dim == 1 else "rate crosses ceilings of"
        return say(key, **values, at=say("at steps", count=len(steps), steps=at))
    if len(steps) > _NAMED:
        at = say("first at step", step=steps[0])
    else:
        at = say("at steps", count=len(steps), steps=at)
    whole = len(crossed) == sum(len(line.coordinates) for line in lines) > 1
    return say("rates cross ceilings" if whole else "rates of cross ceilings", **values, at=at)


def _above(run: Trajectory, whose: str, lines: Sequence[Threshold]) -> str:
    """`Gradient descent's rate stays above the ceiling of x₂`; "" where none does at all steps."""
    rate = run.rate[:, 0]
    above = [
        i for line in lines for i in line.coordinates if np.isfinite(rate[:, i]).all()
        if (rate[:, i] > line.y).all()
    ]  # fmt: skip
    if not above:
        return ""
    names = listed([_name(run.names[i]) for i in sorted(above)])
    values = {"whose": whose, "names": names, "count": len(above)}
    if _curves(run) == 1:
        return say("rate above ceiling" if run.dim == 1 else "rate above ceilings of", **values)
    return say("rates of above ceilings", **values)


def _below(run: Trajectory, line: Threshold) -> Bools:
    """Whether each rate is below the line; each of all rates, where the line bounds them all."""
    rate = run.rate[:, 0]
    own = rate if "max" in line.index else rate[:, list(line.coordinates)]
    return np.asarray((own < line.y) | ~np.isfinite(own))


def _only_falls(rate: Array) -> bool:
    """Whether the rate of every coordinate (steps, dim) never rises, and falls in the end."""
    if not np.isfinite(rate).all():
        return False
    never_rises = (rate[1:] <= rate[:-1] * (1 + _ROUNDING)).all()
    return bool(never_rises and (rate[-1] < (1 - 1e-3) * rate[0]).all())


def _staying(run: Trajectory, whose: str, lines: Sequence[Threshold]) -> str:
    """`AdaGrad's rates stay below their ceilings`."""
    covered = {i for line in lines for i in line.coordinates}
    if any("max" in line.index for line in lines):
        return say("rates below the ceiling", whose=whose, count=_curves(run))
    if len(covered) < run.dim:
        return ""
    key = "rates below ceilings" if _curves(run) > 1 else "rate below ceilings"
    return say(key, whose=whose, count=len(lines))
