"""Optimizers from outside: `torch.optim:Adagrad(lr=0.4)`, `./mine.py:MyRule`, other packages.

Naming one runs its code; only a person at the command line, or a program, may do that.
"""

import ast
import importlib
import importlib.util
import re
import sys
import warnings
from contextlib import suppress
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

from optviz import files
from optviz.errors import BadValue, TextError, UnknownName, WorldError
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._reading import Reader
from optviz.optimizers._rule import Rule
from optviz.registry import Registry
from optviz.text import syntax

_CLASS = re.compile(r"[A-Za-z_]\w*+")


def split(text: str, kinds: Registry[Rule]) -> tuple[str, str, str] | None:
    """The module or file, the class and its arguments; None where the text is an optimizer of ours.

    Before the colon of ours stands a rule of `kinds`, or a mistake: a module without a dot is meant
    only where a class, with a capital, follows.
    """
    place, _, rest = (part.strip() for part in text.partition(":"))
    match = _CLASS.match(rest)
    if not match or not place or set("()=") & set(place):
        return None
    name, more = match[0], rest[match.end() :].strip()
    bracketed = more.startswith("(") and more.endswith(")")
    if more and not bracketed and not more.startswith(":"):
        return None
    if not set("./\\") & set(place) and (not name[0].isupper() or "@" in place or place in kinds):
        return None
    return place, name, more[1:-1] if bracketed else more[1:]


def optimizer(
    reader: Reader, where: tuple[str, str, str], common: dict[str, str], unused: set[str]
) -> Optimizer:
    """The optimizer of a class outside: a `Rule` of somebody's own, or one of PyTorch's.

    Raises `WorldError`, `UnknownName`, `BadValue`, `TextError`.
    """
    place, name, more = where
    made = found(reader.text, place, name)
    if issubclass(made, Rule):
        if not made.__module__.startswith(f"{__package__}."):  # ours has its name already
            made.as_typed = f"{place}:{name}"
        return reader.build(made, syntax.read(reader.what, f"{name}({more})"), common, unused)
    if any(base.__module__.startswith("torch.optim") for base in made.__mro__):
        from optviz.optimizers import _torch

        own = arguments(reader.text, more)
        added = {k: v for k, v in _shared(made, common, unused).items() if k not in own}
        options = {**own, **added}
        typed = _call(f"{place}:{name}", options) if added else reader.text.strip()
        return _torch.optimizer_of(made, typed, options)
    said = "an optviz Rule or a torch.optim.Optimizer is wanted"
    raise BadValue("optimizer", f"{place}:{name}", said)


def found(text: str, place: str, name: str) -> type:
    """The class. Raises `WorldError` for what cannot be imported, `UnknownName` for the class."""
    module = _module(place)
    made = getattr(module, name, None)
    if not isinstance(made, type):
        known = [word for word, thing in vars(module).items() if isinstance(thing, type)]
        raise UnknownName(f"class of {place}", name, known, f"optimizer {text}")
    return made


def _module(place: str) -> ModuleType:
    if place.endswith(".py") or "/" in place or "\\" in place:
        path = Path(place)
        with suppress(RuntimeError):  # a ~user nobody is
            path = path.expanduser()
        if not files.is_regular(str(path)):
            raise WorldError("read", place, "there is no such file")
        return _file(path)
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError as error:
        missing = (error.name or place).partition(".")[0]
        if missing != place.partition(".")[0]:
            raise WorldError(
                "import", place, f"it needs {missing}, which is not installed"
            ) from None
        hint = "; pip install 'optviz[torch]'" if missing == "torch" else ""
        raise WorldError("import", place, f"it is not installed{hint}") from None
    except Exception as error:  # whatever its code does
        raise WorldError("import", place, _sentence(error)) from None


def _file(path: Path) -> ModuleType:
    name = f"optviz_outside_{path.resolve()}"
    if name in sys.modules:  # run once, so that the same text names the same class
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise WorldError("import", str(path), "it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise WorldError("import", str(path), _sentence(error)) from None
    return module


def arguments(text: str, more: str) -> dict[str, Any]:
    """The keyword arguments, plain Python values only. Raises `TextError`."""
    at = max(text.find("("), 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python wonders at odd escapes
            call = ast.parse(f"f({more})", mode="eval").body
        assert isinstance(call, ast.Call)
        if call.args or any(part.arg is None for part in call.keywords):
            raise TextError(
                "optimizer", text, at, "every argument wants its name: lr=0.4", len(more) + 2
            )
        return {str(part.arg): ast.literal_eval(part.value) for part in call.keywords}
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # also brackets in brackets
        said = "arguments are name=value with plain numbers, words in quotes, True, tuples"
        raise TextError("optimizer", text, at, said, len(more) + 2) from None


def _shared(maker: type, common: dict[str, str], unused: set[str]) -> dict[str, Any]:
    """The settings for all that a class of PyTorch's has; its rate is `lr`. They leave `unused`."""
    accepted = signature(maker).parameters
    found: dict[str, Any] = {}
    for key, typed in common.items():
        word = "lr" if key == "eta" else key
        if word in accepted:
            unused.discard(key)
            found |= arguments(typed, f"{word}={typed}")
    return found


def _call(name: str, options: dict[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in options.items())})"


def refused(text: str, error: Exception) -> BadValue:
    """The error of a constructor that did not take its arguments."""
    return BadValue("optimizer", text, f"its maker says: {_sentence(error)}")


def _sentence(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}".rstrip(": ")
