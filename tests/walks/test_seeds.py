"""Many seeds as one run: who belongs together, and what the median keeps."""

from collections.abc import Sequence

import numpy as np
import pytest

from optviz import gradients, objectives, optimizers
from optviz.walks import seeds
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

D2L = objectives.read("d2l")


def run(
    text: str = "gd:eta=0.1",
    noise: str = "noise(1)",
    seeds: int = 5,
    starts: Sequence[tuple[float, ...]] = ((-5.0, -2.0),),
    first: int = 0,
    steps: int = 8,
) -> Trajectory:
    oracle = gradients.oracle(gradients.read(noise), seeds, first, len(starts))
    return Walk(D2L, optimizers.read(text), np.array(starts), steps, oracle).run()


def test_seeds_of_a_start_are_one_and_starts_are_apart() -> None:
    found = seeds.medians([run(starts=((-5.0, -2.0), (1.0, 1.0)))])
    assert [row.batch for row in found] == [1, 1]
    assert [row.spread.batch for row in found] == [5, 5]
    assert {tuple(row.x[0, 0]) for row in found} == {(-5.0, -2.0), (1.0, 1.0)}


def test_seeds_that_come_as_runs_of_their_own_are_gathered_too() -> None:
    whole = run()
    parts = seeds.medians(whole.rows())
    assert len(parts) == 1
    assert np.array_equal(parts[0].x, seeds.medians([whole])[0].x)
    assert parts[0].spread.seeds == (0, 1, 2, 3, 4)


def test_exact_runs_stay_apart_even_where_they_are_alike() -> None:
    found = seeds.medians([run(noise="exact", seeds=1), run(noise="exact", seeds=1)])
    assert [row.spread for row in found] == [None, None]


def test_optimizers_and_sources_stay_apart() -> None:
    found = seeds.medians([run(), run("gd:eta=0.2"), run(noise="noise(2)")])
    assert len(found) == 3


def test_the_median_is_that_of_each_number() -> None:
    whole = run(seeds=7)
    (found,) = seeds.medians([whole])
    assert np.array_equal(found.x[:, 0], np.median(whole.x, axis=1))
    assert np.array_equal(found.f[:, 0], np.median(whole.f, axis=1))


def test_what_most_seeds_do_is_what_the_median_does() -> None:
    (found,) = seeds.medians([run("gd:eta=0.7", steps=2000)])
    assert found.status == ("diverged",)
    assert np.isnan(found.x[-1]).all()


def test_quantiles_leave_out_the_few_that_are_lost() -> None:
    values = np.array([[1.0, 2, 3, np.nan, 4], [np.nan, np.nan, np.nan, 1, 2]])
    assert seeds.quantiles(values, 0.5) == pytest.approx([2.5, np.nan], nan_ok=True)
    low, high = seeds.band(values, 0.5)
    assert (low[0], high[0]) == (1.75, 3.25)


def test_facts_say_how_many_seeds() -> None:
    (many,) = seeds.medians([run()])
    assert many.facts()["seeds"] == 5
    assert run(seeds=1, first=3).facts()["seed"] == 3
