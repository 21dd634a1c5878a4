"""Finds the members of a family by their files: one more file is one more member.

A registered thing has one name in three places: the file `adagrad.py`, the class `AdaGrad` in it,
and the word `adagrad` that people type.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from optviz.errors import UnknownName

T = TypeVar("T")


class Registry(Generic[T]):
    """The classes deriving from `base` in the modules of a package, each loaded when first asked.

    >>> optimizers.registry["adagrad"]
    <class 'optviz.optimizers.adagrad.AdaGrad'>
    """

    def __init__(self, kind: str, package: str, base: type[T]) -> None:
        self.kind, self.package, self.base = kind, package, base
        self._load = cache(self._find)

    @property
    def names(self) -> tuple[str, ...]:
        """Every member's name; modules opening with an underscore are the family's own tools."""
        folder = importlib.import_module(self.package).__file__
        assert folder is not None
        files = sorted(Path(folder).parent.glob("[!_]*.py"))
        return tuple(file.stem for file in files)

    def __getitem__(self, name: str) -> type[T]:
        """The class called `name`, in any case; `UnknownName` suggests the nearest."""
        return self._load(name.lower())

    def __iter__(self) -> Iterator[type[T]]:
        return (self[name] for name in self.names)

    def _find(self, name: str) -> type[T]:
        if name not in self.names:
            raise UnknownName(self.kind, name, self.names)
        module = importlib.import_module(f"{self.package}.{name}")
        wanted = name.replace("_", "")
        for attribute, value in vars(module).items():
            if attribute.lower() == wanted and isinstance(value, type):
                assert issubclass(value, self.base)
                return value
        raise TypeError(f"{module.__name__} holds no {self.base.__name__} class called {wanted}")
