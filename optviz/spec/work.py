"""Options that say which workers share the work: processes of this machine, or a Dask cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.walks.parallel import Workers
    from optviz.workers import Make

MANY = 8  # pieces where the number of workers is not known
_WHO = ("processes", "dask")
_work = partial(option, group="Workers")


@dataclass(frozen=True)
class WorkSpec:
    """Who does the work."""

    jobs: int | None = _work(None, "number of processes", "-j", "N", usual="as many as pay")
    executor: str = _work(_WHO[0], "processes, or dask with --scheduler", "", "WHO", choices=_WHO)
    scheduler: str | None = _work(None, "Dask's scheduler, tcp://…", value="URL")


def refuse_clashes(who: WorkSpec) -> None:
    """Raises `BadValue` or `Unfit` for words that do not go together."""
    if who.executor not in _WHO:
        raise BadValue("executor", who.executor, "processes or dask is wanted")
    if who.executor == "dask" and (who.jobs is not None or not who.scheduler):
        raise Unfit("--executor dask wants --scheduler tcp://…, and no --jobs: its workers count")
    if who.scheduler and who.executor != "dask":
        raise Unfit("--scheduler is for --executor dask")
    if who.jobs is not None and who.jobs < 1:
        raise BadValue("jobs", who.jobs, "1 or more is wanted")


def cluster(who: WorkSpec) -> Make | None:
    """The workers of the cluster that was named, None without one. Raises `WorldError`."""
    from optviz import workers

    if who.executor != "dask":
        return None
    assert who.scheduler
    return workers.dask(who.scheduler)


def workers_of(who: WorkSpec, jobs: int) -> Workers:
    """The workers of the cluster that was named, or so many processes. Raises `WorldError`."""
    from optviz import workers
    from optviz.walks.parallel import Workers

    others = cluster(who)
    return Workers(MANY, others) if others else Workers(jobs, workers.processes(jobs))
