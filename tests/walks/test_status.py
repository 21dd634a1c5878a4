from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from optviz import optimizers
from optviz.objectives import Quadratic
from optviz.walks import engine
from optviz.walks.status import STATUSES, judge

FLAT = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))  # 0.1 x1² + 2 x2²
SADDLE = Quadratic(np.diag([2.0, -2.0]), np.zeros(2))
LINE = Quadratic(np.eye(1), np.zeros(1))  # ½ x²: the gradient is x


def walked(
    optimizer: str, steps: int, objective: Quadratic = FLAT, start: Sequence[float] = (-5.0, -2.0)
) -> Any:
    return engine.run(objective, optimizers.read(optimizer), np.array(start), steps)


def status(
    optimizer: str, steps: int, objective: Quadratic = FLAT, start: Sequence[float] = (-5.0, -2.0)
) -> tuple[str, int]:
    run = walked(optimizer, steps, objective, start)
    return run.status[0], int(run.status_step[0])


def judged(path: Any, rates: Any = 1.0, objective: Quadratic = LINE) -> tuple[str, int]:
    """The status of a path given point by point, with the rates of its steps."""
    x = np.array(path, dtype=float).reshape(len(path), 1, objective.dim)
    rate = np.broadcast_to(np.reshape(rates, (-1, 1, 1)), (len(path) - 1, 1, objective.dim))
    (word,), (since,) = judge(objective, x, rate)
    return word, since


# Converged: ‖g‖ at most a millionth of its start, to the end.


def test_a_path_is_converged_since_its_gradient_is_a_millionth() -> None:
    assert judged([1, 0.1, 2e-6, 1e-6, 1e-7, 0]) == ("converged", 3)
    assert judged([1, 0.1, 2e-6]) == ("running", 2)


def test_to_rattle_about_the_minimum_closely_enough_is_to_converge() -> None:
    assert judged([1.0, *[1e-7, -1e-7] * 15]) == ("converged", 1)
    assert judged([1.0, *[1e-5, -1e-5] * 15])[0] == "cycling"


def test_to_touch_the_minimum_is_not_to_converge() -> None:
    assert judged([1, 0, 0.3, 0.2]) == ("running", 3)
    assert judged([1, 0, 0.5, 0, 0]) == ("converged", 3)


def test_gradient_descent_converges_when_its_slower_coordinate_does() -> None:
    # ‖g₀‖ = |(−1, −8)| = √65; at η = ¼ x2 is done at once, g1 = −0.95ᵗ. A millionth of √65 is
    # 8.06e-6, and 0.95ᵗ is below it from t = 229 on: ln(8.06e-6)/ln(0.95) = 228.6
    assert status("gd:eta=0.25", 400) == ("converged", 229)
    assert status("gd:eta=0.25", 228) == ("running", 228)


def test_a_start_at_the_minimum_is_converged_since_the_start() -> None:
    for optimizer in ("gd", "adam", "rmsprop:eps=0", "adagrad"):
        assert status(optimizer, 30, start=(0.0, 0.0)) == ("converged", 0)
        assert status(optimizer, 0, start=(0.0, 0.0)) == ("converged", 0)


def test_a_start_at_a_minimum_but_for_rounding_is_so_too() -> None:
    turned = Quadratic(np.array([[4.2, -3.8], [-3.8, 4.2]]), np.array([0.3, -0.7]))
    rest = engine.run(turned, optimizers.read("gd:eta=0.1"), turned.minimiser, 50)
    assert rest.grad[0].any()
    assert (rest.status, rest.status_step.tolist()) == (("converged",), [0])


def test_no_steps_are_no_way_to_end() -> None:
    assert status("gd", 0) == ("running", 0)


# Diverged: lost, or a hundred times its start and still doubling.


def test_gradient_descent_above_two_over_lambda_diverges() -> None:
    # factor 1 − 0.75·4 = −2 a step: 2⁷ = 128 is the first above 100
    assert status("gd:eta=3", 20, LINE, [1.0]) == ("diverged", 7)


