"""Which steps of a training are recorded, and which entries of a tensor."""

from collections.abc import Sequence

from optviz.errors import BadValue

EVERY, FIRST = 50, (1, 2, 5, 10, 20)  # the default sampling: fixed, so that logs compare
MOST = 4096  # sampled entries of a tensor, evenly spread: this bounds the costs


def is_sampled(step: int, every: int | None) -> bool:
    """Whether a step, counted from 1, is recorded: the first and every n-th.

    Without `every` 1, 2, 5, 10, 20 and every 50th.
    """
    if every is not None:
        return step == 1 or step % every == 0
    return step % EVERY == 0 or step in FIRST


def entries(count: int) -> slice:
    """The sampled entries of a tensor of `count` entries in one row, at most `MOST`."""
    return slice(None, None, max(1, -(-count // MOST)))


def check(every: int | None, quantiles: Sequence[float]) -> None:
    """Raises `BadValue` for what steps cannot be sampled by, and for shares without a median."""
    if every is not None and every < 1:
        raise BadValue("every", every, "1 or more is wanted")
    if 0.5 not in quantiles or not all(0 <= level <= 1 for level in quantiles):
        raise BadValue(
            "quantiles", quantiles, "shares from 0 to 1, with the median 0.5, are wanted"
        )
