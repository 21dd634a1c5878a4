"""`run` and `figure`: trajectories as arrays, and figures of them."""

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from typing import Any

import numpy as np

from optviz import figures, render, spec
from optviz.api import _files, _keywords, _own_axes, _signature, _workers
from optviz.api._python_values import gathered, is_several
from optviz.api._showable import Figure
from optviz.api._shown import shown
from optviz.errors import BadValue, ForeignOption, NoEffect, OptvizError, UnknownName, synonyms
from optviz.errors.synonyms import words_of
from optviz.objectives import Objective
from optviz.spec import RunSpec
from optviz.spec.figure import from_options
from optviz.spec.given import GivenSpec
from optviz.spec.in_python import spoken
from optviz.spec.kind_options import FRAMES, KIND, groups, kinds_with, split
from optviz.text import options as text_options
from optviz.walks import engine
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

Runs = Trajectory | str | PathLike[str] | Sequence[Trajectory | str | PathLike[str]]
_OF_TEXTS = ("target", "loss", "standardize", "intercept", "l2", "rotate")  # of the objective
POSITIONAL = ("objective", "opt", "start", "steps")


@spoken()
def run(*values: Any, **keywords: Any) -> "Trajectory | list[Trajectory]":
    """Trajectories as NumPy arrays: one of one optimizer, a list of a list of optimizers.

    x (steps+1, batch, dim), f (steps+1, batch), grad and rate (steps, batch, dim), status
    (batch,) and status_step (batch,). rate is the effective learning rate η(t)·scale. Raises
    `OptvizError` for what cannot be read or does not fit; divergence is a status, not an error.

    >>> optviz.run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4").x[-1, 0]
    array([-2.38256277, -0.15859055])
    """
    keywords = _keywords.merged("run", POSITIONAL, values, keywords)
    own = keywords.get("objective")
    if isinstance(own, Objective):
        del keywords["objective"]
    keywords, executor = _workers.taken(keywords)
    fields = _signature.run_fields()
    options = _keywords.options("run", fields, keywords)
    several = is_several(_asked(keywords))
    workers = _workers.made(options, executor)
    runs = [workers.run(walk) for walk in _walks(RunSpec(**options), own)]
    if several:
        return runs
    if len(runs) > 1:
        raise BadValue("opt", keywords.get("opt"), "one is wanted; write a list of several")
    return runs[0]


def _asked(keywords: dict[str, Any]) -> Any:
    """The optimizers, by whatever word."""
    names = ("opt", *words_of("opt"))
    return next((keywords[name] for name in names if name in keywords), None)


def _walks(run: RunSpec, own: Any) -> list[Walk]:
    """The walks of the options, on an objective of one's own if there is one."""
    from optviz.spec import replay

    if replay.is_meant(run):
        wanted = "a source that makes a walk is wanted; optviz.rates draws logged gradients"
        raise BadValue("gradient", run.gradient, wanted)
    if not isinstance(own, Objective):
        return spec.walks(run)
    for name in _OF_TEXTS:
        if getattr(run, name) != getattr(RunSpec(), name):
            raise NoEffect(name, "of an objective as text or file, and this is one; leave it out")
    bare = replace(run, start=(), gradient="exact", seeds=1, expected=False)
    usual = spec.walks(bare)[0]
    starts = [start for text in run.start for start in spec.placed(text)]
    start = np.zeros((1, own.dim)) if own.data else np.resize(usual.start, (1, own.dim))
    rows = engine.starts(own, np.asarray(starts or start, dtype=float))
    oracle = spec.oracle(run, own, len(rows))
    rules = spec.optimizers(run)
    own = own.seen_from(rows)
    walks = [Walk(own, rule, rows, usual.steps, oracle, run.expected) for rule in rules]
    for walk in walks:
        walk.check()
    return walks