def test_a_path_that_grows_more_slowly_is_running_still() -> None:
    assert status("gd:eta=2.1", 20, LINE, [1.0]) == ("running", 20)  # 1.1²⁰ = 6.7
    assert status("gd:eta=2.1", 100, LINE, [1.0]) == ("diverged", 49)  # 1.1⁴⁹ = 106.7


def test_a_path_that_was_far_and_comes_back_has_not_diverged() -> None:
    away = [2.0**t for t in range(12)]
    assert judged([*away, *away[::-1]])[0] == "running"


def test_a_path_that_leapt_once_and_stays_has_not_diverged() -> None:
    assert judged([1.0, *[200.0] * 20])[0] == "running"


@pytest.mark.parametrize("lost", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_diverged_at_that_step(lost: float) -> None:
    assert judged([1, 2, 3, lost, lost, lost]) == ("diverged", 3)
    assert judged([1, lost]) == ("diverged", 1)


def test_an_overflow_is_diverged_at_the_step_that_made_it() -> None:
    # f = ½x² overflows above 1.9e154; from 1e153, times −9 a step: 9e153, 8.1e154
    run = walked("gd:eta=10", 9, LINE, [1e153])
    assert (run.status, run.status_step.tolist()) == (("diverged",), [2])
    assert np.isfinite(run.x[:2]).all()
    assert np.isnan(run.x[2:]).all()


def test_a_path_running_off_a_saddle_diverges() -> None:
    # x2 grows 1.8 times a step, x1 shrinks to a fifth
    assert status("gd:eta=0.4", 40, SADDLE, [1.0, 0.1])[0] == "diverged"
    assert status("adagrad:eta=0.4", 40, SADDLE, [1.0, 0.1])[0] != "stalled"  # towards what?


def test_a_constant_slope_has_nowhere_to_end() -> None:
    slope = Quadratic(np.zeros((1, 1)), np.ones(1))
    assert status("gd", 50, slope, [0.0]) == ("running", 50)


# Cycling: to and fro, by steps of one length.


def test_gradient_descent_at_exactly_two_over_lambda_cycles() -> None:
    # x ← −x from the start; step 2 is the first that turns back
    assert status("gd:eta=2", 20, LINE, [1.0]) == ("cycling", 2)
    assert status("gd:eta=2", 11, LINE, [1.0]) == ("cycling", 2)


def test_ten_turns_are_the_least_that_make_a_cycle() -> None:
    assert status("gd:eta=2", 10, LINE, [1.0]) == ("running", 10)


def test_a_cycle_counts_from_its_first_turn() -> None:
    quiet = [9, 8, 7, 6, 5, 4, 3, 2]  # turns at step 8 for the first time, to 2 + 1
    assert judged([*quiet, *[3, 2] * 8]) == ("cycling", 8)


def test_one_step_straight_on_among_the_last_ten_breaks_a_cycle() -> None:
    assert judged([0, 1] * 10)[0] == "cycling"
    assert judged([0, 1] * 8 + [2, 1, 2, 1])[0] == "running"


def test_what_goes_round_in_a_triangle_is_not_going_to_and_fro() -> None:
    turned = 2 * np.pi / 3 * np.arange(31)
    triangle = np.column_stack([np.cos(turned), np.sin(turned)])
    assert judged(triangle, objective=FLAT)[0] == "running"


@pytest.mark.parametrize("factor", [-0.9, -0.99, -1.01, -1.05])
def test_a_zigzag_that_only_shrinks_or_only_grows_is_no_cycle(factor: float) -> None:
    # between halves of five steps by 0.99⁵ = 5 %, where a hundredth is allowed
    assert judged([factor**t for t in range(31)])[0] == "running"


def test_a_zigzag_whose_steps_vary_a_little_is_a_cycle() -> None:
    uneven = [1.0, 0.97, 1.02, 0.98, 1.0, 1.03, 0.99]
    assert judged([(-1) ** t * uneven[t % 7] for t in range(31)])[0] == "cycling"
    assert judged([(-0.9995) ** t for t in range(31)])[0] == "cycling"


def test_rmsprop_ends_in_a_two_cycle_of_half_width_eta_over_two() -> None:
    # There v is g² on every step, so the step is η: from +η/2 to −η/2.
    run = walked("rmsprop:eta=0.4,eps=0", 400)
    assert run.status == ("cycling",)
    assert abs(run.x[-10:, 0]) == pytest.approx(np.full((10, 2), 0.2), rel=1e-6)
    assert status("rmsprop:eta=0.4", 400)[0] == "cycling"


# Stalled: the rate has shrunk, and a higher one had done.


def shrinking(first: float, steps: int = 20) -> tuple[list[float], list[float]]:
    """½x² walked with the rates first, first/2, first/4, …: the path and the rates."""
    rates, path = [first * 0.5**t for t in range(steps)], [1.0]
    for rate in rates:
        path.append(path[-1] * (1 - rate))
    return path, rates


def test_a_rate_that_halves_at_each_step_stalls() -> None:
    # From step 3 on: the first rate, ½, would by then have brought f − f* down by 3 > ln 10 e-folds
    # (by 2 at step 2), while the path has stopped at x = 0.29 and f at 8 % of its start.
    assert judged(*shrinking(0.5)) == ("stalled", 3)


def test_a_rate_too_small_from_the_start_has_not_stalled() -> None:
    assert judged(*shrinking(0.001))[0] == "running"
    assert status("gd:eta=0.001", 20)[0] == "running"


def test_a_path_that_still_moves_at_a_lower_rate_has_not_stalled() -> None:
    # At the rate 0.15, f falls by 2·ln(1/0.85) = 0.325 e-folds a step: in 7 steps 2.28, in 8 steps
    # 2.6, which is more than ln 10. Then f is still at 0.6²·0.85¹⁴ = 3.7 % of its start.
    rates = [0.4, *[0.15] * 7]
    path = np.cumprod([1.0, *(1 - np.array(rates))])
    assert judged(path[:8], rates[:7]) == ("stalled", 3)
    assert judged(path, rates) == ("running", 8)


def test_a_path_that_is_done_has_not_stalled() -> None:
    path, rates = shrinking(0.9)
    assert path[-1] ** 2 < 0.01  # f is below 1 % of its start
    assert judged(path, rates)[0] == "running"


def test_adagrad_with_a_small_rate_stalls_and_with_a_large_one_does_not() -> None:
    assert status("adagrad:eta=0.4", 20)[0] == "stalled"
    assert status("adagrad:eta=2", 20)[0] == "running"


@pytest.mark.parametrize("steps", [5, 20, 50, 200])
@pytest.mark.parametrize("eta", [0.0001, 0.001, 0.01])
def test_the_long_first_steps_of_a_slow_rmsprop_are_no_stall(eta: float, steps: int) -> None:
    assert status(f"rmsprop:eta={eta}", steps)[0] == "running"


def test_an_objective_without_a_minimum_cannot_be_stalled_on() -> None:
    path, rates = shrinking(0.5)
    both = np.column_stack([path, np.full(len(path), 1e-3)])
    assert judged(both, rates, SADDLE)[0] == "running"


# All of them.

MANY = [
    "gd:eta=0.25",
    "gd:eta=0.5",
    "gd:eta=0.6",
    "adagrad:eta=0.4",
    "rmsprop:eta=0.4",
    "gd:eta=1e300",
    "gd:eta=0.001",
]


@pytest.mark.parametrize("steps", [0, 1, 5, 20, 400])
def test_to_judge_a_batch_is_to_judge_its_rows(steps: int) -> None:
    runs = [walked(text, steps) for text in MANY]
    x, rate = (np.concatenate([getattr(r, a) for r in runs], axis=1) for a in ("x", "rate"))
    words, since = judge(FLAT, x, rate)
    assert words == tuple(run.status[0] for run in runs)
    assert since.tolist() == [int(run.status_step[0]) for run in runs]


def test_every_status_is_among_the_known_and_all_of_them_occur() -> None:
    found = {status(text, steps)[0] for text in MANY for steps in (20, 400)}
    assert found == set(STATUSES)


@pytest.mark.filterwarnings("error")
def test_judging_what_is_lost_warns_of_nothing() -> None:
    before = np.geterr()
    huge = [1.0, 1e200, -1e300, 1e308, np.inf, np.nan]  # 1e200 is a hundred times 1, and more
    assert judged(huge) == ("diverged", 1)
    assert np.geterr() == before
