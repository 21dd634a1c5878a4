import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.arrays import Array
from optviz.errors import BadValue, Unfit, WorldError
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Point, Rule, Step
from optviz.schedules import Schedule
from optviz.walks.completion import complete, effective_rates
from optviz.walks.engine import Walk, run, starts, walk
from optviz.walks.trajectory import Trajectory

FLAT = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
GD = optimizers.read("gd:eta=0.25")
ADAGRAD = optimizers.read("adagrad:eta=0.4")
START = np.array([-5.0, -2.0])


def blank(shape: tuple[int, ...]) -> Array:
    return np.full(shape, np.nan)


# A run.


def test_a_run_is_x_minus_rate_times_direction() -> None:
    trip = run(FLAT, GD, START, 2)
    assert trip.x[:, 0].tolist() == [[-5, -2], [-4.75, 0], [-4.5125, 0]]
    assert trip.f[:, 0].tolist() == pytest.approx([10.5, 0.1 * 4.75**2, 0.1 * 4.5125**2])
    assert trip.grad[:, 0].tolist() == [[-1, -8], [pytest.approx(-0.95), 0]]
    assert trip.rate[:, 0].tolist() == [[0.25, 0.25], [0.25, 0.25]]


def test_the_shapes_of_a_run_are_steps_batch_dim() -> None:
    trip = run(FLAT, GD, np.ones((3, 2)), 7)
    assert (trip.steps, trip.batch, trip.dim) == (7, 3, 2)
    assert (trip.x.shape, trip.f.shape) == ((8, 3, 2), (8, 3))
    assert (trip.grad.shape, trip.rate.shape) == ((7, 3, 2), (7, 3, 2))
    assert (len(trip.status), trip.status_step.shape) == (3, (3,))
    assert (trip.objective, trip.optimizer) == (FLAT, GD)


def test_a_run_of_no_steps_is_its_start() -> None:
    trip = run(FLAT, GD, START, 0)
    assert (trip.x.tolist(), trip.f.tolist()) == ([[[-5, -2]]], [[10.5]])
    assert trip.grad.shape == trip.rate.shape == (0, 1, 2)
    assert trip.status == ("running",)


@dataclass(frozen=True)
class Made(Schedule):
    """A schedule of any function of the step."""

    rate: Callable[[int], float]

    @classmethod
    def settings(cls) -> dict[str, Any]:
        return {}

    def __call__(self, t: int) -> Any:
        return self.rate(t)


@dataclass(frozen=True)
class Drifting(Rule):
    """A rule that looks at all of its point, and answers in the smallest shapes."""

    seen: list[Point] = field(default_factory=list)

    @classmethod
    def settings(cls) -> dict[str, Any]:
        return {}

    def init(self, x: Any) -> Any:
        return ()

    def update(self, p: Point, s: Any) -> Any:
        self.seen.append(p)
        return Step(np.ones_like(p.grad), 2.0, drift=0.5), s


def test_a_rule_sees_where_it_stands_and_its_drift_is_no_rate() -> None:
    rule = Drifting()
    trip = run(FLAT, Optimizer(rule, Made(lambda t: 10.0**-t)), np.array([1.0, 2.0]), 2)
    assert trip.x[:, 0].tolist() == [
        [1, 2],
        [pytest.approx(0.3), 1.3],
        [pytest.approx(-0.22), pytest.approx(0.78)],
    ]
    assert trip.rate[:, 0].tolist() == [[0.2, 0.2], [0.02, 0.02]]
    assert [(p.t, p.eta) for p in rule.seen] == [(1, 0.1), (2, 0.01)]
    for p, t in zip(rule.seen, (0, 1), strict=True):
        assert np.array_equal(p.x, trip.x[t])
        assert np.array_equal(p.value, trip.f[t])
        assert np.array_equal(p.grad, trip.grad[t])


@pytest.mark.parametrize("steps", [-1, -(10**20)])
def test_a_negative_number_of_steps_is_refused(steps: int) -> None:
    with pytest.raises(BadValue, match=r"steps: .* 0 or more is wanted"):
        run(FLAT, GD, START, steps)


@pytest.mark.parametrize("steps", [10**15, 10**18, 10**30])
def test_more_steps_than_memory_are_refused_by_the_world(steps: int) -> None:
    with pytest.raises(WorldError, match=r"cannot hold .* not enough memory; csv streams them"):
        run(FLAT, GD, START, steps)


