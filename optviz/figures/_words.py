"""What a picture says: titles, labels and alt text, all made from what ran.

Each text exists in LaTeX for the picture and plain for the description.
"""

import re
from collections.abc import Sequence

import numpy as np

from optviz import gradients
from optviz.arrays import Array, Bools
from optviz.errors import OptvizError
from optviz.optimizers import Optimizer
from optviz.scene import Mark, Ring, Spread, Tube
from optviz.text.numbers import number, point, point_tex, tex, tex_of, typed
from optviz.text.settings import show
from optviz.walks.trajectory import Trajectory

_LONG = 26  # letters of a schedule that still fit beside a curve
_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def setting_words(optimizer: Optimizer, key: str, latex: bool) -> str:
    """One setting: plain `η = 0.4`, or in LaTeX."""
    text = _short(_value(optimizer, key))
    meaning = optimizer.rule.settings().get(key)
    symbol, letters = (meaning.symbol, meaning.latex) if meaning else ("η", r"\eta")
    decimal = re.fullmatch(r"[-+.\de]+", text) is not None
    if not latex:
        return f"{symbol or key} = {text}"
    if not letters:
        return f"{key} = {text}"
    return f"${letters}={tex_of(text)}$" if decimal else f"${letters}=$ {text}"


def setting_list(optimizer: Optimizer) -> str:
    """Its settings in LaTeX, those that keep a root from 0 left out: `η = 0.1, β = 0.9`."""
    keys = [key for key in optimizer.settings() if key != "eps"]
    return ", ".join(setting_words(optimizer, key, latex=True) for key in keys)


def title(optimizer: Optimizer) -> str:
    """The rule's name, with its dialect."""
    return optimizer.rule.title + (f" ({optimizer.dialect})" if optimizer.dialect else "")


def names(runs: list[Trajectory]) -> list[str]:
    """What tells each run's optimizer from the others': `η = 0.4`, `Adam`, `AdaGrad (keras)`.

    Runs of one optimizer share a name. A single optimizer needs none and gets "".
    """
    optimizers = list(dict.fromkeys(run.optimizer for run in runs if run.optimizer))
    titles = [title(optimizer) for optimizer in optimizers]
    found = []
    for run in runs:
        if run.optimizer is None or run.label:
            found.append(run.label)
            continue
        own = title(run.optimizer)
        same = [o for o in optimizers if title(o) == own]
        parts = [] if len(set(titles)) == 1 else [own]
        parts += [setting_words(run.optimizer, key, latex=True) for key in _differing(same)]
        found.append(", ".join(parts))
    return found


def _differing(optimizers: list[Optimizer]) -> list[str]:
    """The settings in which optimizers of one rule differ."""
    keys = dict.fromkeys(key for o in optimizers for key in o.settings())
    return [k for k in keys if len({_value(o, k) for o in optimizers}) > 1]


def _value(optimizer: Optimizer, key: str) -> str:
    return show(optimizer.settings().get(key, getattr(optimizer.rule, key, "")))


def _short(text: str) -> str:
    """A long schedule by its name alone."""
    return text if len(text) <= _LONG else f"{text.partition('(')[0]}(…)"


def headline(runs: list[Trajectory], latex: bool = True) -> str:
    """`AdaGrad, η = 0.4, on f(x) = …`: who ran on what."""
    optimizers = list(dict.fromkeys(run.optimizer for run in runs))
    known = [o for o in optimizers if o]
    titles = list(dict.fromkeys(title(o) for o in known))
    if len(known) == 1 and len(optimizers) == 1:
        who = f"{titles[0]}, {setting_words(known[0], 'eta', latex)},"
    elif titles and None not in optimizers:
        who = titles[0] if len(titles) == 1 else _joined(titles, len(known))
    else:
        who = runs[0].label or "A path" if len(runs) == 1 else f"{_count(len(runs))} paths"
    q, source = runs[0].objective, runs[0].gradient
    if q is None and source.startswith("log("):
        name = source[4:-1].strip('"')
        return f"{who} on the gradients of {typed(name) if latex else name}"
    if q is None:
        return who.rstrip(",")
    return f"{who} on ${q.formula('latex')}$" if latex else f"{who} on {q.formula('plain')}"


def _joined(titles: list[str], many: int) -> str:
    if len(titles) > 3:
        return f"{_count(many)} optimizers"
    return ", ".join(titles[:-1]) + f" and {titles[-1]}"


def _count(n: int) -> str:
    return _COUNTS[n] if n < len(_COUNTS) else str(n)


def journey(runs: list[Trajectory], latex: bool = True, marks: Sequence[Mark] = ()) -> str:
    """`20 steps from (−5, −2)`, and for a single run how it ended.

    Of many seeds, and of an exact law, what the `marks` draw of them.
    """
    steps = sorted({run.steps for run in runs})
    starts = {tuple(run.x[0, 0]) for run in runs}
    show_point = point_tex if latex else point
    count = f"{steps[0]} steps" if len(steps) == 1 else f"{steps[0]} to {steps[-1]} steps"
    count = "1 step" if steps == [1] else count
    if np.isnan(runs[0].x[0]).any():
        return count
    where = show_point(runs[0].x[0, 0]) if len(starts) == 1 else f"{len(starts)} starts"
    sentence = f"{count} from {where}"
    drawn = _draws(runs, {type(mark) for mark in marks})
    if drawn:
        return f"{sentence}; {drawn}"
    if len(runs) == 1 and np.isfinite(runs[0].f[-1, 0]):
        end = show_point(runs[0].x[-1, 0], runs[0].x[0, 0])
        sentence += f" to {end}, {_f(runs[0].f[-1, 0], latex)}{_ending(runs[0], latex)}"
    return sentence


