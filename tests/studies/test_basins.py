"""Runs from a grid of starts end at the minima that their rate allows."""

import numpy as np
import pytest

from optviz import gradients, objectives, optimizers, workers
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.gradients import oracle
from optviz.studies.basins import DIVERGED, MOVING, basins, check
from optviz.walks.engine import Walk
from optviz.walks.parallel import Workers

# Minima of Himmelblau's function and the largest eigenvalue of the Hessian at each.
HIMMELBLAU = {
    (3.0, 2.0): 82.2843,
    (-2.80511809, 3.13131252): 80.5501,
    (-3.77931025, -3.28318599): 133.786,
    (3.58442834, -1.84812653): 105.419,
}


def grid(reach: float, count: int) -> Array:
    side = np.linspace(-reach, reach, count)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def walk(f: str, optimizer: str, start: Array, steps: int) -> Walk:
    return Walk(objectives.read(f), optimizers.read(optimizer), start, steps)


@pytest.mark.parametrize(
    ("eta", "held"), [(0.02, (82.2843, 80.5501)), (0.018, (82.2843, 80.5501, 105.419))]
)
def test_a_minimum_with_more_curvature_than_the_rate_bears_holds_nobody(
    eta: float, held: tuple[float, ...]
) -> None:
    found = basins(walk("himmelblau", f"gd:eta={eta}", grid(5.0, 60), 3000))
    assert found.limit == pytest.approx(2 / eta)
    assert sorted(found.curvature[found.reached]) == pytest.approx(sorted(held), rel=1e-4)
    assert (found.curvature[found.reached] < 2 / eta).all()
    assert found.share(DIVERGED) == 0
    assert found.share(MOVING) > 0.1


def test_each_end_is_a_minimum_of_the_table() -> None:
    found = basins(walk("himmelblau", "gd:eta=0.01", grid(5.0, 40), 2000))
    places = np.array(list(HIMMELBLAU))
    for start, owner in zip(found.start, found.minimum, strict=True):
        x, y = start.tolist()
        for _ in range(2000):
            a, b = x * x + y - 11, x + y * y - 7
            x, y = x - 0.01 * (4 * x * a + 2 * b), y - 0.01 * (2 * a + 4 * y * b)
        nearest = np.abs(places - [x, y]).max(axis=1)
        if nearest.min() < 1e-6:
            assert found.minima[owner] == pytest.approx(places[nearest.argmin()], abs=1e-8)
        else:
            assert owner == MOVING
        if len(set(found.minimum[:50])) > 3:
            break


def test_the_curve_of_minima_is_held_as_far_as_the_rate_bears() -> None:
    starts = np.random.default_rng(0).uniform(-4, 4, (2000, 2))
    found = basins(walk("valley-of-stability", "gd:eta=0.2", starts, 2000))
    held = found.minima[found.reached]
    assert held.prod(axis=1) == pytest.approx(np.ones(len(held)))
    assert 9 < (held**2).sum(axis=1).max() <= 10
    assert 1 - found.share(DIVERGED) - found.share(MOVING) == pytest.approx(0.904, abs=0.02)


def test_a_run_along_the_ridge_to_the_saddle_rests_at_no_minimum() -> None:
    start = np.array([[-1.0, 1.0], [0.5, 2.0]])
    found = basins(walk("valley-of-stability", "gd:eta=0.2", start, 500))
    assert found.end[0] == pytest.approx([0, 0], abs=1e-9)
    assert found.minimum.tolist() == [MOVING, 0]


def test_thousands_of_minima_along_a_curve_have_a_number_each() -> None:
    x = np.geomspace(0.4, 2.4, 3000)
    found = basins(walk("valley-of-stability", "gd:eta=0.2", np.column_stack([x, 1 / x]), 100))
    assert len(found.minima) > 1000
    assert found.minima[found.minimum] == pytest.approx(found.end, abs=1e-3)


def test_a_momentum_bears_more() -> None:
    found = basins(walk("himmelblau", "momentum:eta=0.018,beta=0.5", grid(5.0, 20), 3000))
    assert found.limit == pytest.approx(2 * 1.5 / 0.018)
    assert len(found.minima) == 4


def test_adagrad_has_no_fixed_limit() -> None:
    assert basins(walk("himmelblau", "adagrad:eta=0.5", grid(5.0, 8), 500)).limit is None


def test_where_f_overflows_a_start_diverges() -> None:
    found = basins(walk("himmelblau", "gd:eta=0.5", grid(5.0, 8), 200))
    assert found.share(DIVERGED) > 0.9


def test_workers_change_nothing() -> None:
    one = walk("himmelblau", "gd:eta=0.02", grid(5.0, 100), 300)
    alone, two = basins(one), basins(one, Workers(2, workers.processes(2)))
    assert alone.end.tobytes() == two.end.tobytes()
    assert alone.minimum.tolist() == two.minimum.tolist()


def test_noise_lets_no_run_rest() -> None:
    noisy = oracle(gradients.read("noise(1)"))
    with pytest.raises(Unfit, match="leave --gradient out"):
        check(Walk(objectives.read("himmelblau"), optimizers.read("gd"), grid(1.0, 3), 5, noisy))


@pytest.mark.parametrize("steps", [60, 100])
def test_a_run_that_still_swings_is_of_the_minimum_where_it_comes_to_rest(steps: int) -> None:
    early, late = (
        basins(walk("himmelblau", "momentum:eta=0.01,beta=0.9", grid(5.0, 40), n))
        for n in (steps, 1000)
    )
    swings = early.near >= 0
    assert swings.mean() > 0.2
    assert late.minima[late.minimum[swings]] == pytest.approx(early.minima[early.near[swings]])
    assert (early.minimum[swings] == MOVING).all()
    assert sum(early.about(i) for i in range(len(early.minima))) == pytest.approx(swings.mean())


@pytest.mark.parametrize(("eta", "about"), [(0.02, 105.419), (0.018, 133.786)])
def test_a_run_about_a_minimum_that_cannot_hold_it_never_rests(eta: float, about: float) -> None:
    found = basins(walk("himmelblau", f"gd:eta={eta}", grid(5.0, 40), 2000))
    swings = found.near >= 0
    assert swings.mean() > 0.2
    assert found.curvature[found.near[swings]] == pytest.approx(about, rel=1e-5)
    centre = found.minima[found.near[swings]]
    x, y = found.end[swings].T
    for _ in range(2000):
        a, b = x * x + y - 11, x + y * y - 7
        x, y = x - eta * (4 * x * a + 2 * b), y - eta * (2 * a + 4 * y * b)
        away = np.hypot(x - centre[:, 0], y - centre[:, 1])
        assert (away > 0.01).all()
        assert (away < 1.2).all()  # the nearest saddle is 1.9 or 3.3 away


def test_a_run_that_closes_in_on_its_minimum_by_leaps_rests_there() -> None:
    found = basins(walk("himmelblau", "adam:eta=0.1", grid(5.0, 40), 300))
    assert found.share(MOVING) == 0


def test_no_window_is_longer_than_the_run() -> None:
    for steps in (1, 2, 3, 33):
        found = basins(walk("himmelblau", "gd:eta=0.001", grid(5.0, 5), steps))
        assert np.isfinite(found.end).all()
        assert (found.minimum == MOVING).all()


def test_a_kink_holds_no_run_of_a_constant_rate() -> None:
    found = basins(walk("abs(x-y) + y^2", "gd:eta=0.05", grid(1.9, 12), 300))
    assert found.minima.tolist() == [[0.0, 0.0]]
    assert found.curvature.tolist() == [np.inf]
    assert not found.reached.any()
    assert found.about(0) == 1
