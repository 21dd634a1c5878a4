"""Fair comparisons: the learning rates of all optimizers chosen by one rule."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from optviz.errors import Unfit, UnknownName
from optviz.phrases import say
from optviz.text.numbers import number
from optviz.text.settings import show
from optviz.walks.engine import Walk

RULES = ("as-given", "same-eta", "same-first-step", "tuned")
_ETAS = [float(f"{eta:.3g}") for eta in np.geomspace(1e-3, 10, 41)]  # ten a decade


@np.errstate(all="ignore")
def with_fair_rates(walks: Sequence[Walk], rule: str) -> tuple[list[Walk], str]:
    """The walks with rates by the rule, and the rule as a sentence for the caption.

    `as-given` changes nothing. `same-eta` gives all the first one's rate or schedule;
    `same-first-step` scales rates until the first step of all is as long as that of the first;
    `tuned` tries the same 41 rates with each and takes the one with the least f at the
    last step. Raises `UnknownName` for an unknown rule, `Unfit` where it does not apply.
    """
    if rule not in RULES:
        raise UnknownName("rule of fairness", rule, RULES)
    if rule == "same-eta":
        schedule = walks[0].optimizer.schedule
        same = [replace(w, optimizer=replace(w.optimizer, schedule=schedule)) for w in walks]
        return same, say("fair same eta", eta=show(schedule))
    if rule == "same-first-step":
        length = _first_step(walks[0])
        return [_with_first_step(walk, length) for walk in walks], (
            say("fair first step", length=number(length))
        )
    if rule == "tuned":
        last = walks[0].steps
        least, most = show(_ETAS[0]), show(_ETAS[-1])
        remark = say("fair tuned", count=len(_ETAS), least=least, most=most, step=last)
        return [_tuned(walk) for walk in walks], remark
    return list(walks), ""


def _scaled(walk: Walk, factor: float) -> Walk:
    """The walk with its base rate multiplied."""
    schedule = walk.optimizer.schedule
    name = schedule.base()
    scaled = replace(schedule, **{name: getattr(schedule, name) * factor})
    return replace(walk, optimizer=replace(walk.optimizer, schedule=scaled))


def _first_step(walk: Walk) -> float:
    """Its length."""
    run = replace(walk, steps=1, expected=False).run()
    length = float(np.linalg.norm(run.x[1, 0] - run.x[0, 0]))
    if not 0 < length < np.inf:
        raise Unfit(f"same-first-step: the first step of {walk.optimizer} has no length")
    return length


def _with_first_step(walk: Walk, length: float) -> Walk:
    scaled = _scaled(walk, length / _first_step(walk))
    if abs(_first_step(scaled) - length) > 1e-6 * length:
        raise Unfit(f"same-first-step: the first step of {walk.optimizer} does not follow its rate")
    return scaled


def _tuned(walk: Walk) -> Walk:
    """The walk at the constant rate that leaves the least f, from all its starts together."""
    best, least = walk, np.inf
    for eta in _ETAS:
        name = walk.optimizer.schedule.base()
        schedule = replace(walk.optimizer.schedule, **{name: eta})
        candidate = replace(walk, optimizer=replace(walk.optimizer, schedule=schedule))
        f = float(candidate.run().f[-1].sum())
        if f < least:
            best, least = candidate, f
    if least == np.inf:
        raise Unfit(f"tuned: at none of the rates {walk.optimizer.rule.title} has a finite f")
    return best
