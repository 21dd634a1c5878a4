"""The library's front door: `optviz.run` and `optviz.figure`."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from optviz import figures, files, optimizers, render
from optviz.errors import BadValue, OptvizError
from optviz.objectives import Objective
from optviz.optimizers import Optimizer
from optviz.scene import Look, Scene
from optviz.spec import LookSpec, RunSpec, walks
from optviz.spec import figure as spec_figure
from optviz.spec.figure import from_options
from optviz.spec.kind_options import all_keys, split, unknown
from optviz.text.options import options as options_of
from optviz.text.options import plain
from optviz.walks import engine
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

__all__ = ["Figure", "OptvizError", "Trajectory", "figure", "run"]


def run(
    objective: str | Objective,
    optimizer: str | Optimizer,
    start: ArrayLike | None = None,
    steps: int | None = None,
) -> Trajectory:
    """Walks `steps` steps of the optimizer on the objective from `start`.

    objective: text as on the command line, or a `Objective`. optimizer: text such as
    `"adam@torch:eta=0.1"`, or an `Optimizer`. start: (dim,) or (batch, dim); steps: a whole number;
    by default both are the preset's, else (−5, −2) and 20.

    Returns a `Trajectory`: x (steps+1, batch, dim), f (steps+1, batch), grad and rate
    (steps, batch, dim), status (batch,) and status_step (batch,). rate is the effective learning
    rate η(t)·scale, a factor without a unit. Raises `OptvizError` for what cannot be read or does
    not fit; a run that diverges is a result.

    >>> run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4").x[-1, 0]
    array([-2.38256277, -0.15859055])
    """
    text = objective if isinstance(objective, str) else "d2l"
    usual = walks(RunSpec(objective=text, steps=steps))[0]
    q = usual.objective if isinstance(objective, str) else objective
    rule = optimizers.read(optimizer) if isinstance(optimizer, str) else optimizer
    if start is None:
        start = np.zeros((1, q.dim)) if q.data else np.resize(usual.start, (1, q.dim))
    return Walk(q, rule, engine.starts(q, np.asarray(start, dtype=float)), usual.steps).run()


@dataclass(frozen=True)
class Figure:
    """A figure as data, drawn when saved or shown; `alt` describes it in words."""

    scene: Scene
    look: Look

    @property
    def alt(self) -> str:
        """The picture in words, made from the runs."""
        return self.scene.alt

    def save(self, path: str | PurePath, format: str | None = None) -> None:
        """Writes the figure, whole or not at all, in the format of the suffix or of `format`.

        Raises `UnknownName` for the format, `WorldError` for what the disk says.
        """
        name = (format or PurePath(path).suffix[1:]).lower()
        render.registry[name]  # before anything is written
        with files.writing(str(path), binary=True) as stream:
            render.write(self.scene, self.look, name, stream)

    def _repr_png_(self) -> bytes:
        stream = io.BytesIO()
        render.write(self.scene, self.look, "png", stream)
        return stream.getvalue()


def figure(
    runs: Trajectory | Sequence[Trajectory], name: str = "trace", /, **options: Any
) -> Figure:
    """The figure that the kind `name` (`trace`, `rates`, `loss`, …) makes of one or many runs.

    options are those of the command line, without dashes: those of the kind, such as levels or
    measure, and title, label, xlim, ylim, size, dpi, theme, transparent, font. The figure shows
    itself in a notebook. Raises `BadValue` for an option there is not or a value it cannot have,
    `Unfit` for runs that the kind cannot show.
    """
    made = _figure(name, options)
    drawn = made.show(made.kind.of_runs([runs] if isinstance(runs, Trajectory) else list(runs)))
    made.kind.check((), drawn.look)
    render.check(drawn.look)
    return Figure(drawn.scene, drawn.look)


def _figure(name: str, options: dict[str, Any]) -> spec_figure.Figure:
    """The figure of plain Python values: tuples become the texts that a spec has."""
    kind = figures.registry[name]
    known = {**kind.options(), **options_of(LookSpec)}
    values = {}
    for key, value in split({"figure": name, **options})[1].items():
        if key not in known:
            if key in all_keys():
                raise unknown(key, name)
            listed = ", ".join(known)
            raise BadValue(key, value, f"an option of a figure is wanted: {listed}")
        if value is not None:
            values[key] = plain(known[key], _text(key, value))
    return from_options(name, **values)


def _text(name: str, value: Any) -> Any:
    """The value as a spec has it; NumPy's numbers are numbers."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, tuple | list) and name != "label":
        value = ("x" if name == "size" else ",").join(str(part) for part in value)
    return value
