"""A rate that follows from the one before: steps in order cost one each."""

from collections.abc import Callable

from optviz.text.settings import Num

_EVERY = 1024  # steps between two rates that are kept, from which earlier steps are found again


class Recursion:
    """The rates of steps 1, 2, … by `rate = following(t, rate)`, from the `first` before step 1."""

    def __init__(self, first: Num, following: Callable[[int, Num], Num]) -> None:
        self.following = following
        self.kept: dict[int, Num] = {0: first}
        self.last: tuple[int, Num] = 0, first

    def __call__(self, t: int) -> Num:
        """The rate of step t; a step far ahead costs the steps in between."""
        at, rate = self.last
        if at > t:
            at = max(step for step in range(t - t % _EVERY, -1, -_EVERY) if step in self.kept)
            rate = self.kept[at]
        for step in range(at + 1, t + 1):
            rate = self.following(step, rate)
            if step % _EVERY == 0:
                self.kept[step] = rate
        self.last = t, rate
        return rate
