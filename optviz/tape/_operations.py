"""The operations of a tape, as they work on single numbers and on arrays alike."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from optviz.arrays import power

Number = Any  # a float, or an array of them

# Of one number.
UNARY: dict[str, Callable[[Any], Any]] = {
    "neg": np.negative,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "abs": np.abs,
    "sign": np.sign,
}


def _less(a: Number, b: Number) -> Number:
    """1 where a < b, else 0."""
    return np.asarray(np.less(a, b), dtype=np.float64)


def _equal(a: Number, b: Number) -> Number:
    """1 where a = b, else 0."""
    return np.asarray(np.equal(a, b), dtype=np.float64)


# Of two; `add` and `mul` may change places.
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": power,
    "min": np.minimum,
    "max": np.maximum,
    "less": _less,
    "equal": _equal,
    "mod": np.remainder,
}
COMMUTATIVE = frozenset({"add", "mul", "min", "max", "equal"})
NAMES = (*UNARY, *BINARY, "where")


class Undefined(Exception):
    """An operation on constants whose value is no finite number; says which."""


def folded(name: str, *values: float, strict: bool) -> float:
    """An operation on constants. Raises `Undefined` if it is `strict` and not finite."""
    if name == "where":
        return values[1] if values[0] else values[2]
    with np.errstate(all="ignore"):
        function: Callable[..., Any] = UNARY[name] if len(values) == 1 else BINARY[name]
        found = float(function(*values))
    if math.isfinite(found) or not strict:
        return found
    if name == "div" and values[1] == 0:
        raise Undefined("divided by zero")
    if math.isnan(found):
        raise Undefined(f"{name} has no value at {', '.join(f'{v:g}' for v in values)}")
    raise Undefined("a constant beyond floating point")
