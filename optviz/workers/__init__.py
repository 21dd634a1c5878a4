"""The one seam of everything that may be done by others: a `concurrent.futures.Executor`.

    for number, result in workers.done(draw, works, workers.processes(2)):
        ...

Figures of a batch, blocks of a sweep and seeds of a run go through it. What goes out and what comes
back is plain data, so the workers may be this process, processes here, or a cluster.
"""

from optviz.workers._dask import dask
from optviz.workers._done import Lost, Make, done, given
from optviz.workers._pool import here, processes

__all__ = ["Lost", "Make", "dask", "done", "given", "here", "processes"]
