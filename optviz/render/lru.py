"""Memory that is bounded: the values asked for last."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """As many values as there is room for; `size` says how much one of them takes."""

    def __init__(self, room: int, size: Callable[[Value], int]) -> None:
        self.room, self.size = room, size
        self.values: OrderedDict[Hashable, Value] = OrderedDict()
        self._taken = 0

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under a key, made if there is none; what was not asked for longest goes."""
        if key not in self.values:
            self.values[key] = make()
            self._taken += self.size(self.values[key])
        self.values.move_to_end(key)
        value = self.values[key]
        while self._taken > self.room:
            self.forget(next(iter(self.values)))
        return value

    def forget(self, key: Hashable) -> None:
        """Gives up the value under a key."""
        self._taken -= self.size(self.values.pop(key))
