"""A bounded cache: the values that were used last."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """Values up to a total size; by default each has size 1. The least recently used go first."""

    def __init__(self, room: float, size: Callable[[Value], float] = lambda _: 1) -> None:
        self.room, self.size = room, size
        self.values: OrderedDict[Hashable, Value] = OrderedDict()
        self._taken = 0.0

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under a key, made if there is none."""
        if key not in self.values:
            value = make()
            self.values[key] = value
            self._taken += self.size(value)
        self.values.move_to_end(key)
        value = self.values[key]
        while self._taken > self.room:
            self.forget(next(iter(self.values)))
        return value

    def forget(self, key: Hashable) -> None:
        """Removes the value under a key."""
        self._taken -= self.size(self.values.pop(key))

    def clear(self) -> None:
        """Removes every value."""
        self.values.clear()
        self._taken = 0.0
