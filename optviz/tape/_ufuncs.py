"""What NumPy's functions of single numbers are on a tape."""

from collections.abc import Callable
from math import inf

from optviz.tape._tape import Builder

Operation = Callable[..., int]  # of the builder and places


def operation(name: str) -> Operation:
    """The operation of that name."""
    return lambda tracer, *args: tracer.apply(name, *args)


def _not(tracer: Builder, a: int) -> int:
    return tracer.apply("sub", tracer.constant(1.0), a)


def _at_most(tracer: Builder, a: int, b: int) -> int:
    return tracer.apply("max", tracer.apply("less", a, b), tracer.apply("equal", a, b))


_LESS, _EQUAL = operation("less"), operation("equal")
_SAME = ("sqrt", "exp", "log", "sin", "cos", "tan", "sign", "sinh", "cosh", "tanh")
_OTHER = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "absolute": "abs", "negative": "neg",
    "add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "power": "pow",
    "remainder": "mod", "maximum": "max", "minimum": "min",
}  # fmt: skip
UFUNCS: dict[str, Operation] = {
    **{name: operation(name) for name in _SAME},
    **{name: operation(own) for name, own in _OTHER.items()},
    "positive": lambda _, a: a,
    "square": lambda tracer, a: tracer.apply("mul", a, a),
    "reciprocal": lambda tracer, a: tracer.apply("div", tracer.constant(1.0), a),
    "less": _LESS, "equal": _EQUAL,
    "greater": lambda tracer, a, b: _LESS(tracer, b, a),
    "less_equal": _at_most,
    "greater_equal": lambda tracer, a, b: _at_most(tracer, b, a),
    "not_equal": lambda tracer, a, b: _not(tracer, _EQUAL(tracer, a, b)),
    "invert": _not, "logical_not": _not,
    "bitwise_and": operation("min"), "logical_and": operation("min"),
    "bitwise_or": operation("max"), "logical_or": operation("max"),
    "isnan": lambda tracer, a: _not(tracer, _EQUAL(tracer, a, a)),
    "isfinite": lambda tracer, a: _LESS(tracer, tracer.apply("abs", a), tracer.constant(inf)),
}  # fmt: skip
