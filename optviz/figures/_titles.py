"""Titles and subtitles of figures, made from the runs that they show."""

from collections.abc import Sequence

import numpy as np

from optviz import gradients
from optviz.errors import OptvizError
from optviz.figures._optimizer_names import optimizer_name, setting_text
from optviz.scene import Look, Mark, Ring, Spread, Tube
from optviz.text.numbers import point_tex, tex, typed
from optviz.text.options import listed
from optviz.walks.trajectory import Trajectory

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def title(look: Look, heading: str) -> str:
    """The title of the look, or the heading where the look has none."""
    return heading if look.title is None else typed(look.title)


def headline(runs: list[Trajectory], latex: bool = True) -> str:
    """`AdaGrad, η = 0.4, on f(x) = …`: which optimizers ran on which objective."""
    name, q, source = _subject(runs, latex), runs[0].objective, runs[0].gradient
    if q is None and source.startswith("log("):
        log = source[4:-1].strip('"')
        return f"{name} on the gradients of {typed(log) if latex else log}"
    if q is None:
        return name.rstrip(",")
    return f"{name} on ${q.formula('latex')}$" if latex else f"{name} on {q.formula('plain')}"


def _subject(runs: list[Trajectory], latex: bool) -> str:
    """The optimizers of a headline, or how many paths there are if one has no optimizer."""
    owners = list(dict.fromkeys(run.optimizer for run in runs))
    optimizers = [owner for owner in owners if owner]
    names = list(dict.fromkeys(optimizer_name(optimizer) for optimizer in optimizers))
    if len(owners) == len(optimizers) == 1:
        return f"{names[0]}, {setting_text(optimizers[0], 'eta', latex)},"
    if names and None not in owners:
        return listed(names, "and") if len(names) <= 3 else f"{_count(len(optimizers))} optimizers"
    return runs[0].label or "A path" if len(runs) == 1 else f"{_count(len(runs))} paths"


def _count(n: int) -> str:
    return _COUNTS[n] if n < len(_COUNTS) else str(n)


def subtitle(runs: list[Trajectory], marks: Sequence[Mark] = ()) -> str:
    """`20 steps from (−5, −2)`, and for a single run how it ended.

    Of many seeds, and of an exact law, what the `marks` show of them.
    """
    steps = sorted({run.steps for run in runs})
    starts = {tuple(run.x[0, 0]) for run in runs}
    count = f"{steps[0]} steps" if len(steps) == 1 else f"{steps[0]} to {steps[-1]} steps"
    count = "1 step" if steps == [1] else count
    if np.isnan(runs[0].x[0]).any():
        return count
    first, last = runs[0].x[[0, -1], 0]
    text = f"{count} from {point_tex(first) if len(starts) == 1 else f'{len(starts)} starts'}"
    if noise := _noise(runs, {type(mark) for mark in marks}):
        return f"{text}; {noise}"
    value = runs[0].f[-1, 0]
    if len(runs) == 1 and np.isfinite(value):
        text += f" to {point_tex(last, first)}, $f={tex(value)}${_cycle(runs[0])}"
    return text


def _noise(runs: list[Trajectory], kinds: set[type[Mark]]) -> str:
    """The noise of the gradients, and which marks show its effect; "" for exact gradients."""
    noisy = [run for run in runs if run.gradient != "exact"]
    if not noisy:
        return ""
    sources = list(dict.fromkeys(run.gradient for run in noisy))
    source = _source(sources[0]) if len(sources) == 1 else f"{len(sources)} kinds of gradients"
    seeds = sorted({run.spread.batch for run in noisy if run.spread})
    if noisy[0].law is not None:
        law = "the exact law" + (" at 1σ and 2σ" if Ring in kinds else "")
        return f"{source}; {law}" + (f", and {seeds[0]} draws" if seeds else "")
    if seeds:
        bands = ", bands with 50 and 90 % of them" if kinds & {Spread, Tube} else ""
        return f"{source}; median of {seeds[0]} seeds{bands}"
    return f"{source}, seed {noisy[0].seeds[0]}"


def _source(gradient: str) -> str:
    """The source of gradients as a phrase; a text of another program as it is."""
    try:
        return gradients.read(gradient).words()
    except OptvizError:
        return f"gradients {gradient}"


def _cycle(run: Trajectory) -> str:
    """Since which step a run cycles, and how wide; "" for a run that does not."""
    if run.status[0] != "cycling" or run.optimizer is None:
        return ""
    half = np.abs(run.x[-1, 0] - run.x[-2, 0]) / 2
    since = f"; a cycle since step {run.status_step[0]}"
    eta = run.optimizer.schedule(run.steps)
    width = float(half.max())
    if np.ptp(half) > 0.02 * width or np.ndim(eta):
        return since
    is_half_eta = abs(width - float(eta) / 2) < 0.02 * width
    return since + rf", $|x_i|={tex(width)}" + (r"=\eta/2$" if is_half_eta else "$")
