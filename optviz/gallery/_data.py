"""The numbers behind a figure, as its command writes them, unless they are too many."""

from optviz.spec.figure import Figure

_MOST = 30_000  # numbers: half a megabyte
_LONGEST = 2_000_000  # steps of a sweep, which takes a second because it runs once more


def data(figure: Figure) -> tuple[str, bytes] | None:
    """Format and content: the usual data of the kind of figure; None if too many.

    Raises `OptvizError` for a figure that could not be drawn either.
    """
    kind = figure.kind
    walks = figure.walks()
    steps = sum(walk.steps for walk in walks) * kind.points()
    if kind.numbers(walks) > _MOST or (kind.points() > 1 and steps > _LONGEST):
        return None
    form = next(iter(kind.formats()))
    return form, figure.draw(pictures=False).data(form)
