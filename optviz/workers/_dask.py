"""The workers of a Dask cluster."""

import importlib
from concurrent.futures import Executor
from typing import Any, cast

from optviz.errors import WorldError
from optviz.workers._dispatch import Make


def dask(scheduler: str) -> Make:
    """The workers of a Dask cluster. Raises `WorldError` where Dask or the cluster is missing."""
    cluster = _Cluster(scheduler)
    return lambda: cluster


class _Cluster:
    """The executor of a Dask cluster, connected while it is used."""

    def __init__(self, scheduler: str) -> None:
        self.scheduler = scheduler
        self.client = self._connected()  # fails before any work is done

    def __enter__(self) -> Executor:
        if self.client.status != "running":
            self.client = self._connected()
        return cast(Executor, self.client.get_executor(pure=False))

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def _connected(self) -> Any:
        try:
            distributed: Any = importlib.import_module("dask.distributed")
        except ImportError:
            reason = "it is not installed; pip install 'optviz[dask]'"
            raise WorldError("import", "dask.distributed", reason) from None
        try:
            return distributed.Client(self.scheduler, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WorldError("reach", self.scheduler, str(error).splitlines()[0]) from None
