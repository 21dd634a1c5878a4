"""Whether the words of a figure mean something: each alone, then all in a rehearsal."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from optviz import gradients, objectives, optimizers, render, spec
from optviz.errors import OptvizError, Unfit
from optviz.spec import FilmSpec, LookSpec, RunSpec
from optviz.spec.figure import Figure
from optviz.text.options import check, errors

Wrong = tuple[str, Any, OptvizError]  # the word, its value, what is wrong with it
_RULES = ("opt", "eta", "beta", "rho", "beta1", "beta2", "eps", "param")
_BESIDE = {"size": ("dpi",)}  # words that are read with others
_NUMBER = re.compile(r"\d+\.?\d*(e[+-]?\d+)?")


class Meaning:
    """Checks figures; those that differ by numbers of their optimizers share one rehearsal.

    `lenient`: a figure over which optviz itself fails passes, as drawing it will cost it alone.
    """

    def __init__(self, lenient: bool = False) -> None:
        self._lenient = lenient
        self._rehearsed: dict[str, OptvizError | None] = {}
        self._right: set[LookSpec | FilmSpec] = set()

    def wrong(self, figure: Figure) -> list[Wrong]:
        """Everything that is wrong with the words of a figure; [] where it can be drawn."""
        try:
            return self._wrong(figure)
        except OptvizError:
            raise
        except Exception:
            if self._lenient:
                return []
            raise

    def _wrong(self, figure: Figure) -> list[Wrong]:
        if not figure.is_logged and _error(lambda: self._together(figure)) is None:
            return []
        if found := alone(figure):
            return found
        error = None if figure.is_logged else _error(figure.walks)
        error = error or self._rehearse(figure)
        return [(*_blamed(figure, error), error)] if error else []

    def _together(self, figure: Figure) -> None:
        """Raises the first thing that is wrong: nothing is, most of the time, and that is quick."""
        figure.walks()
        for group in (figure.look, figure.film):
            if group not in self._right:
                _read(group)
                self._right.add(group)
        check(figure.kind)
        if error := self._rehearse(figure):
            raise error

    def _rehearse(self, figure: Figure) -> OptvizError | None:
        words = figure.words()
        blank = {k: _NUMBER.sub("0", str(words[k])) for k in _RULES if k in words}
        shape = json.dumps({**words, **blank}, sort_keys=True)
        if shape not in self._rehearsed:
            short = _short(figure)
            error = _error(lambda: short.draw().scene)
            if isinstance(error, Unfit) and short != figure:  # few steps may show too little
                error = _error(lambda: figure.draw().scene)
            self._rehearsed[shape] = error
        return self._rehearsed[shape]


def alone(figure: Figure) -> list[Wrong]:
    """What is wrong with the words, each read by itself."""
    return [*_run(figure.run), *_look(figure), *errors(figure.kind)]


def _error(work: Callable[[], object]) -> OptvizError | None:
    try:
        work()
    except OptvizError as error:
        return error
    return None


def _each(key: str, values: tuple[str, ...], read: Callable[[str], object]) -> list[Wrong]:
    found = ((value, _error(lambda value=value: read(value))) for value in values)  # type: ignore[misc]
    return [(key, value, error) for value, error in found if error]


def _run(run: RunSpec) -> Iterator[Wrong]:
    if error := _error(lambda: spec.objective(replace(run, rotate=0.0))):
        what = str(getattr(error, "what", ""))
        yield (what, run.l2, error) if what == "l2" else ("objective", run.objective, error)
    elif error := _error(lambda: spec.objective(run)):
        yield "rotate", run.rotate, error
    yield from _each("gradient", (run.gradient,), gradients.read)
    opts = _each("opt", run.opt, lambda text: _optimizer(text, run.eta))
    yield from opts
    yield from _each("start", run.start, spec.placed)
    if not opts and (error := _error(lambda: spec.optimizers(run))):
        what = str(getattr(error, "what", ""))
        value = getattr(run, what, None)
        yield (what, value, error) if value else ("param" if run.param else "opt", None, error)


def _optimizer(text: str, eta: str | None) -> None:
    """Raises what is wrong with one optimizer; a rate for all may be what its library asks for."""
    try:
        optimizers.read_all([text])
    except OptvizError:
        if eta is None:
            raise
        optimizers.read_all([text], {"eta": eta})


def _look(figure: Figure) -> Iterator[Wrong]:
    """Each word of the look and of the film alone, then all together."""
    for group in (figure.look, figure.film):
        alone = [wrong for f in fields(group) if (wrong := _word(group, f.name))]
        yield from alone
        if not alone and (error := _error(lambda group=group: _read(group))):  # type: ignore[misc]
            yield (*_blamed(figure, error), error)


def _word(group: LookSpec | FilmSpec, name: str) -> Wrong | None:
    value, usual = getattr(group, name), type(group)()
    if value == getattr(usual, name):
        return None
    beside = {key: getattr(group, key) for key in _BESIDE.get(name, ())}
    error = _error(lambda: _read(replace(usual, **beside, **{name: value})))
    if error is None or getattr(error, "what", "") in beside:  # which is told by itself
        return None
    return name, value, error


def _read(group: LookSpec | FilmSpec) -> None:
    if isinstance(group, FilmSpec):
        spec.timing(group)
        return
    look = spec.look(group)
    if look.font or look.title or look.labels:
        render.load()  # only matplotlib knows what is installed, and what can be set
    render.check(look)


def _short(figure: Figure) -> Figure:
    """The figure with as few steps as show whether it can be drawn."""
    run = figure.run
    known = objectives.preset(run.objective)
    steps = run.steps if run.steps is not None else known.steps if known else 20
    short = min(steps, figure.kind.least_steps())
    return replace(figure, run=replace(run, steps=short, seeds=min(run.seeds, 3)))


def _blamed(figure: Figure, error: OptvizError) -> tuple[str, Any]:
    """The word that an error is about, if it says so, and its value."""
    what = str(getattr(error, "what", "")).replace("-", "_")
    words = figure.words()
    return (what, words.get(what)) if what in words else ("", None)
