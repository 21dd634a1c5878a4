from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import objectives, optimizers, workers
from optviz.arrays import Array
from optviz.errors import OptvizError, WorldError
from optviz.objectives import Quadratic
from optviz.objectives.transforms import rotated
from optviz.optimizers import Optimizer
from optviz.studies import grid, sweep
from optviz.studies.sweep import Sweep
from optviz.theory import stability
from optviz.walks import engine, status
from optviz.walks.parallel import Workers

D2L = objectives.read("d2l")
START = np.array([-5.0, -2.0])


def swept(name: str, *over: str, q: Quadratic = D2L, start: Array = START, **more: Any) -> Sweep:
    axes = tuple(grid.read(text) for text in over)
    return sweep.sweep(q, optimizers.read(name), start, axes, **more)


def test_rows_go_up_the_second_axis_and_columns_along_the_first() -> None:
    found = swept("momentum", "eta=lin(0.1,0.3,3)", "beta=[0,0.5]")
    assert found.values.shape == (2, 3)
    run = engine.run(D2L, optimizers.read("momentum:eta=0.3,beta=0"), START, 1000)
    gap = D2L.gap(run.x[:, 0])
    assert found.values[0, 2] == np.flatnonzero(gap <= 1e-6 * gap[0])[0]


def test_gd_does_not_feel_a_rotation_and_the_diagonal_methods_do() -> None:
    turned = {
        name: swept(f"{name}:eta=0.1", "angle=lin(0,90,10)", of="f", steps=30).values
        for name in ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
    }
    for name in ("gd", "momentum", "nesterov"):
        assert turned[name] == pytest.approx(np.full(10, turned[name][0]), rel=1e-9)
    for name in ("adagrad", "rmsprop", "adam"):
        assert np.ptp(turned[name]) > 0.1 * turned[name].min()


def test_gd_needs_steps_in_proportion_to_the_condition_number() -> None:
    """At η = 1/λmax the slowest factor is 1 − 1/κ: about κ·ln(10⁶)/2 steps, once κ is large."""
    found = swept("gd:eta=0.25", "kappa=[100,200,400]", start=np.array([-5.0, 0.0]), steps=9000)
    assert found.values == pytest.approx(np.array([100, 200, 400]) * np.log(1e6) / 2, rel=0.01)


def test_a_sweep_over_the_start_keeps_its_distance_from_the_minimiser() -> None:
    q = objectives.read("(x1-1)^2 + (x2-2)^2")
    found = swept("gd:eta=0.1", "start=lin(0,360,13)", q=q, start=np.array([4.0, 6.0]))
    assert len(set(found.values)) == 1  # a round bowl: every direction is alike
    q, _, start = found.at(90.0)
    assert start == pytest.approx([1.0, 7.0])


def test_the_final_gap_and_the_status_are_those_of_the_single_run() -> None:
    gaps = swept("adagrad", "eta=[0.4,2]", of="f", steps=20).values
    words = swept("adagrad", "eta=[0.4,2]", of="status", steps=20).values
    for eta, gap, word in zip([0.4, 2], gaps, words, strict=True):
        run = engine.run(D2L, optimizers.read(f"adagrad:eta={eta}"), START, 20)
        assert gap == pytest.approx(run.f[-1, 0], rel=1e-12)  # f* is 0
        assert status.STATUSES[int(word)] == run.status[0]


def test_the_base_rate_of_a_schedule_is_what_eta_sweeps() -> None:
    found = swept("gd:eta=exponential(0.1,0.9)", "eta=[0.1,0.2]", of="f", steps=10).values
    for eta, gap in zip([0.1, 0.2], found, strict=True):
        run = engine.run(D2L, optimizers.read(f"gd:eta=exponential({eta},0.9)"), START, 10)
        assert gap == pytest.approx(run.f[-1, 0], rel=1e-12)


def test_what_was_held_is_told_without_what_was_swept() -> None:
    assert swept("momentum", "eta=[0.1,0.2]").held() == "momentum:beta=0.5"
    assert swept("gd", "eta=[0.1,0.2]").held() == "gd"


@pytest.mark.parametrize(
    ("name", "over", "of", "said"),
    [
        ("gd", ["beta=[0,1]"], "steps", "no axis of gd is called 'beta'"),
        ("momentum", ["beta=[0.5,1]"], "steps", "0 ≤ beta < 1"),
        ("gd", ["kappa=[0.5,1]"], "steps", "1 or more"),
        ("gd", ["eta=[0.1,0.2]"], "stepz", "did you mean steps"),
        ("gd", ["eta=[0.1,0.2]", "eta=[0.1]"], "steps", "one or two different"),
        ("rmsprop", ["centered=[0,1]"], "steps", "no axis"),
    ],
)
def test_what_cannot_be_swept_is_refused_in_a_sentence(
    name: str, over: list[str], of: str, said: str
) -> None:
    with pytest.raises(OptvizError, match=said):
        swept(name, *over, of=of)


