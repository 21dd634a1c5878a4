"""A tape as Python code, for arrays and for single numbers: the same bits from both.

The code is made of the names of operations and of numbers alone; no typed text is in it.
"""

from collections.abc import Callable, Sequence
from math import copysign, inf, isnan, nan, sqrt
from typing import Any

import numpy as np

from optviz.tape._operations import BINARY, UNARY
from optviz.tape._tape import Op, Tape

Program = Callable[[Sequence[Any]], Sequence[Any]]

_SIGNS = {"add": "+", "sub": "-", "mul": "*"}
_ARRAYS: dict[str, Any] = {**UNARY, **BINARY, "where": np.where}


def program(tape: Tape, *, single: bool = False) -> Program:
    """A function from the coordinates, arrays of one shape or floats if `single`, to the outputs.

    Outputs that are the same everywhere are floats. Nothing is raised: what overflows is infinite,
    what has no value is nan.
    """
    scope = {"nan": nan, "inf": inf} | (_SINGLE if single else _ARRAYS)
    lines = [*_lines(tape, "x[{}]"), ""]
    source = "def run(x):\n" + "\n".join(f" {line}" for line in lines)
    exec(compile(source, "<tape>", "exec"), scope)
    return scope["run"]  # type: ignore[no-any-return]


def _lines(tape: Tape, coordinate: str) -> list[str]:
    """An assignment for each operation; a name is used again once its value is not needed."""
    last = {arg: i for i, op in enumerate(tape.ops) for arg in op.args}
    last |= dict.fromkeys(tape.outputs, len(tape.ops))
    names, free, lines, used = dict[int, str](), list[str](), list[str](), 0
    for i, op in enumerate(tape.ops):
        if op.name == "constant":
            names[i] = f"({op.value!r})"
            continue
        text = coordinate.format(int(op.value)) if op.name == "input" else _text(op, names)
        free += [names[arg] for arg in set(op.args) if last[arg] == i and names[arg][0] == "v"]
        used += not free
        names[i] = free.pop() if free else f"v{used}"
        lines.append(f"{names[i]} = {text}")
    return [*lines, f"return [{', '.join(names[i] for i in tape.outputs)}]"]


def _text(op: Op, names: dict[int, str]) -> str:
    args = [names[arg] for arg in op.args]
    if op.name in _SIGNS:
        return f"{args[0]} {_SIGNS[op.name]} {args[1]}"
    if op.name == "neg":
        return f"-{args[0]}"
    return f"{op.name}({', '.join(args)})"


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    return nan if not a or isnan(a) else copysign(inf, a) * copysign(1.0, b)


def _root(a: float) -> float:
    return sqrt(a) if a >= 0 else nan


def _least(a: float, b: float) -> float:
    return nan if isnan(a) or isnan(b) else min(a, b)


def _most(a: float, b: float) -> float:
    return nan if isnan(a) or isnan(b) else max(a, b)


def _sign(a: float) -> float:
    return a if not a or isnan(a) else 1.0 if a > 0 else -1.0


def _alone(function: Callable[[Any], Any]) -> Callable[[float], float]:
    """NumPy's function of a single number: the C library's differs in the last bit."""
    return lambda a: float(function(a))


_SINGLE: dict[str, Any] = {
    **{name: _alone(function) for name, function in UNARY.items()},
    "div": _divided,
    "pow": BINARY["pow"],
    "sqrt": _root,
    "abs": abs,
    "sign": _sign,
    "min": _least,
    "max": _most,
    "less": lambda a, b: 1.0 if a < b else 0.0,
    "equal": lambda a, b: 1.0 if a == b else 0.0,
    "mod": lambda a, b: float(np.remainder(a, b)),
    "where": lambda c, a, b: a if c else b,
}
