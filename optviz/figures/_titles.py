"""Titles, subtitles and opening sentences of figures, made from the runs that they show."""

from collections.abc import Sequence

import numpy as np

from optviz import gradients
from optviz.errors import OptvizError
from optviz.figures import _run_text
from optviz.figures._claims import claim
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import full_name, optimizer_name, shared_settings
from optviz.phrases import capitalised, counted, listed, say
from optviz.scene import Look, Mark, Path, Ring, Spread, Tried, Tube
from optviz.text.numbers import number, point, typed
from optviz.walks.trajectory import Trajectory

__all__ = ["claim", "description", "heading", "sentence", "subtitle", "title"]


def heading(
    look: Look, runs: list[Trajectory], marks: Sequence[Mark] = (), text: str = ""
) -> tuple[str, str]:
    """The title and the subtitle: the `text`, or else what can be claimed of the runs.

    A number of steps that the title tells is not told again below it.
    """
    text = text or claim(runs)
    is_told = look.title is None and _tells_steps(text, say("steps", count=runs[0].steps))
    return title(look, text), subtitle(runs, marks, with_steps=not is_told)


def _tells_steps(text: str, steps: str) -> bool:
    """Whether a title has the words of `title each` around some names, in whatever order."""
    before, after = say("title each", names="\0", steps=steps).split("\0")
    return text.startswith(capitalised(before)) and text.endswith(after)


def title(look: Look, heading: str) -> str:
    """The title of the look, or the heading where the look has none."""
    return heading if look.title is None else typed(look.title)


def sentence(runs: list[Trajectory]) -> str:
    """`AdaGrad, η = 0.4, on f(x) = …`, in Unicode: who ran on what, to open a description."""
    owners = list(dict.fromkeys(run.optimizer for run in runs))
    names = list(dict.fromkeys(optimizer_name(owner) for owner in owners if owner))
    if len(owners) == 1 and (owners[0] or len(runs) == 1):
        name = full_name(runs[0])
    elif names and None not in owners and len(names) <= 3:
        name = listed(names)
    else:
        group = "title paths" if None in owners else "title optimizers"
        count = len(runs) if None in owners else len(owners)
        name = say(group, count=count, word=counted(count))
    name = name if name == runs[0].label else capitalised(name)
    objective = _objective(runs[0], latex=False)
    return say("ran on", name=name, objective=objective) if objective else name


def description(runs: list[Trajectory]) -> str:
    """Who ran on what, and the path of each run."""
    if len(runs) == 1:
        return f"{_run_text.description(runs[0], sentence(runs))}."
    paths = "; ".join(_run_text.description(run, full_name(run)) for run in runs)
    return f"{sentence(runs)}. {paths}."


def subtitle(runs: list[Trajectory], marks: Sequence[Mark] = (), with_steps: bool = True) -> str:
    """`η = 0.4 on f(x) = …, 20 steps from (−5, −2) to (−2.38, −0.159)`.

    The settings are those that all optimizers share. Of many seeds, and of an exact law, the
    subtitle says what the `marks` show of them. The steps are left out if not `with_steps`.
    """
    settings, objective = shared_settings(runs), _objective(runs[0], latex=True)
    both = settings and objective
    head = say("on", settings=settings, objective=objective) if both else settings or objective
    noise = _noise(runs, marks)
    end = "" if noise or len(runs) > 1 else _end(runs[0])
    if not with_steps and head and not end:
        has_facts = "," in head.rpartition("$")[2]  # of the objective, beside its formula
        walk = say("from after facts" if has_facts else "from", head=head, start=_start(runs))
    else:
        walk = ", ".join(filter(None, [head, _walk(runs, end)]))
    remarks = [noise or (_cycle(runs[0]) if end else ""), _dots(marks), _tried(marks)]
    return "; ".join(filter(None, [walk, *remarks]))


