"""Seeds dealt to workers are the seeds of one process, bit for bit."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from typing import Any, NoReturn

import numpy as np
import pytest

from optviz import gradients, objectives, optimizers, workers
from optviz.errors import WorldError
from optviz.walks.engine import Walk
from optviz.walks.parallel import Workers

D2L = objectives.read("d2l")


def walk(
    text: str = "adam:eta=0.1",
    seeds: int = 23,
    starts: Sequence[tuple[float, ...]] = ((-5.0, -2.0), (1.0, 2.0)),
    expected: bool = False,
) -> Walk:
    source = gradients.read("noise([1,0.5])")
    oracle = gradients.oracle(source, seeds, 4, len(starts))
    return Walk(D2L, optimizers.read(text), np.array(starts), 15, oracle, expected)


@pytest.mark.parametrize("jobs", [2, 3])
def test_whoever_runs_them(jobs: int) -> None:
    alone = walk().run()
    dealt = Workers(jobs, workers.processes(jobs)).run(walk())
    for part in ("x", "f", "grad", "rate", "status_step"):
        assert np.array_equal(getattr(alone, part), getattr(dealt, part)), part
    assert (alone.status, alone.seeds, alone.gradient) == (
        dealt.status,
        dealt.seeds,
        dealt.gradient,
    )
    assert dealt.objective is D2L


def test_the_draws_over_an_exact_law_are_dealt_too() -> None:
    one = walk("gd:eta=0.1", starts=((-5.0, -2.0),), expected=True)
    alone, dealt = one.run(), Workers(2, workers.processes(2)).run(one)
    assert np.array_equal(alone.law, dealt.law)
    assert np.array_equal(alone.spread.x, dealt.spread.x)
    assert (alone.batch, dealt.batch) == (1, 1)


def test_one_row_needs_no_worker() -> None:
    def nobody() -> NoReturn:
        raise AssertionError

    single = walk(seeds=1, starts=((-5.0, -2.0),))
    assert Workers(2, nobody).run(single).batch == 1


def test_lost_seeds_are_named() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> NoReturn:
            raise BrokenExecutor("gone")

    with pytest.raises(WorldError, match="cannot run seeds 4 to"):
        Workers(2, workers.given(Broken())).run(walk())