# Starts.


def test_a_start_is_copied_into_rows() -> None:
    assert starts(FLAT, [1, 2]).tolist() == [[1.0, 2.0]]
    assert starts(FLAT, [[1, 2], [3, 4]]).shape == (2, 2)
    assert starts(Quadratic(np.eye(1), np.zeros(1)), 7).tolist() == [[7.0]]


@pytest.mark.parametrize(
    "start", [[1.0], [1.0, 2, 3], [[1.0, 2, 3]], np.ones((2, 2, 2)), np.ones((0, 3)), []]
)
def test_a_start_of_another_dimension_does_not_fit(start: Any) -> None:
    with pytest.raises(Unfit, match=r"start \(.*but the objective has 2"):
        starts(FLAT, start)


def test_the_start_that_is_not_finite_is_named() -> None:
    with pytest.raises(BadValue, match=r"start: \(3, nan\) given, finite numbers are wanted"):
        starts(FLAT, [[1.0, 2.0], [3.0, np.nan]])
    with pytest.raises(BadValue, match=r"\(inf, 0\)"):
        run(FLAT, GD, [np.inf, 0.0], 3)


def test_a_walk_leaves_its_start_alone() -> None:
    start = np.array([[-5.0, -2.0]])
    start.flags.writeable = False
    run(FLAT, ADAGRAD, start, 5)
    assert start.tolist() == [[-5, -2]]


# The endless walk.


def test_a_walk_tells_moment_by_moment_what_a_run_records() -> None:
    trip = run(FLAT, ADAGRAD, START, 6)
    for t, moment in enumerate(Walk(FLAT, ADAGRAD, START, 6).moments()):
        assert moment.t == t
        assert np.array_equal(moment.x, trip.x[t])
        assert np.array_equal(moment.f, trip.f[t])
        used = (trip.grad[t - 1], trip.rate[t - 1]) if t else (blank((1, 2)), blank((1, 2)))
        assert np.array_equal((moment.grad, moment.rate), used, equal_nan=True)
    assert t == 6
    assert np.array_equal(Walk(FLAT, ADAGRAD, START, 6).run().x, trip.x)


def test_a_few_moments_of_an_endless_walk_need_no_more_memory_than_one() -> None:
    moments = walk(FLAT, ADAGRAD, np.ones((1000, 2)))
    for _ in islice(moments, 20):
        pass
    tracemalloc.start()
    for _ in islice(moments, 10):
        pass
    first = tracemalloc.get_traced_memory()[1]
    for _ in islice(moments, 500):
        pass
    later = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert later < 1.5 * first  # to keep the positions alone would be 8 MB, 50 times as much


@pytest.mark.filterwarnings("error")
def test_a_walk_into_the_infinite_warns_of_nothing_and_leaves_numpy_as_it_was() -> None:
    usual = np.geterr()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        strict = np.geterr()
        for moment in islice(walk(FLAT, optimizers.read("gd:eta=1e200"), START), 8):
            assert np.geterr() == strict, moment.t
    run(FLAT, optimizers.read("rmsprop:eta=1e200,eps=0"), START, 8)
    assert np.geterr() == usual


# Rows that leave the finite world.


def test_a_row_that_is_lost_is_called_off_and_the_others_walk_on() -> None:
    start = np.array([START, [1e153, 1e153], START])
    # the second coordinate of row 1 grows 39 times a step: f overflows after the first
    off = run(FLAT, optimizers.read("gd:eta=10"), start, 5)
    alone = run(FLAT, optimizers.read("gd:eta=10"), START, 5)
    assert off.status[1] == "diverged"
    assert off.status_step[1] == 1
    assert np.isfinite(off.grad[0, 1]).all(), "the step that lost it is recorded"
    assert off.rate[0, 1].tolist() == [10, 10]
    for name, first in (("x", 1), ("f", 1), ("grad", 1), ("rate", 1)):
        assert np.isnan(getattr(off, name)[first:, 1]).all(), name
        for row in (0, 2):
            assert np.array_equal(getattr(off, name)[:, row], getattr(alone, name)[:, 0])


