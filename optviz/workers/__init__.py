"""Executors that do the work of batches, sweeps and seeds: here, in processes, or on a cluster.

    for number, result in workers.done(draw, tasks, workers.processes(2)):
        ...

Figures of a batch, blocks of a sweep and seeds of a run are tasks. Their arguments and results are
plain data, so any `concurrent.futures.Executor` can run them.
"""

from optviz.workers._dask import dask
from optviz.workers._dispatch import Lost, Make, done, given
from optviz.workers._pool import here, processes

__all__ = ["Lost", "Make", "dask", "done", "given", "here", "processes"]
