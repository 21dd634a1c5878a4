"""How many workers a command has: as many as its options say, or as pay."""

import os
from typing import TYPE_CHECKING

from optviz.spec.work import WorkSpec, cluster, refuse_clashes, workers_of

if TYPE_CHECKING:
    from optviz.walks.parallel import Workers

__all__ = ["WorkSpec", "cluster", "number", "refuse_clashes", "shared"]


def number(who: WorkSpec, paying: int) -> int:
    """How many processes: what was asked for, else as many as there are and as pay."""
    # Workers may start Python anew: they too are to read nothing in the current folder.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    return who.jobs or max(1, min(_processors(), paying))


def shared(who: WorkSpec) -> "Workers":
    """The workers that share what a command computes. Raises `OptvizError`."""
    refuse_clashes(who)
    return workers_of(who, number(who, paying=1))


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
