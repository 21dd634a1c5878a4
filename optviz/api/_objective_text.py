"""Objectives of a call as text: a matrix becomes `quadratic(Q=…)`, which has the same bits."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from optviz.api._shown import shown
from optviz.errors import BadValue, NoEffect, OptvizError, Unfit
from optviz.objectives import Objective, Quadratic
from optviz.objectives import read as read_objective


def is_array(value: Any) -> bool:
    """Whether a value is an array of NumPy's, or what becomes one: a tensor, a DataFrame."""
    return hasattr(value, "__array__") and not isinstance(value, type)


def numbers(name: str, value: Any, kind: type | None = float) -> Any:
    """An array of the value, of numbers if a type is named. Raises `BadValue`."""
    try:
        return np.asarray(value, dtype=kind)
    except Exception:  # whatever the class of an array from outside raises
        raise BadValue(name, shown(value), "rows of numbers are wanted") from None


def objective(value: Any) -> str:
    """The text of an objective: a text, a matrix Q as rows, an `Objective`, a Python function.

    Raises `BadValue` or `Unfit` for anything else.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Objective):
        return _text_of(value)
    if isinstance(value, list):
        return matrix(value)
    if callable(value) and not isinstance(value, type):
        return of_function(value)
    raise BadValue("objective", shown(value), "a text, a function or a matrix Q is wanted")


def of_function(f: Any, start: Any = None) -> str:
    """The text of a Python function; the start tells how many coordinates it has, if any does."""
    from optviz.objectives import own, python_function

    dim = None
    if start is not None and not isinstance(start, str):
        shape = np.shape(start)
        dim = (shape[-1] if shape else 1) or None
    elif isinstance(start, str) and "(" not in start:
        dim = start.count(",") + 1
    return own.keep(python_function.objective(f, dim=dim))


def matrix(Q: Any, c: Any = None, b: Any = None) -> str:
    """`quadratic(Q=…, c=…, b=…)` of arrays: the numbers that are read back are the same.

    Raises `BadValue` for what is no symmetric matrix of finite numbers, or does not fit it.
    """
    square, linear = numbers("objective", Q), None if c is None else numbers("c", c)
    if square.ndim != 2:
        raise BadValue("Q", f"a shape of {square.shape}", "a square matrix is wanted")
    linear = np.zeros(len(square)) if linear is None else linear
    constant = numbers("b", 0.0 if b is None else b)
    if constant.ndim:
        raise BadValue("b", f"a shape of {constant.shape}", "a number is wanted")
    return _written(Quadratic(square, linear, float(constant)))


def _written(q: Quadratic) -> str:
    c = f", c={_row(q.c)}" if q.c.any() else ""
    b = f", b={_short(q.b)}" if q.b else ""
    return f"quadratic(Q=[{','.join(map(_row, q.Q))}]{c}{b})"


def _row(values: Any) -> str:
    return f"[{','.join(map(_short, values))}]"


def _short(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _text_of(q: Objective) -> str:
    """A text that is read as the same function."""
    from optviz.objectives import own

    own.keep(q)
    for text in _candidates(q):
        try:
            if read_objective(text).key == q.key:
                return text
        except OptvizError:
            continue
    raise Unfit("objective: this one has no text that says all of it; write it as text, or as Q")


def _candidates(q: Objective) -> Iterator[str]:
    if q.text:
        yield q.text
    if isinstance(q, Quadratic) and q.data is None:
        yield _written(q)


def with_form(values: dict[str, Any], c: Any, b: Any) -> dict[str, Any]:
    """The options with c and b written into the objective. Raises `NoEffect` if that is no Q."""
    for name, value in (("c", c), ("b", b)):
        own = values.get("objective")
        if value is not None and not (isinstance(own, list | tuple) or is_array(own)):
            raise NoEffect(name, "of a matrix Q as objective, and this is none; write it there")
    if c is None and b is None:
        return values
    return {**values, "objective": matrix(values["objective"], c, b)}