@spoken()
def figure(runs: Runs, kind: str = "trace", /, ax: Any = None, **options: Any) -> Figure:
    """The figure of one or many runs, or of files of them, of this kind (`trace`, `rates`, …).

    Files are jsonl, csv or npz, by path, as `optviz plot` draws them; objective, target, loss,
    standardize, intercept, l2, rotate and opt say what they lack. `edge`, `loss`, `norms`, `rates`,
    `ratio` and `schedule` draw logs of `optviz.record`.

    options are those of the command, with _ for -: the kind's own, such as levels or measure, and
    title, subtitle, heading, label, legend, xlabel, ylabel, xlim, ylim, size, dpi, theme,
    transparent, font, font_size, colors, lang, fragment and slider of a page, and those of films. A
    list or tuple stands for the text with commas. ax draws a figure of one panel into axes of
    yours. The figure shows itself in a notebook. Raises `UnknownName` for the kind or any other
    option, `ForeignOption` for an option of other kinds, `BadValue` for a value that is not
    allowed, `Unfit` for runs that the kind cannot show.

    >>> runs = optviz.run("d2l", ["adam", "gd"], eta=0.3)
    >>> optviz.figure(runs, "loss", theme="dark").save("loss.png")
    """
    if not isinstance(kind, str):
        raise BadValue("kind", kind, "the name of a figure is wanted, such as trace")
    name = figures.registry[kind].word()
    runs = gathered(runs)
    filed = _files.are_files(runs)
    values = _options(name, _own_axes.themed(options, ax), filed)
    given = {key: values.pop(key) for key in text_options.options(GivenSpec) if key in values}
    spec_figure = from_options(name, **values)
    if filed:
        drawing = _files.drawing(spec_figure, runs, GivenSpec(**given))
    else:
        drawing = spec_figure.show(spec_figure.kind.of_runs(_listed(runs)))
    spec_figure.kind.check((), drawing.look)
    render.check(drawing.look)
    return drawn(drawing, ax)


def drawn(drawing: Any, ax: Any = None) -> Figure:
    """The figure of a drawing, in axes of the user's if there are some. Raises `Unfit`."""
    if ax is not None:
        render.onto(ax, drawing.scene, drawing.look, text_options.changed(drawing.figure.look))
    elif not drawing.figure.kind.reports:
        _ = drawing.scene  # what cannot be drawn is said here, not when it is shown
    return Figure(drawing, ax)


def _listed(runs: Any) -> list[Trajectory]:
    parts = [runs] if isinstance(runs, Trajectory) else runs
    if isinstance(parts, list | tuple) and parts and all(isinstance(r, Trajectory) for r in parts):
        return list(parts)
    raise BadValue("figure", shown(runs), "runs such as optviz.run(…) gives are wanted")


def _options(name: str, options: dict[str, Any], filed: bool) -> dict[str, Any]:
    """The options of a figure of runs, which has none of what runs but what files lack."""
    kind = figures.registry[name]
    _, own, look, film = groups(kind)
    fields = {**own, **look, **film, **(text_options.options(GivenSpec) if filed else {})}
    for key in KIND:
        if options.get(key, FRAMES[0]) not in FRAMES:
            raise BadValue(key, options[key], "the kind of figure as second argument is wanted")
    plain = split({"figure": name, **options})[1]
    return _keywords.options(name, fields, plain, _refusal_of_runs(fields))


def _refusal_of_runs(fields: _keywords.Fields) -> _keywords.Refuse:
    """The error for a word that is no option of a figure of runs."""

    def refuse(name: str, key: str, value: Any) -> OptvizError:
        if (kinds := kinds_with(key)) and name not in kinds:
            return ForeignOption(key, name, kinds)
        meaning = synonyms.option(key)
        if (meaning.option if meaning else key) in _signature.run_fields():
            return BadValue(key, value, "it belongs to the runs; give it to optviz.run")
        return UnknownName(f"option of {name}", key, fields)

    return refuse