def _draws(runs: list[Trajectory], kinds: set[type[Mark]]) -> str:
    """What the optimizers saw and what is drawn of it; "" for exact gradients."""
    noisy = [run for run in runs if run.gradient != "exact"]
    if not noisy:
        return ""
    sources = list(dict.fromkeys(run.gradient for run in noisy))
    seen = _seen(sources[0]) if len(sources) == 1 else f"{len(sources)} kinds of gradients"
    many = sorted({run.spread.batch for run in noisy if run.spread})
    if noisy[0].law is not None:
        law = "the exact law" + (" at 1σ and 2σ" if Ring in kinds else "")
        return f"{seen}; {law}" + (f", and {many[0]} draws" if many else "")
    if many:
        bands = ", bands with 50 and 90 % of them" if kinds & {Spread, Tube} else ""
        return f"{seen}; median of {many[0]} seeds{bands}"
    return f"{seen}, seed {noisy[0].seeds[0]}"


def _seen(gradient: str) -> str:
    """The source of gradients in words; the text of a program that is not ours as it is."""
    try:
        return gradients.read(gradient).words()
    except OptvizError:
        return f"gradients {gradient}"


def _f(value: float, latex: bool) -> str:
    return f"$f={tex(value)}$" if latex else f"f = {number(value)}"


def _ending(run: Trajectory, latex: bool) -> str:
    """What is to be said of a cycle: since when, and how wide."""
    if run.status[0] != "cycling" or run.optimizer is None:
        return ""
    half = np.abs(run.x[-1, 0] - run.x[-2, 0]) / 2
    since = f"; a cycle since step {run.status_step[0]}"
    eta = run.optimizer.schedule(run.steps)
    if np.ptp(half) > 0.02 * half.max() or np.ndim(eta):
        return since
    equal = abs(half.max() - float(eta) / 2) < 0.02 * half.max()
    wide = float(half.max())
    if latex:
        return since + rf", $|x_i|={tex(wide)}" + (r"=\eta/2$" if equal else "$")
    return since + f", |xᵢ| = {number(wide)}" + (" = η/2" if equal else "")


def outcome(run: Trajectory) -> str:
    """How the run ended, where that is news: `stalls at f = 0.618`; else ""."""
    value = float(run.f[-1, 0])
    if run.spread or run.law is not None:
        return "diverges" if run.status[0] == "diverged" else ""
    match run.status[0]:
        case "stalled":
            return f"stalls at {_f(value, latex=True)}"
        case "cycling":
            return f"cycles, {_f(value, latex=True)}"
        case "diverged" if not np.isfinite(value):
            return (
                f"diverges, called off at step {int(np.isnan(run.f[:, 0]).argmax()) * run.stride}"
            )
        case "diverged":
            return "diverges"
    return ""


def alt(run: Trajectory, name: str) -> str:
    """One run in words: `AdaGrad, η = 0.4: a path that never turns back and stalls at …`."""
    known = np.flatnonzero(np.isfinite(run.x[:, 0]).all(axis=1))
    last, steps = run.x[known[-1], 0], int(known[-1]) * run.stride
    verb = {
        "stalled": "stalls at",
        "cycling": "cycles about",
        "converged": "converges to",
        "diverged": "diverges, last at",
    }.get(run.status[0], "reaches")
    ends = f"{verb} {point(last, run.x[0, 0])}"
    if np.isfinite(run.f[-1, 0]):
        ends += f", f = {number(float(run.f[-1, 0]))}"
    plural = "step" if steps == 1 else "steps"
    return f"{name}: {shape(run.x[:, 0])} {ends} after {steps} {plural}"


def shape(x: Array) -> str:
    """What a path (steps+1, dim) looks like, as far as its points tell: a sentence's beginning.

    A zigzag has a coordinate that turns round in most of the steps; a path that never turns back
    has none that ever does.
    """
    moves = np.diff(x[np.isfinite(x).all(axis=1)], axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    if len(moves) < 2:
        return "a single step that" if len(moves) else "a point that"
    turns = np.sign(moves[1:]) * np.sign(moves[:-1]) < 0
    if not _turning(moves).any():
        return "a path that never turns back and"
    return "a zigzag that" if (turns.mean(axis=0) > 0.5).any() else "a path that"


def _turning(moves: Array) -> Bools:
    """Whether each coordinate goes both ways: a step of 0 between is no turn of its own."""
    return np.asarray((moves > 0).any(axis=0) & (moves < 0).any(axis=0))


def full_name(run: Trajectory) -> str:
    """The optimizer with its rate, plain: `AdaGrad, η = 0.4`."""
    if run.optimizer is None:
        return run.label or "a path"
    return f"{title(run.optimizer)}, {setting_words(run.optimizer, 'eta', latex=False)}"