def _dots(marks: Sequence[Mark]) -> str:
    """How many steps lie between two dots of the paths, unless each step has one."""
    steps = {mark.every * mark.stride for mark in marks if isinstance(mark, Path)} - {0}
    return say("dots", count=max(steps)) if steps and max(steps) > 1 else ""


def _tried(marks: Sequence[Mark]) -> str:
    """What crosses are, where a line search has some."""
    tried = (mark for mark in marks if isinstance(mark, Tried))
    return say("tried") if any(len(mark.points) for mark in tried) else ""


def _objective(run: Trajectory, latex: bool) -> str:
    """The objective, or the log whose gradients are used; "" if neither is known."""
    if run.objective is not None:
        return objective_text(run.objective, latex)
    if run.gradient.startswith("log("):
        log = run.gradient[4:-1].strip('"')
        return say("gradients of", file=typed(log) if latex else log)
    return ""


def _walk(runs: list[Trajectory], end: str) -> str:
    """`20 steps from (−5, −2)`, and `to (−2.38, −0.159)` if there is an end."""
    steps = sorted({run.steps for run in runs})
    count = say("steps", count=steps[0])
    if len(steps) > 1:
        count = say("steps between", least=steps[0], most=steps[-1])
    if np.isnan(runs[0].x[0]).any():
        return count
    start = _start(runs)
    if end:
        return say("walk to", steps=count, start=start, end=end)
    return say("walk", steps=count, start=start)


def _start(runs: list[Trajectory]) -> str:
    """The point that all runs start from, or the number of starts."""
    starts = {tuple(run.x[0, 0]) for run in runs}
    return point(runs[0].x[0, 0]) if len(starts) == 1 else say("starts", count=len(starts))


def _end(run: Trajectory) -> str:
    """The last point; "" for a run that overflowed, or has no points."""
    first, last = run.x[[0, -1], 0]
    return point(last, first) if np.isfinite([*first, *last, run.f[-1, 0]]).all() else ""


def _noise(runs: list[Trajectory], marks: Sequence[Mark]) -> str:
    """The noise of the gradients, and which marks show its effect; "" for exact gradients."""
    noisy = [run for run in runs if run.gradient != "exact" and not run.gradient.startswith("log(")]
    if not noisy:
        return ""
    sources = list(dict.fromkeys(run.gradient for run in noisy))
    source = _source(sources[0])
    if len(sources) > 1:
        source = say("several sources", count=len(sources))
    seeds = sorted({run.spread.batch for run in noisy if run.spread})
    if noisy[0].law is not None:
        rings = any(isinstance(mark, Ring) for mark in marks)
        law = say("exact law in rings" if rings else "exact law", source=source)
        return say("law and draws", law=law, count=seeds[0]) if seeds else law
    if seeds:
        depths = {mark.depth for mark in marks if isinstance(mark, Spread | Tube)}
        key = "median in bands" if len(depths) > 1 else "median in band" if depths else "median"
        return say(key, source=source, count=seeds[0])
    return say("seed", source=source, seed=noisy[0].seeds[0])


def _source(gradient: str) -> str:
    """The source of gradients as a phrase; a text of another program as it is."""
    try:
        return gradients.read(gradient).words()
    except OptvizError:
        return say("gradients unknown", text=gradient)


def _cycle(run: Trajectory) -> str:
    """Since which step a run cycles, and how wide; "" for a run that does not."""
    if run.status[0] != "cycling" or run.optimizer is None:
        return ""
    half = np.abs(run.x[-1, 0] - run.x[-2, 0]) / 2
    since = say("cycle since", step=run.status_step[0])
    eta = run.optimizer.schedule(run.steps)
    width = float(half.max())
    if np.ptp(half) > 0.02 * width or np.ndim(eta):
        return since
    is_half_eta = abs(width - float(eta) / 2) < 0.02 * width
    return f"{since}, $|x_i|$ = {number(width)}{' = η/2' if is_half_eta else ''}"