@pytest.mark.parametrize("start", [1e160, 1e300])
@pytest.mark.parametrize("text", ["gd", "momentum", "nesterov", "adam", "adagrad", "rmsprop"])
def test_a_start_too_huge_for_f_is_lost_at_the_first_step(text: str, start: Any) -> None:
    optimizer = optimizers.read(text)
    lost = run(FLAT, optimizer, [start, -start], 4)
    assert (lost.status, lost.status_step.tolist()) == (("diverged",), [1])
    assert lost.x[0].tolist() == [[start, -start]]
    beside = run(FLAT, optimizer, [[start, -start], START], 4).row(0)
    for name in ("x", "f", "grad", "rate"):
        assert np.array_equal(getattr(lost, name), getattr(beside, name), equal_nan=True), name


def test_what_a_start_of_no_value_did_is_recorded_alone_as_in_a_batch() -> None:
    # f is ∞ − ∞ there, which is no number, but the gradient is one and the first step is made
    saddle = Quadratic(np.diag([2.0, -2.0]), np.zeros(2))
    lost = run(saddle, GD, [1e200, 1e200], 4)
    assert np.isnan(lost.f[0]).all()
    assert lost.grad[0].tolist() == [[2e200, -2e200]]
    assert np.isnan(lost.grad[1:]).all()


def test_a_start_too_huge_for_its_gradient_is_lost_there() -> None:
    lost = run(FLAT, GD, [1.7e308, -1.7e308], 4)
    assert (lost.status, lost.status_step.tolist()) == (("diverged",), [0])


def test_a_run_ends_when_all_its_rows_are_lost() -> None:
    asked = []

    def schedule(t: int) -> float:
        asked.append(t)
        return 1e200

    off = run(FLAT, Optimizer(GD.rule, Made(schedule)), np.ones((3, 2)), 10_000)
    assert max(asked) < 100
    assert off.steps == 10_000
    assert np.isnan(off.x[-1]).all()


def test_an_infinite_rate_loses_the_row() -> None:
    lost = run(FLAT, Optimizer(GD.rule, Made(lambda t: np.inf if t == 3 else 0.1)), START, 5)
    assert (lost.status, lost.status_step.tolist()) == (("diverged",), [3])


# Rates from gradients alone.


def test_rates_follow_from_gradients_without_positions() -> None:
    grad = np.array([[[3.0, 1.0]], [[4.0, 0.0]]])
    found = effective_rates(optimizers.read("adagrad:eta=1,eps=0"), grad)
    assert found.tolist() == [[[1 / 3, 1]], [[1 / 5, 1]]]


def test_no_gradients_have_no_rates() -> None:
    assert effective_rates(ADAGRAD, np.empty((0, 3, 2))).shape == (0, 3, 2)


def test_a_rule_that_looks_at_a_position_sees_nan() -> None:
    rule = Drifting()
    effective_rates(Optimizer(rule, Made(lambda t: 1.0)), np.ones((2, 3, 2)))
    assert all(np.isnan(p.x).all() and np.isnan(p.value).all() for p in rule.seen)
    assert rule.seen[0].value.shape == (3,)


# Runs from elsewhere.


def foreign(x: Any, **more: Any) -> Trajectory:
    """What a file of positions alone holds."""
    steps, batch, dim = len(x) - 1, x.shape[1], x.shape[2]
    parts = {
        "f": blank((steps + 1, batch)),
        "grad": blank((steps, batch, dim)),
        "rate": blank((steps, batch, dim)),
    } | more
    return Trajectory(
        None, None, x, **parts, status=("running",) * batch, status_step=np.full(batch, steps)
    )


@pytest.mark.parametrize("text", ["adagrad:eta=0.4", "gd:eta=0.5", "adam", "gd:eta=0.6"])
def test_a_run_from_elsewhere_is_completed_to_what_it_was(text: str) -> None:
    optimizer = optimizers.read(text)
    original = run(FLAT, optimizer, np.array([START, [1.0, 1.0]]), 20)
    (again,) = complete([foreign(original.x)], FLAT, [optimizer])
    for name in ("f", "grad", "rate", "status_step"):
        assert np.array_equal(getattr(again, name), getattr(original, name)), name
    assert again.status == original.status
    assert (again.objective, again.optimizer) == (FLAT, optimizer)


def test_what_a_run_brings_is_not_made_anew() -> None:
    brought = np.full((4, 1), 7.0)
    (again,) = complete([foreign(np.ones((4, 1, 2)), f=brought)], FLAT, [])
    assert again.f is brought
    assert again.optimizer is None
    assert np.isnan(again.rate).all()


