"""Validates the options of a figure: each by itself, then all together in a rehearsal."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from optviz import gradients, objectives, optimizers, render, spec
from optviz.batch._faults import option_of
from optviz.errors import OptvizError, Unfit
from optviz.spec import FilmSpec, LookSpec, RunSpec
from optviz.spec.figure import Figure
from optviz.text.options import check, errors

WrongOption = tuple[str, Any, OptvizError]  # name, value, error
_OF_OPTIMIZERS = ("opt", *spec.COMMON, "param")
# Options that another one needs to be read.
_READ_WITH = {"size": ("dpi",), "font_size": ("size", "dpi")}
_NUMBER = re.compile(r"\d+\.?\d*(e[+-]?\d+)?")


class Validator:
    """Validates figures; those that differ by numbers of their optimizers share one rehearsal.

    With `lenient`, a figure on which optviz itself fails is valid, because drawing it then fails
    for this figure alone.
    """

    def __init__(self, lenient: bool = False) -> None:
        self._lenient = lenient
        self._rehearsed: dict[str, OptvizError | None] = {}
        self._valid: set[LookSpec | FilmSpec] = set()

    def wrong(self, figure: Figure, formats: Iterable[str] = ()) -> list[WrongOption]:
        """Everything that is wrong with the options of a figure; [] if it can be drawn.

        That is, drawn in each of the formats; those of data are left out.
        """
        try:
            return self._wrong(figure) or _of_formats(figure, formats)
        except OptvizError:
            raise
        except Exception:
            if self._lenient:
                return []
            raise

    def _wrong(self, figure: Figure) -> list[WrongOption]:
        error = None
        if figure.is_walked and not (error := _error(lambda: self._check(figure))):
            return []  # the usual case, and quick
        if options := wrong_options(figure):
            return options
        error = error or self._rehearse(figure)
        return [_located(figure, error)] if error else []

    def _check(self, figure: Figure) -> None:
        """Raises the first error of the figure."""
        figure.walks()
        for group in (figure.look, figure.film):
            if group not in self._valid:
                _check_group(group)
                self._valid.add(group)
        check(figure.kind)
        if error := self._rehearse(figure):
            raise error

    def _rehearse(self, figure: Figure) -> OptvizError | None:
        options = figure.options()
        blank = {k: _NUMBER.sub("0", str(options[k])) for k in _OF_OPTIMIZERS if k in options}
        shape = json.dumps({**options, **blank}, sort_keys=True)
        if shape not in self._rehearsed:
            short = _shortened(figure)
            error = _error(lambda: short.draw().scene)
            if isinstance(error, Unfit) and short != figure:  # few steps may show too little
                error = _error(lambda: figure.draw().scene)
            self._rehearsed[shape] = error
        return self._rehearsed[shape]


def wrong_options(figure: Figure) -> list[WrongOption]:
    """The options that are wrong by themselves."""
    return [*_of_run(figure.run), *_of_look(figure), *errors(figure.kind)]


def _error(call: Callable[[], object]) -> OptvizError | None:
    try:
        call()
    except OptvizError as error:
        return error
    return None


def _of_formats(figure: Figure, formats: Iterable[str]) -> list[WrongOption]:
    """The first option of the look that one of the picture formats cannot keep."""
    pictures = [form for form in formats if form in render.registry.names]
    look = spec.look(figure.look)
    errors = (_error(lambda form=form: render.registry[form].check(look)) for form in pictures)  # type: ignore[misc]
    return [_located(figure, error) for error in errors if error][:1]


def _each(key: str, values: tuple[str, ...], read: Callable[[str], object]) -> list[WrongOption]:
    errors = ((value, _error(lambda value=value: read(value))) for value in values)  # type: ignore[misc]
    return [(key, value, error) for value, error in errors if error]


def _of_run(run: RunSpec) -> Iterator[WrongOption]:
    if error := _error(lambda: spec.objective(replace(run, rotate=0.0))):
        about = getattr(error, "what", ""), getattr(error, "kind", "")
        key = next((name for name in ("l2", "loss") if name in about), "objective")
        yield key, getattr(run, key), error
    elif error := _error(lambda: spec.objective(run)):
        yield "rotate", run.rotate, error
    yield from _each("gradient", (run.gradient,), gradients.read)
    wrong_optimizers = _each("opt", run.opt, lambda text: _check_optimizer(text, run.eta))
    yield from wrong_optimizers
    yield from _each("start", run.start, spec.placed)
    if not wrong_optimizers and (error := _error(lambda: spec.optimizers(run))):
        key = str(getattr(error, "what", ""))
        value = getattr(run, key, None)
        yield (key, value, error) if value else ("param" if run.param else "opt", None, error)


def _check_optimizer(text: str, eta: str | None) -> None:
    """Raises the error of one optimizer; a library may require the rate, which `eta` gives."""
    try:
        optimizers.read_all([text])
    except OptvizError:
        if eta is None:
            raise
        optimizers.read_all([text], {"eta": eta})


def _of_look(figure: Figure) -> Iterator[WrongOption]:
    """Each option of the look and of the film by itself, then all together."""
    for group in (figure.look, figure.film):
        options = [option for f in fields(group) if (option := _of_group(group, f.name))]
        yield from options
        if not options and (error := _error(lambda group=group: _check_group(group))):  # type: ignore[misc]
            yield _located(figure, error)


def _of_group(group: LookSpec | FilmSpec, name: str) -> WrongOption | None:
    value, usual = getattr(group, name), type(group)()
    if value == getattr(usual, name):
        return None
    others = {key: getattr(group, key) for key in _READ_WITH.get(name, ())}
    error = _error(lambda: _check_group(replace(usual, **others, **{name: value})))
    if error is None or getattr(error, "what", "") in others:  # which is reported by itself
        return None
    return name, value, error


def _check_group(group: LookSpec | FilmSpec) -> None:
    if isinstance(group, FilmSpec):
        spec.timing(group)
        return
    look = spec.look(group)
    if look.font or look.captions:
        render.load()  # matplotlib alone has the fonts and the parser of formulas
    render.check(look)


def _shortened(figure: Figure) -> Figure:
    """The figure with as few steps as show whether it can be drawn."""
    run = figure.run
    if run.log:
        return figure
    preset = objectives.preset(run.objective)
    steps = run.steps if run.steps is not None else preset.steps if preset else 20
    short = min(steps, figure.kind.least_steps())
    return replace(figure, run=replace(run, steps=short, seeds=min(run.seeds, 3)))


def _located(figure: Figure, error: OptvizError) -> WrongOption:
    """The error with the option that it names, and the value of that."""
    options = figure.options()
    key = option_of(error, options)
    return key, options.get(key), error
