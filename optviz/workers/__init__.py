"""Executors that do the work of batches, sweeps and seeds: here, in processes, or on a cluster.

    for number, result in workers.done(draw, tasks, workers.processes(2)):
        ...

Figures of a batch, blocks of a sweep and seeds of a run are tasks. Their arguments and results are
plain data, so any `concurrent.futures.Executor` can run them.
"""

from optviz.workers._dask import dask
from optviz.workers._dispatch import Lost, Make, done, given
from optviz.workers._main_module import check_main, main_file
from optviz.workers._pool import here, processes

__all__ = [
    "Lost", "Make", "check_main", "dask", "done", "given", "here", "main_file", "processes",
]  # fmt: skip
