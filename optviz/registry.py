"""Registries, which find the members of a family by their files.

A registered thing has one name in three places: the file `adagrad.py`, the class `AdaGrad` in it,
and the word `adagrad` that people type.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, TypeVar

from optviz.errors import UnknownName

T = TypeVar("T")


@cache
def stems(package: str) -> tuple[str, ...]:
    """The names of a package's public modules, none of which is imported."""
    spec = find_spec(package)
    assert spec is not None
    folders = spec.submodule_search_locations or ()
    return tuple(sorted(file.stem for folder in folders for file in Path(folder).glob("[!_]*.py")))


class Registry(Generic[T]):
    """The classes deriving from `base` in the modules of a package, each loaded on first use.

    >>> optimizers.registry["adagrad"]
    <class 'optviz.optimizers.adagrad.AdaGrad'>
    """

    def __init__(self, kind: str, package: str, base: type[T], group: str = "") -> None:
        """`group` is the entry-point group by which other packages add members."""
        self.kind, self.package, self.base, self.group = kind, package, base, group
        self._load = cache(self._find)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members: the modules without a leading underscore."""
        return stems(self.package)

    def __getitem__(self, name: str) -> type[T]:
        """The class of that name or alias, in any case.

        Raises `UnknownName`, which suggests the nearest.
        """
        return self._load(name.lower())

    def __contains__(self, name: str) -> bool:
        """Whether `self[name]` exists."""
        try:
            return self[name] is not None
        except UnknownName:
            return False

    def __iter__(self) -> Iterator[type[T]]:
        return (self[name] for name in self.names)

    def _find(self, name: str) -> type[T]:
        if name not in self.names:
            return self._alias(name) or self._entry_point(name)
        module = importlib.import_module(f"{self.package}.{name}")
        for attribute, value in vars(module).items():
            if attribute.lower() == name.replace("_", "") and isinstance(value, type):
                assert issubclass(value, self.base)
                return value
        raise TypeError(f"{module.__name__} holds no {self.base.__name__} class called {name}")

    def _alias(self, name: str) -> type[T] | None:
        if not hasattr(self.base, "aliases"):
            return None
        return next((member for member in self if name in getattr(member, "aliases", ())), None)

    def _entry_point(self, name: str) -> type[T]:
        """A member from another package."""
        from importlib.metadata import entry_points  # slow, and seldom needed

        points = entry_points(group=self.group) if self.group else ()
        for point in points:
            if point.name.lower() == name:
                member: type[T] = point.load()
                assert issubclass(member, self.base)
                setattr(member, "external_name", point.name)  # noqa: B010  # not in every family
                return member
        raise UnknownName(self.kind, name, (*self.names, *(point.name for point in points)))
