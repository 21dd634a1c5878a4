"""Both ways of each branch that a traced program takes, put together by conditions."""

from collections.abc import Callable

from optviz.tape._tape import Builder


class Untraceable(Exception):
    """An operation that is not elementwise, or not among those of a tape; says which."""


class Undecided(Exception):
    """A condition, by its place on the tape, that a program branches on."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


class Branching(Builder):
    """A builder that knows which way each condition goes, by its place."""

    branches: dict[int, bool]


def branched(tracer: Branching, run: Callable[[], list[int]], most: int = 16) -> list[int]:
    """The places that a program answers, whichever way its branches go: each is a `where`.

    Raises `Untraceable` for more than `most` ways.
    """
    left = [most]

    def way(branches: dict[int, bool]) -> list[int]:
        tracer.branches = branches
        if len(branches) > most or left[0] < 0:
            raise Untraceable("it has too many branches")
        try:
            found = run()
        except Undecided as undecided:
            place = undecided.place
        else:
            left[0] -= 1
            return found
        ways = zip(way({**branches, place: True}), way({**branches, place: False}), strict=True)
        return [tracer.apply("where", place, yes, no) for yes, no in ways]

    return way({})