def test_optimizers_go_to_the_runs_without_one_in_order() -> None:
    nameless = foreign(np.ones((3, 1, 2)))
    named = run(FLAT, GD, START, 2)
    both = [GD, ADAGRAD]
    runs = complete([nameless, named, nameless], FLAT, both)
    assert [done.optimizer for done in runs] == [GD, GD, ADAGRAD]
    assert [done.optimizer for done in complete([nameless] * 3, FLAT, [GD])] == [GD] * 3
    with pytest.raises(Unfit, match="2 optimizers for 3 runs without one"):
        complete([nameless] * 3, FLAT, both)


def test_a_run_of_another_dimension_is_not_completed() -> None:
    with pytest.raises(Unfit, match="the objective has 2 coordinates, the run has 3"):
        complete([foreign(np.ones((2, 1, 3)))], FLAT, [])


def test_a_thinned_run_is_judged_in_its_own_steps() -> None:
    # x ← x/10 in every step and every second one kept: a millionth at step 6, entry 3
    x = 10.0 ** -np.arange(0, 12, 2).reshape(6, 1, 1)
    thin = Trajectory(
        None,
        None,
        x,
        blank((6, 1)),
        blank((5, 1, 1)),
        blank((5, 1, 1)),
        ("running",),
        np.array([10]),
        stride=2,
    )
    (again,) = complete([thin], Quadratic(np.eye(1), np.zeros(1)), [])
    assert (again.status, again.status_step.tolist()) == (("converged",), [6])


@pytest.mark.filterwarnings("error")
def test_huge_positions_from_elsewhere_warn_of_nothing() -> None:
    (again,) = complete([foreign(np.full((3, 1, 2), 1e200))], FLAT, [GD])
    assert np.isinf(again.f).all()


# Parts of a record.


def test_a_row_of_a_run_is_a_run() -> None:
    trip = run(FLAT, ADAGRAD, np.array([START, [1.0, 1.0]]), 4)
    second = trip.rows()[1]
    assert (second.batch, second.steps, second.status) == (1, 4, trip.status[1:])
    assert np.array_equal(second.x[:, 0], trip.x[:, 1])


@pytest.mark.parametrize(("stride", "kept"), [(1, 8), (2, 4), (3, 2), (9, 0)])
def test_every_third_point_goes_with_the_step_that_led_to_it(stride: int, kept: Any) -> None:
    trip = run(FLAT, ADAGRAD, START, 8)
    thin = trip.every(stride)
    assert (thin.stride, thin.steps, len(thin.grad)) == (stride, kept * stride, kept)
    for i in range(1, kept + 1):
        assert np.array_equal(thin.x[i], trip.x[i * stride])
        assert np.array_equal(thin.grad[i - 1], trip.grad[i * stride - 1])
        assert np.array_equal(thin.rate[i - 1], trip.rate[i * stride - 1])


def test_thinning_twice_is_thinning_once() -> None:
    trip = run(FLAT, ADAGRAD, START, 12)
    twice, once = trip.every(2).every(3), trip.every(6)
    for name in ("x", "f", "grad", "rate"):
        assert np.array_equal(getattr(twice, name), getattr(once, name)), name
    assert twice.stride == 6


def test_coordinates_have_names_with_or_without_an_objective() -> None:
    assert run(FLAT, GD, START, 1).names == ("x1", "x2")
    assert foreign(np.ones((2, 1, 3))).names == ("x1", "x2", "x3")


def test_of_many_runs_it_is_said_how_many_no_memory_holds() -> None:
    with pytest.raises(WorldError, match="hold 100000000000 steps of 3 runs: not enough memory"):
        run(FLAT, GD, np.zeros((3, FLAT.dim)), 10**11)


@pytest.mark.parametrize("start", [[0.01, 0.5], [0.5, 1.0]])
def test_a_row_overflows_where_terms_of_f_do_that_cancel(start: list[float]) -> None:
    found = run(objectives.read("monkey-saddle"), optimizers.read("gd:eta=0.05"), start, 80)
    assert found.status == ("diverged",)
    assert found.lost is None
    last = found.x[np.isfinite(found.x[:, 0]).all(axis=-1), 0][-1]
    assert np.isfinite(found.objective.value(last[None]) if found.objective else np.nan).all()
