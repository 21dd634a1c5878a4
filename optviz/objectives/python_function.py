"""An objective that is a Python function: traced into a tape if it can be, else called.

A function of NumPy's operations is traced, and then is as exact as one that is typed. Others are
called point by point: with the gradient that is given, that of PyTorch or JAX if it is one of
theirs, or central differences.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, TextError, Unfit
from optviz.notes import collected, note
from optviz.objectives import differences, foreign
from optviz.objectives import expression as objectives_expression
from optviz.objectives.objective import Objective, Style
from optviz.objectives.region import Box, Region
from optviz.objectives.smooth import Smooth
from optviz.tape import Builder, TooLong, Tracer, Untraceable, branched, expression

Function = Callable[..., Any]
_MOST_DIM = 10  # coordinates that are tried where nothing tells how many there are


class Called(Objective):
    """f as a Python program computes it, a point at a time: `value` (dim,) → float."""

    def __init__(  # noqa: PLR0917
        self,
        value: Callable[[Array], float],
        grad: Callable[[Array], Array],
        hess: Callable[[Array], Array],
        names: tuple[str, ...],
        text: str,
        of: Hashable,
    ) -> None:
        """`of` tells functions apart: what the user wrote."""
        self._value, self._grad, self._hess = value, grad, hess
        self.names, self.text, self._of = names, text, of

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return len(self.names)

    def value(self, x: Array) -> Array:
        """f at each row: (…, dim) → (…,)."""
        return _each(self._value, x, ())

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row: (…, dim) → (…,), (…, dim)."""
        return self.value(x), _each(self._grad, x, (self.dim,))

    def hessian(self, x: Array) -> Array:
        """∇²f at each row: (…, dim, dim)."""
        return _each(self._hess, x, (self.dim, self.dim))

    def restricted(self, origin: Array, axes: Array) -> Objective:
        """f(origin + axes·z), by the chain rule."""

        def at(z: Array) -> Array:
            return np.asarray(origin + axes @ z)

        names = tuple(f"z{i + 1}" for i in range(axes.shape[1]))
        return Called(
            lambda z: self._value(at(z)),
            lambda z: axes.T @ self._grad(at(z)),
            lambda z: axes.T @ self._hess(at(z)) @ axes,
            names,
            self.text,
            (self._of, origin.tobytes(), axes.tobytes()),
        )

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """Polygons with holes, traced on a grid."""
        from optviz.objectives import traced_bands

        return traced_bands.bands(self, box, levels)

    def formula(self, style: Style) -> str:
        """The name of the function, of its coordinates."""
        from optviz.objectives import formulas

        return formulas.called(self.text, self.names, style)

    @property
    def key(self) -> Hashable:
        """The function itself."""
        return self._of, self.dim


def objective(
    f: Function, grad: Function | None = None, hess: Function | None = None, dim: int | None = None
) -> Objective:
    """The objective of a Python function of x (dim,), or of so many numbers.

    `grad` (dim,) → (dim,) and `hess` (dim,) → (dim, dim) are its derivatives, called as f is. `dim`
    is found by trying where it is not told. Raises `BadValue` for what is no number at any point
    tried, `Unfit` where a derivative has another shape.
    """
    names = _names(f)
    if grad is None and hess is None and (found := _traced(f, names, dim)):
        return found
    if len(names) < 2:
        found_dim = _dim(f, dim)
        names, dim = (("x",), 1) if found_dim == 0 else ((), found_dim)
    split = len(names) > 0
    dim = dim or len(names)
    value = _plain(f, split)
    names = names if split else tuple(f"x{i + 1}" for i in range(dim))
    own = foreign.derivatives(_whole(f, split), dim)
    word = f"python({_word(f)})"
    if own is not None:
        value = own.value
    slope = _plain(grad, split, (dim,)) if grad else own.grad if own else None
    curve = _plain(hess, split, (dim, dim)) if hess else own.hess if own else None
    if slope is None:
        note(f"{word}: the gradient is that of central differences, to about 9 digits")
        slope = differences.gradient(value)
    _check(slope, dim)
    curve = curve or differences.jacobian(slope)
    return Called(value, slope, curve, names, word, (f, grad, hess))


def _word(f: Function) -> str:
    name = getattr(f, "__name__", type(f).__name__)
    return name if name.isidentifier() else "f"


def _names(f: Function) -> tuple[str, ...]:
    """The names of the positional parameters without a default; () where they cannot be known."""
    try:
        parameters = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):
        return ()
    usual = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return tuple(p.name for p in parameters if p.kind in usual and p.default is p.empty)


