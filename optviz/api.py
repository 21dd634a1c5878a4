"""The functions of the library: `optviz.run` and `optviz.figure`."""

import dataclasses
import io
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from optviz import figures, files, optimizers, render
from optviz.errors import BadValue, ForeignOption, NoEffect, OptvizError, UnknownName, synonyms
from optviz.objectives import Objective
from optviz.optimizers import Optimizer
from optviz.scene import Look, Scene
from optviz.spec import RunSpec, walks
from optviz.spec import figure as spec_figure
from optviz.spec.figure import from_options
from optviz.spec.kind_options import FRAMES, KIND, groups, kinds_with, split
from optviz.text.options import changed, convert
from optviz.walks import engine
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

__all__ = ["Figure", "OptvizError", "Trajectory", "figure", "run"]


def run(
    objective: str | Objective | ArrayLike,
    optimizer: str | Optimizer,
    start: ArrayLike | None = None,
    steps: int | None = None,
) -> Trajectory:
    """Walks `steps` steps of the optimizer on the objective from `start`.

    objective: text as on the command line, an `Objective`, or Q (dim, dim) of ½xᵀQx. optimizer:
    text such as `"adam@torch:eta=0.1"`, or an `Optimizer`. start: (dim,) or (batch, dim);
    steps: a whole number; by default both are the preset's, else (−5, −2) and 20.

    Returns a `Trajectory`: x (steps+1, batch, dim), f (steps+1, batch), grad and rate
    (steps, batch, dim), status (batch,) and status_step (batch,). rate is the effective learning
    rate η(t)·scale, a factor without a unit. Raises `OptvizError` for a text that cannot be read,
    or values that do not fit each other; divergence is a status, not an error.

    >>> run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4").x[-1, 0]
    array([-2.38256277, -0.15859055])
    """
    objective, rule = _objective(objective), _optimizer(optimizer)
    text = objective if isinstance(objective, str) else "d2l"
    usual = walks(RunSpec(objective=text, steps=_steps(steps)))[0]
    q = usual.objective if isinstance(objective, str) else objective
    if start is None:
        start = np.zeros((1, q.dim)) if q.data else np.resize(usual.start, (1, q.dim))
    return Walk(q, rule, engine.starts(q, np.asarray(start, dtype=float)), usual.steps).run()


def _objective(value: object) -> str | Objective:
    """The text or the objective; a matrix as its text, which is read and checked as any is."""
    if isinstance(value, str | Objective):
        return value
    if callable(value):
        raise BadValue("objective", value, 'a formula is wanted, such as "0.1x1^2 + 2x2^2"')
    try:
        matrix = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        matrix = np.zeros(0)
    if matrix.ndim != 2 or not matrix.size:
        raise BadValue("objective", value, "a text or a matrix is wanted, such as [[4, 1], [1, 3]]")
    return str(matrix.tolist())


def _optimizer(value: object) -> Optimizer:
    if isinstance(value, str):
        return optimizers.read(value)
    if not isinstance(value, Optimizer):
        raise BadValue("optimizer", value, "one is wanted, such as adam:eta=0.1; call run for each")
    return value


def _steps(value: object) -> int | None:
    try:
        return None if value is None else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise BadValue("steps", value, "a whole number is wanted") from None


@dataclass(frozen=True)
class Figure:
    """A figure as data, drawn when saved or shown; `alt` describes it in words."""

    scene: Scene
    look: Look
    film_options: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """The picture in words, made from the runs."""
        return self.scene.alt

    def save(self, path: str | PurePath, format: str | None = None) -> None:
        """Writes the figure, completely or not at all, in the format of the suffix or of `format`.

        Raises `UnknownName` for the format, `WorldError` if it cannot be written.
        """
        name = (format or PurePath(path).suffix[1:]).lower()
        kind = render.registry[name]  # before anything is written
        for option in () if kind.moves else self.film_options:
            raise NoEffect(option, f"for films, and {name} is a still; leave it out")
        with files.writing(str(path), binary=True) as stream:
            render.write(self.scene, self.look, name, stream)

    def _repr_png_(self) -> bytes:
        stream = io.BytesIO()
        render.write(self.scene, self.look, "png", stream)
        return stream.getvalue()


def figure(
    runs: Trajectory | Sequence[Trajectory], kind: str = "trace", /, **options: Any
) -> Figure:
    """The figure of one or many runs of this kind (`trace`, `rates`, `loss`, …).

    options are those of the command, with _ for -: the kind's own, such as levels or measure, and
    title, subtitle, heading, label, legend, xlabel, ylabel, xlim, ylim, size, dpi, theme,
    transparent, font, font_size, and those of films. A list or tuple stands for the text with
    commas. The figure shows itself in a notebook. Raises `UnknownName` for the kind
    or any other option, `ForeignOption` for an option of other kinds, `BadValue` for a value that
    is not allowed, `Unfit` for runs that the kind cannot show.
    """
    spec = _spec(kind, options)
    drawing = spec.show(spec.kind.of_runs([runs] if isinstance(runs, Trajectory) else list(runs)))
    spec.kind.check((), drawing.look)
    render.check(drawing.look)
    return Figure(drawing.scene, drawing.look, tuple(changed(spec.film)))


def _spec(name: str, options: dict[str, Any]) -> spec_figure.Figure:
    """The spec of a figure of runs, of plain Python values."""
    if not isinstance(name, str):
        raise BadValue("kind", name, "the name of a figure is wanted, such as trace")
    kind = figures.registry[name]
    _, own, look, film = groups(kind)
    fields = {**own, **look, **film}
    values = {}
    for key in KIND:
        if options.get(key, FRAMES[0]) not in FRAMES:
            raise BadValue(key, options[key], "the kind of figure as second argument is wanted")
    for key, value in split({"figure": name, **options})[1].items():
        if key not in fields:
            if (kinds := kinds_with(key)) and kind.word() not in kinds:
                raise ForeignOption(key, name, kinds)
            meaning = synonyms.option(key)
            word = meaning.option if meaning else key
            if word in {field.name for field in dataclasses.fields(RunSpec)}:
                raise BadValue(key, value, "it belongs to the runs; give it to optviz.run")
            raise UnknownName(f"option of {name}", key, fields)
        if value is not None:
            values[key] = convert(fields[key], _text(key, value))
    return from_options(name, **values)


def _text(name: str, value: Any) -> Any:
    """The value as a spec has it: a sequence as text, a NumPy number as a number."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, tuple | list) and name != "label":
        value = ("x" if name == "size" else ",").join(str(part) for part in value)
    return value
