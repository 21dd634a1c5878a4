"""The same batch on a Dask cluster of two processes on loopback, one of them killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optviz import batch, workers
from optviz.errors import WorldError

distributed = pytest.importorskip("dask.distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own

TABLES = {f"f{k}": {"size": "200x150", "opt": "gd", "eta": 0.01 + 0.01 * k} for k in range(30)}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


def pictures(folder: Path, **how: Any) -> tuple[list[Any], dict[str, bytes]]:
    reports = batch.run(batch.read(TABLES, out_dir=folder), **how)
    told = [{**report.plain(), "outputs": []} for report in reports]
    return told, {path.name: path.read_bytes() for path in folder.glob("*.png")}


def test_files_and_reports_are_those_of_this_process(cluster: Any, tmp_path: Path) -> None:
    here = pictures(tmp_path / "here")
    there = pictures(tmp_path / "there", executor=workers.dask(cluster.scheduler_address))
    assert here == there
    assert len(here[1]) == len(TABLES)


def test_any_executor_of_a_client_will_do(cluster: Any, tmp_path: Path) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        told, found = pictures(tmp_path, executor=client.get_executor(pure=False))
    assert {report["status"] for report in told} == {"drawn"}
    assert len(found) == len(TABLES)


def test_a_killed_worker_costs_no_figure(cluster: Any, tmp_path: Path) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        killed: list[int] = []

        def kill(done: int, _of: int) -> None:
            if done == 3:
                killed.append(min(client.run(os.getpid).values()))
                os.kill(killed[0], signal.SIGKILL)

        executor = workers.dask(cluster.scheduler_address)
        told, found = pictures(tmp_path, executor=executor, told=kill)
    assert killed
    assert [report.get("error") for report in told] == [None] * len(TABLES)
    assert len(found) == len(TABLES)


@pytest.mark.parametrize("scheduler", ["nonsense://x", "tcp://127.0.0.1:1"])
def test_a_cluster_that_is_not_there_is_said(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda *a, **k: client(*a, **{**k, "timeout": 1}))
    with pytest.raises(WorldError, match=f"cannot reach {scheduler}"):
        workers.dask(scheduler)
