"""Python values as the values of a spec file: matrices, arrays, rules and classes become text."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, replace
from os import PathLike, fspath
from typing import Any

import numpy as np

from optviz import optimizers
from optviz.errors import BadValue, NoEffect, OptvizError, Unfit
from optviz.objectives import Objective, Quadratic
from optviz.objectives import read as read_objective
from optviz.optimizers import Optimizer, Rule
from optviz.schedules import Schedule
from optviz.spec import COMMON
from optviz.text.options import convert, listed, type_name

_FUNCTION = (
    "a Python function cannot be drawn yet, which a later version will do; write the expression "
    'as text, as in "(1-x)^2 + 100(y-x^2)^2"'
)


def converted(f: "Field[Any]", value: Any) -> Any:
    """A Python value as the type of the option, None for its default. Raises `BadValue`."""
    if f.name == "objective" and isinstance(value, PathLike):
        return f"@{fspath(value)}"
    value = _plain(value)
    if value is None:
        return None
    if value in ([], {}):
        raise BadValue(f.name, "nothing", "one value or more is wanted, or None for the default")
    if f.name == "objective":
        return objective(value)
    if f.name == "opt":
        return tuple(optimizer(one) for one in _parts(value))
    if "tuple" in type_name(f):
        return convert(f, _many(f, value))
    if type_name(f).startswith("int") and isinstance(value, float) and value.is_integer():
        value = int(value)
    choices = f.metadata["choices"]
    if choices and not isinstance(value, str):
        raise BadValue(f.name, repr(value), f"{listed(choices)} is wanted")
    return convert(f, _joined(f, value) if isinstance(value, list) else value)


def _plain(value: Any) -> Any:
    """NumPy's numbers and arrays, paths and schedules as plain values; tuples as lists."""
    if _is_array(value):
        return _numbers("array", value, None).tolist()
    if isinstance(value, PathLike):
        return fspath(value)
    if isinstance(value, Schedule):
        return str(value)
    if isinstance(value, range | tuple | list):
        return [_plain(part) for part in value]
    return value


def _is_array(value: Any) -> bool:
    """Whether a value is an array of NumPy's, or what becomes one: a tensor, a DataFrame."""
    return hasattr(value, "__array__") and not isinstance(value, type)


def _joined(f: "Field[Any]", parts: list[Any]) -> str:
    """The parts of a value with several numbers, as it is typed. Raises `BadValue` for others."""
    separator = "x" if f.name == "size" else "," if "," in f.metadata["value"] else ""
    if not separator:
        wanted = "a text is wanted" if "str" in type_name(f) else "a number is wanted"
        if f.name in COMMON and parts:
            pairs = (f'"adagrad:{f.name}={part}"' for part in parts)
            wanted = f"one is wanted; to compare, write opt=[{', '.join(pairs)}]"
        raise BadValue(f.name, parts, wanted)
    return separator.join(convert_part(f.name, part) for part in parts)


def convert_part(name: str, value: Any) -> str:
    """A number or a text as text. Raises `BadValue` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue(name, repr(value), "a number or a text is wanted")
    return str(value)


def _many(f: "Field[Any]", value: Any) -> Any:
    """The values of a repeatable option; those of `NAME=VALUE` may be a dictionary."""
    if isinstance(value, Mapping) and "=" in f.metadata["value"]:
        return [f"{key}={_value(f.name, _plain(one))}" for key, one in value.items()]
    return value


def _value(name: str, value: Any) -> str:
    if not isinstance(value, list):
        return convert_part(name, value)
    inside = ",".join(convert_part(name, part) for part in value)
    return f"[{inside}]" if name == "over" else f"({inside})"


def _parts(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def objective(value: Any) -> str:
    """The text of an objective: a text, a matrix Q as rows, or an `Objective` that has a text.

    Raises `BadValue` or `Unfit` for anything else.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Objective):
        return _text_of(value)
    if isinstance(value, list):
        return matrix(value)
    if callable(value):
        raise Unfit(f"objective: {_FUNCTION}")
    raise BadValue("objective", repr(value), "a text or a matrix Q is wanted")


def matrix(Q: Any, c: Any = None, b: Any = None) -> str:
    """`quadratic(Q=…, c=…, b=…)` of arrays: the numbers that are read back are the same.

    Raises `BadValue` for what is no symmetric matrix of finite numbers, or does not fit it.
    """
    square, linear = _numbers("objective", Q), None if c is None else _numbers("c", c)
    if square.ndim != 2:
        raise BadValue("Q", f"a shape of {square.shape}", "a square matrix is wanted")
    linear = np.zeros(len(square)) if linear is None else linear
    constant = _numbers("b", 0.0 if b is None else b)
    if constant.ndim:
        raise BadValue("b", f"a shape of {constant.shape}", "a number is wanted")
    return _written(Quadratic(square, linear, float(constant)))


def _numbers(name: str, value: Any, kind: type | None = float) -> Any:
    try:
        return np.asarray(value, dtype=kind)
    except Exception:  # whatever the class of an array from outside raises
        raise BadValue(name, repr(value), "rows of numbers are wanted") from None


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


def optimizer(value: Any) -> str:
    """The text of an optimizer: a text, an `Optimizer`, a `Rule`, or a class of PyTorch's.

    Raises `BadValue` for anything else.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Optimizer):
        return str(value)
    if isinstance(value, Rule):
        return str(replace(optimizers.read(_name(type(value))), rule=value))
    kind = value if isinstance(value, type) else type(value)
    if issubclass(kind, Rule):
        return _name(kind)
    if any(base.__module__.startswith("torch.optim") for base in kind.__mro__):
        return _of_torch(kind, value)
    wanted = 'a text such as "adam:eta=0.1", a rule or a class of torch.optim is wanted'
    raise BadValue("opt", repr(value), wanted)


def _name(rule: type[Rule]) -> str:
    if rule.__module__.startswith("optviz.") and rule.word() in optimizers.registry.names:
        return rule.word()
    return _place(rule)


def _place(kind: type) -> str:
    """Where a class is imported from: `torch.optim:Adam`. Raises `BadValue` if from nowhere."""
    package, name = kind.__module__, kind.__qualname__
    shorter = package.rpartition(".")[0]
    if shorter in sys.modules and getattr(sys.modules[shorter], name, None) is kind:
        package = shorter
    if getattr(sys.modules.get(package), name, None) is not kind or kind in (Rule, Optimizer):
        raise BadValue("opt", name, "a class that can be imported is wanted, of a rule with a name")
    return f"{package}:{name}"


def _of_torch(kind: type, value: Any) -> str:
    """The text of a class of PyTorch's, with the settings of an instance that are not usual."""
    import inspect

    name = _place(kind)
    if value is kind:
        return name
    usual = inspect.signature(kind).parameters
    own = {key: v for key, v in value.defaults.items() if key in usual and v != usual[key].default}
    return f"{name}({', '.join(f'{key}={v!r}' for key, v in own.items())})"


def with_form(values: dict[str, Any], c: Any, b: Any) -> dict[str, Any]:
    """The options with c and b written into the objective. Raises `NoEffect` if that is no Q."""
    for name, value in (("c", c), ("b", b)):
        own = values.get("objective")
        if value is not None and not (isinstance(own, list | tuple) or _is_array(own)):
            raise NoEffect(name, "of a matrix Q as objective, and this is none; write it there")
    if c is None and b is None:
        return values
    return {**values, "objective": matrix(values["objective"], c, b)}
