"""Arrays that write the operations on them on a tape, for programs that were written for NumPy.

A `Traced` stands where an array would. NumPy hands its operations over by its two protocols,
`__array_ufunc__` and `__array_function__` (NEP 13 and 18).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from optviz.arrays import Ints
from optviz.tape._branches import Branching, Undecided, Untraceable
from optviz.tape._ufuncs import UFUNCS, Operation, operation


class Tracer(Branching):
    """A builder whose operations keep the sign of 0, and the branches that are taken.

    With `sums` it adds from the left what NumPy adds in an order of its own.
    """

    def __init__(self, *, sums: bool = False) -> None:
        super().__init__()
        self.sums = sums
        self.branches: dict[int, bool] = {}

    def inputs(self, first: int, *shape: int) -> Traced:
        """Inputs from the index `first` on, as an array of that shape."""
        count = int(np.prod(shape, dtype=int))
        places = [self.input(first + i) for i in range(count)]
        return Traced(self, np.array(places, dtype=np.int64).reshape(shape))

    def traced(self, value: Any) -> Traced:
        """A value as it is if it is traced, else constants. Raises `Untraceable`."""
        if isinstance(value, Traced):
            return value
        numbers = np.asarray(value)
        if numbers.dtype.kind not in "biuf":
            raise Untraceable(f"{type(value).__name__} is no number")
        places = [self.constant(float(number)) for number in numbers.ravel()]
        return Traced(self, np.array(places, dtype=np.int64).reshape(numbers.shape))

    def _simpler(
        self, name: str, args: tuple[int, ...], values: Sequence[float | None]
    ) -> int | None:
        """As of a `Builder`, but for sums with 0, which turn −0 into 0."""
        if name == "where" and (values[0] is not None or args[1] == args[2]):
            return args[1] if values[0] else args[2]
        if name in ("add", "equal") or (name == "sub" and values[0] == 0.0):
            return None
        return super()._simpler(name, args, values)


class Traced(NDArrayOperatorsMixin):
    """An array of places on a tape."""

    def __init__(self, tracer: Tracer, places: Ints) -> None:
        self.tracer, self.places = tracer, places

    shape = property(lambda self: self.places.shape)
    ndim = property(lambda self: self.places.ndim)
    size = property(lambda self: self.places.size)
    dtype = np.dtype(np.float64)

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Traced]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, key: Any) -> Traced:
        return Traced(self.tracer, np.asarray(self.places[key]))

    def __bool__(self) -> bool:
        """Which branch is taken. Raises `Undecided` where that is not known."""
        if self.size != 1:
            raise Untraceable("it branches on an array")
        place = int(self.places.flat[0])
        if (value := self.tracer.value(place)) is not None:
            return bool(value)
        if place not in self.tracer.branches:
            raise Undecided(place)
        return self.tracer.branches[place]

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise Untraceable("an array is asked for")

    def __float__(self) -> float:
        raise Untraceable("a number is asked for")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        mask, out = options.pop("where", True), options.pop("out", (None,))[0]
        entry = UFUNCS.get(ufunc.__name__)
        if ufunc is np.matmul and self.tracer.sums:
            return _product(self.tracer, *inputs)
        if method != "__call__" or entry is None or options:
            raise Untraceable(f"{ufunc.__name__} has no operation on a tape")
        found = _each(self.tracer, entry, *inputs)
        return found if mask is True else np.where(mask, found, out)

    def __array_function__(self, function: Any, _: Any, args: Any, options: Any) -> Any:
        own = _FUNCTIONS.get(function.__name__)
        if own is None and self.tracer.sums:
            own = _SUMS.get(function.__name__)
        if own is None:
            raise Untraceable(f"{function.__name__} has no operation on a tape")
        return own(self.tracer, *args, **options)

    def astype(self, _: Any) -> Traced:
        return self

    def ravel(self) -> Traced:
        return Traced(self.tracer, self.places.ravel())

    def reshape(self, *shape: Any) -> Traced:
        return Traced(self.tracer, self.places.reshape(*shape))

    def broadcast_to(self, shape: tuple[int, ...]) -> Traced:
        return Traced(self.tracer, np.broadcast_to(self.places, shape))

    def sum(self, axis: int | None = None, keepdims: bool = False) -> Traced:
        if not self.tracer.sums:
            raise Untraceable("sum has no operation on a tape")
        return _reduced("add")(self.tracer, self, axis, keepdims=keepdims)

    def max(self, axis: int | None = None, keepdims: bool = False) -> Traced:
        return _reduced("max")(self.tracer, self, axis, keepdims=keepdims)

    def min(self, axis: int | None = None, keepdims: bool = False) -> Traced:
        return _reduced("min")(self.tracer, self, axis, keepdims=keepdims)

    def any(self, axis: int | None = None, keepdims: bool = False) -> Traced:
        return self.max(axis, keepdims)

    def all(self, axis: int | None = None, keepdims: bool = False) -> Traced:
        return self.min(axis, keepdims)


def _each(tracer: Tracer, entry: Operation, *values: Any) -> Traced:
    """An operation on each entry of arrays that are broadcast."""
    arrays = [tracer.traced(value).places for value in values]
    if len({array.shape for array in arrays}) > 1:
        arrays = list(np.broadcast_arrays(*arrays))
    rows = zip(*(array.ravel().tolist() for array in arrays), strict=True)
    places = [entry(tracer, *row) for row in rows]
    return Traced(tracer, np.array(places, dtype=np.int64).reshape(arrays[0].shape))


def _reduced(name: str) -> Callable[..., Traced]:
    """The least or the greatest along an axis, from the left."""

    def one(tracer: Tracer, a: Any, axis: int | None = None, keepdims: bool = False) -> Traced:
        places = tracer.traced(a).places
        lines = places.reshape(1, -1) if axis is None else np.moveaxis(places, axis, -1)
        rows = lines.reshape(-1, lines.shape[-1]).tolist()
        rows = rows if name in ("add", "mul") else [list(dict.fromkeys(row)) for row in rows]
        found = [reduce(lambda u, v: tracer.apply(name, u, v), row) for row in rows]
        shape = () if axis is None else lines.shape[:-1]
        reduced = np.array(found, dtype=np.int64).reshape(shape)
        return Traced(tracer, np.expand_dims(reduced, axis) if keepdims and axis else reduced)

    return one


def _product(tracer: Tracer, a: Any, b: Any) -> Traced:
    """The product of two vectors, or of a matrix and a vector."""
    one, other = tracer.traced(a), tracer.traced(b)
    if one.ndim > 2 or other.ndim > 2 or other.ndim == 0 or one.ndim == 0:
        raise Untraceable("a product of more than matrices")
    if other.ndim == 2:
        columns = [_product(tracer, one, other[:, j]) for j in range(other.shape[1])]
        return _joined(np.stack)(tracer, columns, -1)
    product: Traced = one * other
    return product.sum(axis=-1)


def _filled(value: float) -> Callable[..., Traced]:
    return lambda tracer, like, **_: tracer.traced(np.full(like.shape, value))


def _moved(function: Callable[..., Any]) -> Callable[..., Traced]:
    """What moves entries of one array, and computes nothing."""
    return lambda tracer, a, *args, **options: Traced(tracer, function(a.places, *args, **options))


def _joined(function: Callable[..., Any]) -> Callable[..., Traced]:
    """What puts arrays together, and computes nothing."""

    def one(tracer: Tracer, arrays: Any, *args: Any, **options: Any) -> Traced:
        places = [tracer.traced(array).places for array in arrays]
        return Traced(tracer, function(places, *args, **options))

    return one


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": lambda tracer, c, a, b: _each(tracer, operation("where"), c, a, b),
    "clip": lambda _, a, low, high: np.minimum(np.maximum(a, low), high),
    "max": _reduced("max"), "amax": _reduced("max"), "any": _reduced("max"),
    "min": _reduced("min"), "amin": _reduced("min"), "all": _reduced("min"),
    "zeros_like": _filled(0.0), "ones_like": _filled(1.0),
    "ndim": lambda _, a: a.ndim, "shape": lambda _, a: a.shape, "size": lambda _, a: a.size,
    "concatenate": _joined(np.concatenate), "stack": _joined(np.stack),
    **{f.__name__: _moved(f) for f in (np.swapaxes, np.moveaxis, np.diagonal, np.broadcast_to,
                                       np.expand_dims, np.ravel, np.reshape)},
}  # fmt: skip


_SUMS: dict[str, Callable[..., Any]] = {
    "sum": _reduced("add"), "prod": _reduced("mul"),
    "mean": lambda tracer, a, axis=None: _reduced("add")(tracer, a, axis)
    / (a.size if axis is None else a.shape[axis]),
    "dot": _product, "inner": _product, "vdot": _product,
}  # fmt: skip
