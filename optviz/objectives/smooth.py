"""Any function that is typed: its value, gradient and Hessian from tapes, exactly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from functools import cached_property
from typing import Any, cast

import numpy as np

from optviz.arrays import Array, cos_sin
from optviz.errors import Unfit
from optviz.objectives.objective import Objective, Style
from optviz.objectives.region import Box, Region, Stationary, turned_box, within
from optviz.tape import Builder, Op, Program, Tape, TooLong, creases, gradient, program, restricted

_ROWS = 8192  # points at a time: the arrays between the operations then stay in the cache


class Smooth(Objective):
    """A function given as a tape of elementwise operations of `dim` coordinates.

    Derivatives are exact, by reverse differentiation of the tape. A row has the same bits alone and
    in a batch. Where a function has no value (the logarithm of a negative number) it is nan.
    """

    def __init__(
        self,
        tape: Tape,
        dim: int,
        text: str = "",
        names: tuple[str, ...] = (),
        *,
        spelled: str = "",
        minima: Sequence[Sequence[float]] = (),
        least: float | None = None,
        region: Box = (),
        turned: float = 0.0,
    ) -> None:
        """Raises `TooLong` for a tape whose gradient has too many operations.

        `spelled` is the expression where `text` is a name of it. `minima` are the known places of
        the least value, `least` is that value where the places are too many to be told. `region` is
        the box that is drawn, () where the paths tell. `turned` says by how many degrees the
        function is rotated that is spelled; the tape is that of the rotated one.
        """
        self.spelled = spelled or text
        self.tape, self._dim, self.text, self.turned = tape, dim, text, turned
        self.names = names or tuple(f"x{i + 1}" for i in range(dim))
        self.places = np.empty((0, dim))
        self._known = np.array(minima, dtype=np.float64).reshape(-1, dim)
        self.least, self.region = least, tuple(region)
        self.with_gradient = _with_gradient(tape, dim)
        self._stationary: dict[Box, tuple[Stationary, ...]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Without the programs, which a worker compiles again."""
        return {name: value for name, value in vars(self).items() if not callable(value)}

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return self._dim

    @cached_property
    def _single(self) -> Program:
        return program(self.with_gradient, single=True)

    @cached_property
    def _rows(self) -> Program:
        return program(self.with_gradient)

    @cached_property
    def _values(self) -> Program:
        return program(self.tape)

    @cached_property
    def _slopes(self) -> Program:
        return program(self.with_gradient.of(range(1, self.dim + 1)))

    @cached_property
    def _curvatures(self) -> Program:
        return program(self.second)

    @cached_property
    def second(self) -> Tape:
        """The tape of ∂²f/∂xᵢ∂xⱼ for j ≤ i, row by row. Raises `Unfit` where it is too long."""
        build = Builder()
        try:
            _, *grad = self.with_gradient.replayed(build, [build.input(i) for i in range(self.dim)])
            rows = [gradient(build, g, range(i + 1)) for i, g in enumerate(grad)]
            return build.tape([entry for row in rows for entry in row])
        except TooLong:
            raise Unfit(f"the Hessian of {self.text[:40]} has too many terms") from None

    @cached_property
    def creases(self) -> tuple[Smooth, ...]:
        """Functions that are 0 where the slopes of f may jump."""
        return tuple(Smooth(tape, self.dim) for tape in creases(self.tape, self.dim))

    @cached_property
    def separable(self) -> bool:
        """Whether ∂²f/∂xᵢ∂xⱼ is the constant 0 on the tape for each i ≠ j."""
        rows, columns = np.tril_indices(self.dim)
        apart = np.array(self.second.outputs)[rows != columns].tolist()
        return all(self.second.ops[place] == Op("constant") for place in apart)

    def value(self, x: Array) -> Array:
        """f at each row: (…, dim) → (…,)."""
        return np.asarray(_applied(self._values, x, 1)[0])

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row: (…, dim) → (…,), (…, dim)."""
        if x.shape[0] == 1 and x.ndim == 2:
            f, *grad = self._single(x.tolist()[0])
            return np.array([f]), np.array([grad])
        found = _applied(self._rows, x, 1 + self.dim)
        return found[0], np.moveaxis(found[1:], 0, -1)

    def grad(self, x: Array) -> Array:
        """∇f at each row: (…, dim) → (…, dim)."""
        if x.shape[0] == 1 and x.ndim == 2:
            return self.value_and_grad(x)[1]
        return np.moveaxis(_applied(self._slopes, x, self.dim), 0, -1)

    def hessian(self, x: Array) -> Array:
        """∇²f at each row: (…, dim, dim)."""
        n = self.dim
        lower, upper = np.tril_indices(n)
        entries = np.moveaxis(_applied(self._curvatures, x, len(lower)), 0, -1)
        H = np.empty((*x.shape[:-1], n, n))
        H[..., lower, upper] = H[..., upper, lower] = entries
        return H

    @cached_property
    def minima(self) -> Array:
        """The known places of the least value; else the lowest downhill from `places`: (n, dim)."""
        from optviz.objectives import downhill

        known = len(self._known) or self.least is not None or not len(self.places)
        return self._known if known else downhill.lowest(self, self.places)

    @property
    def found(self) -> bool:
        """Whether the minima are those downhill from `places`."""
        return len(self.minima) > len(self._known)

    def seen_from(self, places: Array) -> Smooth:
        """The same function, whose minima are looked for from there if none is known."""
        seen = copy(self)
        seen.places = places
        vars(seen).pop("minima", None)
        return seen

    def nearest(self, x: Array) -> Array:
        """The known place of the least value that is nearest to each row: (…, dim)."""
        away = np.linalg.norm(x[..., None, :] - self.minima, axis=-1)
        return np.asarray(self.minima[np.argmin(np.where(np.isnan(away), np.inf, away), axis=-1)])

    @property
    def minimiser(self) -> Array | None:
        """The first of the known places of the least value, None where none is known."""
        return self.minima[0] if len(self.minima) else None

    @property
    def minimum(self) -> float | None:
        """The least value f*, None where it is not known."""
        return super().minimum if self.least is None else self.least

    def stationary_in(self, box: Box) -> tuple[Stationary, ...]:
        """The stationary points that Newton's method finds, and the known minima."""
        from optviz.objectives.stationary import joined, stationary

        points, key = self._stationary, tuple(box)
        if key not in points:
            points[key] = stationary(self, box)
        return joined([x for x in self.minima if within(x, box)], points[key])

    def restricted(self, origin: Array, axes: Array) -> Smooth:
        """f(origin + axes·z), its own tape with sums in place of the coordinates."""
        tape = restricted(self.tape, origin.tolist(), axes.tolist())
        return Smooth(tape, axes.shape[1], self.text)

    def rotated(self, degrees: float) -> Smooth:
        """Turned counter-clockwise about the origin, its minima and its region with it.

        Raises `Unfit` unless 2-D.
        """
        if self.dim != 2:
            raise Unfit(f"only a 2-D objective can be turned; this one is {self.dim}-D")
        cos, sin = cos_sin(degrees)
        back = np.array([[cos, sin], [-sin, cos]])
        tape, minima = self.restricted(np.zeros(2), back).tape, self._known @ back
        angle = self.turned + degrees
        known: dict[str, Any] = {"spelled": self.spelled, "least": self.least}
        known["minima"] = minima.tolist()
        known["region"] = turned_box(self.region, back)
        return Smooth(tape, 2, self.text, self.names, turned=angle, **known)

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """Curves with holes, traced on a grid."""
        from optviz.objectives import traced_bands

        return traced_bands.bands(self, box, levels)

    def formula(self, style: Style) -> str:
        """The formula as typed."""
        from optviz.objectives import formulas

        if self.spelled.startswith("python("):
            return formulas.called(self.spelled, self.names, style)
        return cast(str, getattr(formulas.typeset(self.spelled), style))

    def as_dict(self) -> dict[str, Any]:
        """Plain data as `run` writes it: text, and the angle where it is turned."""
        return {"text": self.text} | ({"rotate": self.turned} if self.turned else {})

    @property
    def key(self) -> Hashable:
        """The operations and the number of coordinates."""
        return self.tape, self.dim


def _with_gradient(tape: Tape, dim: int) -> Tape:
    """f and ∂f/∂xᵢ for each i. Raises `TooLong`."""
    build = Builder()
    (f,) = tape.replayed(build, [build.input(i) for i in range(dim)])
    return build.tape([f, *gradient(build, f, range(dim))])


def _applied(run: Program, x: Array, count: int) -> Array:
    """The `count` outputs of a program at each row: (…, dim) → (count, …)."""
    points = x.reshape(-1, x.shape[-1])
    found = np.empty((count, len(points)))
    with np.errstate(all="ignore"):
        for start in range(0, len(points), _ROWS):
            part = np.ascontiguousarray(points[start : start + _ROWS].T)
            for row, output in zip(found, run(list(part)), strict=True):
                row[start : start + _ROWS] = output
    return found.reshape(count, *x.shape[:-1])
