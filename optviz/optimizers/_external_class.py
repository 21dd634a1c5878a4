"""Classes of other packages and of files, by name: `Adagrad` of `torch.optim`, `Mine` of `./m.py`.

Importing one runs its code.
"""

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from optviz import files
from optviz.errors import UnknownName, WorldError


def load(text: str, place: str, name: str) -> type:
    """The class `name` of the module or file `place`; `text` is for errors.

    Raises `WorldError` if the place cannot be imported, `UnknownName` if it has no such class.
    """
    module = _module(place)
    value = getattr(module, name, None)
    if not isinstance(value, type):
        raise UnknownName(f"class of {place}", name, _classes(module), f"optimizer {text}")
    return value


def forget(paths: Iterable[str]) -> bool:
    """Forgets those of the files whose classes were loaded, to be run anew; whether there were."""
    modules = [sys.modules.pop(_name(Path(path)), None) for path in paths]
    return any(modules)


def _classes(module: ModuleType) -> list[str]:
    """The names of its classes: those made in it, or all where it only imports some."""
    classes = {word: thing for word, thing in vars(module).items() if isinstance(thing, type)}
    own = [word for word, made in classes.items() if made.__module__ == module.__name__]
    return own or list(classes)


def first_line(error: Exception) -> str:
    """An exception of other people's code in one line: its class and the first line of its text."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}".rstrip(": ")


def file(place: str) -> Path | None:
    """The file that a place is, None for a module."""
    if not (place.endswith(".py") or "/" in place or "\\" in place):
        return None
    path = Path(place)
    with suppress(RuntimeError):  # ~user, and there is no such user
        path = path.expanduser()
    return path


def _module(place: str) -> ModuleType:
    if path := file(place):
        if not files.is_regular(str(path)):
            raise WorldError("read", place, "there is no such file")
        return _file(path)
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError as error:
        missing = (error.name or place).partition(".")[0]
        reason = f"it needs {missing}, which is not installed"
        if missing == place.partition(".")[0]:
            hint = "; pip install 'optviz[torch]'" if missing == "torch" else ""
            reason = f"it is not installed{hint}"
        raise WorldError("import", place, reason) from None
    except Exception as error:  # the module's code may raise anything
        raise WorldError("import", place, first_line(error)) from None


class _Loader(SourceFileLoader):
    """Compiles the file each time: Python keeps the time of a source, and so a save, in seconds."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


def _name(path: Path) -> str:
    """The name of the module of a file."""
    return f"optviz_outside_{path.resolve()}"


def _file(path: Path) -> ModuleType:
    name = _name(path)
    if name in sys.modules:  # run once, so that the same text names the same class
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise WorldError("import", str(path), "it is no Python file")
    if isinstance(spec.loader, SourceFileLoader):
        spec.loader = _Loader(name, str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise WorldError("import", str(path), first_line(error)) from None
    return module