def _dims(names: tuple[str, ...], dim: int | None) -> Iterator[int]:
    """The numbers of coordinates that are tried; 0 stands for a single number, no array."""
    if len(names) > 1:
        yield len(names)
    elif dim:
        yield from (dim, 0) if dim == 1 else (dim,)
    else:
        yield from (2, 0, 1, *range(3, _MOST_DIM + 1))


def _traced(f: Function, names: tuple[str, ...], dim: int | None) -> Objective | None:
    """The function as a tape, None where it does more than compute."""
    for size in _dims(names, dim):
        tracer = Tracer(sums=True)
        try:
            place = branched(tracer, partial(_place, f, tracer, size, split=len(names) > 1))
            typed = tracer.tape(place)
            build = Builder()  # where powers are products
            inputs = [build.input(i) for i in range(max(size, 1))]
            tape = build.tape(typed.replayed(build, inputs))
            if any(op.name == "input" for op in tape.ops):
                own = names if len(names) > 1 else ("x",) if size == 0 else ()
                found = Smooth(tape, max(size, 1), f"python({_word(f)})", own)
                return _written(found, expression(typed, found.names))
        except (Untraceable, TooLong):
            return None
        except Exception:  # whatever the function raises at arguments that it was not made for
            continue
    return None


def _written(f: Smooth, text: str) -> Objective:
    """The same function as it is read from a text, which recipes and records can hold.

    Itself where it has no such text.
    """
    usual = f.names in (tuple(f"x{i + 1}" for i in range(f.dim)), tuple("xyz"[: f.dim]))
    text = text if usual else text and f"f({', '.join(f.names)}) = {text}"
    try:
        with collected():
            found = objectives_expression.read(text)
    except TextError:
        return f
    points = np.random.default_rng(0).normal(size=(8, f.dim))
    with np.errstate(all="ignore"):
        same = np.allclose(found.value(points), f.value(points), rtol=1e-12, equal_nan=True)
    return found if same and found.dim == f.dim else f


def _place(f: Function, tracer: Tracer, size: int, *, split: bool) -> list[int]:
    """The place of the value of f. Raises `Untraceable` for a value of another shape."""
    x = tracer.inputs(0, *((size,) if size else ()))
    found = tracer.traced(f(*x) if split else f(x))
    if found.size != 1 or found.ndim > 1 or (found.ndim and size == 0):
        raise ValueError("no single number")
    return [int(found.places.flat[0])]


def _dim(f: Function, dim: int | None) -> int:
    """How many coordinates f takes, by trying; 0 for a function of one number. `BadValue`."""
    reason: Exception | None = None
    for size in _dims((), dim):
        try:
            if foreign.number(f, np.full(size, 0.5) if size else np.float64(0.5)) is not None:
                return size
        except Exception as error:
            reason = error
    why = f"{type(reason).__name__}: {reason}" if reason else "it returns no number"
    wanted = "a function of an array x, of floats, is wanted; dim= says of how many"
    raise BadValue("objective", f"{_word(f)}, which fails ({why})", wanted) from None


def _whole(f: Function, split: bool) -> Function:
    return (lambda x: f(*x)) if split else f


def _plain(f: Function, split: bool, shape: tuple[int, ...] = ()) -> Callable[[Array], Any]:
    """The function with float64 out, of the shape. Raises `Unfit` for another."""

    def call(x: Array) -> Any:
        found = np.asarray(f(*x.tolist()) if split else f(x), dtype=np.float64)
        if found.size != int(np.prod(shape, dtype=int)):
            raise Unfit(f"{_word(f)} returns a shape of {found.shape}; {shape} is wanted")
        return found.reshape(shape) if shape else float(found.reshape(()))

    return call


def _check(slope: Callable[[Array], Array], dim: int) -> None:
    """Raises `Unfit` for a gradient of another shape."""
    found = np.shape(slope(np.full(dim, 0.5)))
    if found != (dim,):
        raise Unfit(f"the gradient has a shape of {found}; {(dim,)} is wanted")


def _each(call: Callable[[Array], Any], x: Array, shape: tuple[int, ...]) -> Array:
    """A function of a point at each of many: (…, dim) → (…, *shape)."""
    points = x.reshape(-1, x.shape[-1])
    with np.errstate(all="ignore"):
        found = [call(point) for point in points]
    return np.array(found, dtype=np.float64).reshape((*x.shape[:-1], *shape))
