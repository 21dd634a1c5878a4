"""The ladder of names: where they stand, and how large, from the best way to the last."""

from collections.abc import Iterator
from typing import NamedTuple

from optviz.render.draw.page import Page

MOST_NAMED = 12  # curves of a panel; of more only the best and the worst have a name


class NoRoom(Exception):
    """The names do not fit in the way that was tried."""


class Plan(NamedTuple):
    """Where names stand: beside the ends of lines, in a legend, as numbers, or nowhere."""

    where: (
        str  # beside, inside (a legend in a corner), own (the user's), right, below, numbers, none
    )
    scale: float

    @property
    def is_outside(self) -> bool:
        """Whether names stand in a legend outside the panels."""
        return self.where in ("right", "below")

    @property
    def has_legend(self) -> bool:
        """Whether names stand in a legend."""
        return self.where in ("inside", "own") or self.is_outside


def ladder(page: Page, legend: str) -> Iterator[Plan]:
    """The plans to try, in order; the last always works. `legend` is the wish of the look."""
    if legend == "none":
        yield Plan("none", 1.0)
        return
    usual, least = 1.0, page.least
    wide = page.width > 1.25 * page.height
    sides: tuple[str, ...] = ("right", "below") if wide else ("below", "right")
    if legend in ("right", "below"):
        sides = (legend, *(side for side in sides if side != legend))
    else:
        yield Plan("beside", usual)
        if least < 0.95:
            yield Plan("beside", 0.85)
        yield Plan("inside", usual)
    for scale in dict.fromkeys((usual, least)):
        yield from (Plan(side, scale) for side in sides)
    yield Plan("numbers", usual)