def test_a_sweep_of_f_wants_a_minimum_and_one_of_status_does_not() -> None:
    saddle = objectives.read("x1^2 - x2^2")
    with pytest.raises(OptvizError, match="no minimum"):
        swept("gd", "eta=[0.1,0.2]", q=saddle)
    assert swept("gd", "eta=[0.1,0.2]", q=saddle, of="status", steps=60).diverged.all()


def random_bowl(kappa: float, top: float, angle: float, seed: int) -> tuple[Quadratic, Array]:
    axes = rotated(objectives.read("d2l"), angle).eigenvectors
    Q = (axes * [top / kappa, top]) @ axes.T
    c = np.random.default_rng(seed).normal(size=2)
    q = Quadratic((Q + Q.T) / 2, c)
    return q, q.minimiser + axes @ np.array([3.0, 2.0])


bowls = st.builds(
    random_bowl, st.floats(2, 100), st.floats(0.1, 10), st.floats(0, 90), st.integers(0, 10**6)
)


@given(bowls, st.sampled_from(["gd", "momentum:beta=0.3", "momentum:beta=0.8", "nesterov"]))
@settings(max_examples=40)
def test_the_measured_boundary_lies_within_one_cell_of_the_theory_line(
    bowl: tuple[Quadratic, Array], name: str
) -> None:
    q, start = bowl
    limit = stability.largest_rate(optimizers.read(name).rule, q)
    axis = f"eta=lin({0.5 * limit},{1.5 * limit},41)"
    found = swept(name, axis, q=q, start=start, of="rate", steps=400)
    stable = ~found.diverged & ~(found.values >= 1)  # nan where it came to rest at once
    last = np.flatnonzero(stable)[-1]
    mesh = limit / 40
    assert stable[: last + 1].all() and not stable[last + 1 :].any()
    assert abs(found.axes[0].values[last] - limit) <= mesh * 1.000001


@given(bowls)
@settings(max_examples=25)
def test_the_best_cell_of_the_heavy_ball_lies_within_two_of_the_star(
    bowl: tuple[Quadratic, Array],
) -> None:
    q, start = bowl
    rule = optimizers.registry["momentum"]
    star = stability.best(rule(), q)
    eta, beta = star.schedule.eta, star.rule.beta
    eta_axis, beta_axis = f"eta=log({eta / 30},{5 * eta},60)", "beta=lin(0,0.99,60)"
    found = swept("momentum", eta_axis, beta_axis, q=q, start=start, of="rate", steps=400)
    row, column = np.unravel_index(np.nanargmin(found.values), found.values.shape)
    etas, betas = (axis.values for axis in found.axes)
    assert abs(np.log(etas[column] / eta)) <= 2.001 * np.log(etas[1] / etas[0])
    assert abs(betas[row] - beta) <= 2.001 * (betas[1] - betas[0])


def test_a_point_of_the_grid_is_a_run_of_its_own() -> None:
    found = swept("momentum", "eta=[0.1,0.2]", "beta=[0.3,0.5]")
    q, optimizer, start = found.at(0.2, 0.3)
    assert isinstance(optimizer, Optimizer)
    assert str(optimizer) == "momentum:eta=0.2,beta=0.3"
    assert q.Q.tolist() == D2L.Q.tolist()
    assert start.tolist() == [-5, -2]


@pytest.mark.parametrize("of", ["steps", "f", "rate", "status"])
@pytest.mark.parametrize(
    "over", [["eta=log(0.01,1,9)", "beta=lin(0,0.9,7)"], ["angle=lin(0,90,23)"]]
)
def test_workers_change_no_value(of: str, over: list[str]) -> None:
    for name in ("momentum", "adam"):
        if name == "adam" and len(over) == 2:
            over = ["eta=log(0.01,1,9)", "beta2=lin(0.5,0.99,7)"]
        alone = swept(name, *over, of=of, steps=200)
        shared = swept(name, *over, of=of, steps=200, workers=Workers(2, workers.processes(2)))
        assert np.array_equal(alone.values, shared.values, equal_nan=True)
        assert np.array_equal(alone.diverged, shared.diverged)


def test_a_lost_worker_is_said() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> NoReturn:
            raise BrokenExecutor("gone")

    with pytest.raises(WorldError, match="its worker was lost twice"):
        swept("gd", "eta=lin(0.1,0.5,9)", workers=Workers(2, workers.given(Broken())))
