"""Optimizers of a call as text: rules, and classes and instances of PyTorch's."""

import sys
from dataclasses import replace
from typing import Any

from optviz import optimizers
from optviz.api._shown import shown
from optviz.errors import BadValue
from optviz.optimizers import Optimizer, Rule


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
    raise BadValue("opt", shown(value), wanted)


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
