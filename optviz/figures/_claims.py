"""What a title claims of its runs: only what was checked on them, which is their status.

Where nothing can be claimed, the title names who ran.
"""

from collections.abc import Sequence

import numpy as np

from optviz.figures._optimizer_names import differing, optimizer_name, symbol
from optviz.optimizers import Optimizer
from optviz.phrases import capitalised, counted, listed, named, say
from optviz.walks.trajectory import Trajectory

_FEW = 3  # names that fit into a title
_FLAT = 1e-6  # of the largest curvature: what is no further below 0 is no way down
_BESIDE = 0.05  # of a step, which a cycle about the minimum may be off it
_CLAIMS = {
    "converged": "title converged",
    "stalled": "title stalled",
    "diverged": "title diverged",
    "cycling": "title cycling",
}


def claim(runs: Sequence[Trajectory]) -> str:
    """`AdaGrad stalls on the way to the minimum`; `Four optimizers, 30 steps each`."""
    text = _one(runs) if len(_owners(runs)) == 1 else _several(runs)
    return text if runs[0].label and text.startswith(runs[0].label) else capitalised(text)


def subject(runs: Sequence[Trajectory]) -> str:
    """Who ran, within a title: `AdaGrad`, `four optimizers`, `Adam at two learning rates`."""
    optimizers = list(dict.fromkeys(run.optimizer for run in runs if run.optimizer))
    everyone = all(run.optimizer for run in runs)
    names = list(dict.fromkeys(map(_name, runs)))
    if everyone and len(optimizers) > 1 and len({one.rule.word() for one in optimizers}) == 1:
        return _one_rule(runs, optimizers, claims=False)
    if len(names) <= _FEW and (everyone or all(run.label for run in runs)):
        return listed(names)
    group, count = "title optimizers" if everyone else "title paths", len(_owners(runs))
    return say(group, count=count, word=counted(count))


def _one(runs: Sequence[Trajectory]) -> str:
    """The claim of one optimizer, from one start or several."""
    name, key = _name(runs[0]), _key(runs)
    if len(runs) == 1:
        if key == "title converged":
            kind = _kind_of_end(runs[0])
            key = f"title converged {kind} in" if kind else "title converged in"
        steps = say("steps after", count=int(runs[0].status_step[0]))
        return say(key, count=1, name=name, steps=steps) if key else name
    if key:
        claimed = say(key, count=1, name=name)
        return say("title every start", claim=claimed, word=counted(_starts(runs)))
    if _starts(runs) == 1:  # of optimizers that nobody named
        return say("title paths", count=len(runs), word=counted(len(runs)))
    return say("title starts", names=name, word=counted(_starts(runs)))


def _kind_of_end(run: Trajectory) -> str:
    """`saddle` or `maximum` where the end of a run on a function of any kind is one; else ""."""
    f = run.objective
    if f is None or f.quadratic is not None:
        return ""
    curvatures = np.linalg.eigvalsh(np.nan_to_num(f.hessian(run.x[-1, 0])))
    if curvatures[0] >= -_FLAT * np.abs(curvatures).max():
        return ""
    return "saddle" if curvatures[-1] > 0 else "maximum"


def _several(runs: Sequence[Trajectory]) -> str:
    """The claim that several optimizers share, or who they are."""
    optimizers = [run.optimizer for run in runs if run.optimizer]
    if len(optimizers) == len(runs) and len({one.rule.word() for one in optimizers}) == 1:
        return _one_rule(runs, list(dict.fromkeys(optimizers)))
    count, key = len(_owners(runs)), _key(runs)
    names = list(dict.fromkeys(map(_name, runs)))
    if len(names) <= _FEW and all(run.optimizer or run.label for run in runs):
        every = group = listed(names)
    else:
        kind = "optimizers" if len(optimizers) == len(runs) else "paths"
        every = say(f"title all {kind}", word=counted(count))
        group = say(f"title {kind}", count=count, word=counted(count))
    if not key:
        return _each(runs, group)
    since = {int(run.status_step[0]) for run in runs}
    steps = max(since)
    if key == "title converged" and len(since) == 1 and steps:
        key = "title converged in"
    return say(key, count=count, name=every, steps=say("steps after", count=steps))


def _one_rule(
    runs: Sequence[Trajectory], optimizers: list[Optimizer], *, claims: bool = True
) -> str:
    """The claim of one rule at several settings, or in several dialects."""
    word, name = counted(len(optimizers)), optimizer_name(optimizers[0])
    if len({optimizer_name(one) for one in optimizers}) > 1:
        return say("title dialects", word=word, name=named(optimizers[0].rule.title))
    keys, key = differing(optimizers), _key(runs) if claims else ""
    if key:
        every = "title every rate" if keys == ["eta"] else "title every setting"
        return say(every, claim=say(key, count=1, name=name), word=word)
    if keys == ["eta"]:
        return say("title rates", name=name, word=word)
    if len(keys) == 1:
        return say("title values", name=name, word=word, symbol=symbol(optimizers[0], keys[0]))
    return say("title settings", name=name, word=word)


def _each(runs: Sequence[Trajectory], names: str) -> str:
    """The names with how many starts they have, or how many steps each ran."""
    if _starts(runs) > 1:
        return say("title starts", names=names, word=counted(_starts(runs)))
    steps = {run.steps for run in runs}
    if len(steps) > 1:
        return names
    return say("title each", names=names, steps=say("steps", count=steps.pop()))


def _key(runs: Sequence[Trajectory]) -> str:
    """The phrase of the status that all runs share; "" for none, and for many seeds in one."""
    statuses = {run.status[0] for run in runs}
    if len(statuses) > 1 or any(run.spread or run.law is not None for run in runs):
        return ""
    key = _CLAIMS.get(statuses.pop(), "")
    if key == "title diverged" and all(run.lost and run.lost[0] == "value" for run in runs):
        return "title lost"
    if key == "title cycling" and all(map(_is_about_minimum, runs)):
        return "title cycling about"
    if key == "title converged" and not all(run.status_step[0] for run in runs):
        return "title converged at once" if all(map(_starts_at_minimum, runs)) else ""
    return key


def _starts_at_minimum(run: Trajectory) -> bool:
    if run.objective is None or run.objective.minimiser is None:
        return False
    return bool(np.allclose(run.x[0, 0], run.objective.nearest(run.x[0, 0]), 1e-9, 1e-12))


def _is_about_minimum(run: Trajectory) -> bool:
    """Whether the minimum is in the box between the last two points of a cycle, or beside it."""
    if run.objective is None or run.objective.minimiser is None or len(run.x) < 2:
        return False
    ends = run.x[-2:, 0]
    minimiser = run.objective.nearest(ends.mean(axis=0))
    beside = _BESIDE * np.linalg.norm(ends[1] - ends[0])
    low, high = ends.min(axis=0) - beside, ends.max(axis=0) + beside
    return bool(((low <= minimiser) & (minimiser <= high)).all())


def _owners(runs: Sequence[Trajectory]) -> list[tuple[object, str]]:
    return list(dict.fromkeys((run.optimizer, run.label) for run in runs))


def _starts(runs: Sequence[Trajectory]) -> int:
    return len({run.x[0, 0].tobytes() for run in runs})


def _name(run: Trajectory) -> str:
    if run.optimizer:
        return optimizer_name(run.optimizer)
    return run.label or say("nameless")
