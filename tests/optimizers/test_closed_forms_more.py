"""First steps by hand and closed forms of the rules that came after the classical ones."""

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine
from optviz.walks.trajectory import Trajectory


def walked(
    curvatures: list[float], optimizer: str, start: list[float] | Array, steps: int = 1
) -> Trajectory:
    hill = Quadratic(np.diag(curvatures), np.zeros(len(curvatures)))
    return engine.run(hill, optimizers.read(optimizer), np.array(start), steps)


def first(curvatures: list[float], optimizer: str, start: list[float] | Array) -> Array:
    return walked(curvatures, optimizer, start).x[1, 0]


def test_lion_goes_by_the_old_mean_and_then_forgets_it_by_the_other_beta() -> None:
    # g₁ = 1, m₁ = 0.01·1; from x = 0.9 past a minimum: x₂ by the sign of β₁m₁ + (1−β₁)g₂
    run = walked([1.0], "lion:eta=1.05,beta1=0.9,beta2=0.99", [1.0], 2)
    # g₂ = −0.05: 0.9·0.01 + 0.1·(−0.05) = 0.004 > 0, so it goes on though the gradient turned
    assert run.x[1:, 0, 0] == pytest.approx([-0.05, -1.1])
    assert run.rate[:, 0, 0] == pytest.approx([1.05 / 0.1, 1.05 / 0.004])


def test_lion_decays_beside_the_sign() -> None:
    assert first([1.0], "lion:eta=0.1,decay=0.5", [2.0]) == pytest.approx([2 - 0.1 * (1 + 1)])


@pytest.mark.parametrize("text", ["sign:eta=0.3", "signum:eta=0.3", "lion:eta=0.3"])
def test_the_sign_methods_go_eta_in_each_coordinate(text: str) -> None:
    assert first([0.2, 4.0], text, [-5.0, 2.0]) == pytest.approx([-4.7, 1.7], rel=1e-15)


def test_sign_descent_steps_to_and_fro_for_ever() -> None:
    run = walked([1.0], "sign:eta=0.5", [0.75], 50)
    assert run.x[1:5, 0, 0].tolist() == [0.25, -0.25, 0.25, -0.25]
    assert run.status == ("cycling",)


def test_epsilon_makes_of_the_sign_adam_without_means() -> None:
    one = walked([0.2, 4.0], "sign:eta=0.3,eps=0.1", [-5.0, 2.0], 20)
    other = walked([0.2, 4.0], "adam@torch:eta=0.3,beta1=0,beta2=0,eps=0.1", [-5.0, 2.0], 20)
    assert one.x == pytest.approx(other.x, rel=1e-12)


def test_adabelief_divides_by_the_distance_of_the_gradient_from_its_mean() -> None:
    # g = 2, m = 0.2, (g−m)² = 3.24, s = 0.00324 + ε̄, corrected 3.24 + ε̄/0.001
    x = first([1.0], "adabelief:eta=0.1,eps=0.5,eps_root=0.0001", [2.0])
    assert x == pytest.approx([2 - 0.1 * 2 / (np.sqrt(3.24 + 0.1) + 0.5)])


def test_yogi_forgets_a_large_gradient_slowly() -> None:
    # v₁ = (1−β₂)g², then v falls by (1−β₂)g₂², not by a share of itself
    run = walked([1.0], "yogi:eta=1,beta1=0,beta2=0.5,eps=0", [4.0], 2)
    x1 = 4 - 1.0  # v̂₁ = g₁²
    v2 = 8 + 0.5 * 9  # v₁ = 8 < 9: up by half of g₂²
    assert run.x[1:, 0, 0] == pytest.approx([x1, x1 - 3 / np.sqrt(v2 / 0.75)])
    run = walked([1.0], "yogi:eta=3,beta1=0,beta2=0.5,eps=0", [4.0], 2)
    v2 = 8 - 0.5 * 1  # v₁ = 8 > 1: down by half of g₂², where Adam would come to 4.5
    assert run.x[2].item() == pytest.approx(1 - 3 / np.sqrt(v2 / 0.75))


@pytest.mark.parametrize("dialect", ["paper", "optax", "keras"])
def test_lamb_goes_eta_times_the_length_of_x(dialect: str) -> None:
    run = walked([0.2, 4.0], f"lamb@{dialect}:eta=0.1", [-3.0, 4.0], 30)
    moved = np.linalg.norm(np.diff(run.x[:, 0], axis=0), axis=1)
    assert moved == pytest.approx(0.1 * np.linalg.norm(run.x[:-1, 0], axis=1))


def test_lamb_decays_within_the_ratio_and_keras_before_it() -> None:
    # u = 1 + λx = 2 in one coordinate: ‖x‖/‖u‖ u = x whatever λ is; Keras: x(1−ηλ), then its η part
    assert first([1.0], "lamb:eta=0.1,eps=0,decay=0.5", [2.0]) == pytest.approx([1.8])
    x = first([1.0], "lamb@keras:eta=0.1,eps=0,weight_decay=0.5", [2.0])
    assert x == pytest.approx([2 * 0.95 * 0.9])


def test_lars_trusts_by_lengths_and_the_paper_takes_them_apart() -> None:
    # x = (3, 4), g = (3, −4)·…: Q = diag(1, 0.25), so g = (3, 1); λ = 0.5: g+λx = (4.5, 3)
    start, size, g = [3.0, 4.0], 5.0, np.array([4.5, 3.0])
    paper = 0.1 * size / (np.sqrt(10) + 0.5 * size)
    joint = 0.1 * size / np.linalg.norm(g)
    for dialect, trust in (("paper", paper), ("optax", joint)):
        x = first([1.0, 0.25], f"lars@{dialect}:eta=0.2,trust=0.1,decay=0.5", start)
        assert x == pytest.approx(start - 0.2 * trust * g)


def test_novograd_starts_at_the_first_length_and_adds_without_one_minus_beta() -> None:
    # g = (3, 4): v₁ = 25, m₁ = g/5 + λx
    x = first([1.0, 2.0], "novograd:eta=0.1,eps=0,decay=0.5", [3.0, 2.0])
    assert x == pytest.approx([3 - 0.1 * (0.6 + 1.5), 2 - 0.1 * (0.8 + 1)])
    run = walked([1.0, 2.0], "novograd:eta=0.1,beta1=0.5,beta2=0.75,eps=0", [3.0, 2.0], 2)
    x1 = np.array([3 - 0.06, 2 - 0.08])
    g2 = x1 * [1, 2]
    m2 = 0.5 * np.array([0.6, 0.8]) + g2 / np.sqrt(0.75 * 25 + 0.25 * (g2 @ g2))
    assert run.x[2, 0] == pytest.approx(x1 - 0.1 * m2)


def test_adan_looks_ahead_by_beta2_and_in_optax_by_the_rest() -> None:
    def second(kappa: float) -> float:
        # λ = 1, η = 0.1: x₁ = 1 − 0.1; g₂ = 0.9, change −0.1
        m, v = (0.5 * 0.5 + 0.5 * 0.9) / 0.75, (0.2 * -0.1) / (1 - 0.64)
        n = 0.5 * 0.5 + 0.5 * (0.9 - kappa * 0.1) ** 2
        return 0.9 - 0.1 * (m + kappa * v) / np.sqrt(n / 0.75)

    settings = "eta=0.1,beta1=0.5,beta2=0.8,beta3=0.5,eps=0,eps_root=0"
    for dialect, kappa in (("paper", 0.8), ("optax", 0.2)):
        run = walked([1.0], f"adan@{dialect}:{settings}", [1.0], 2)
        assert run.x[1:, 0, 0] == pytest.approx([0.9, second(kappa)])


def test_adan_decays_after_the_step_and_in_optax_beside_it() -> None:
    assert first([1.0], "adan:eta=0.1,eps=0,decay=0.5", [1.0]) == pytest.approx([0.9 / 1.05])
    x = first([1.0], "adan@optax:eta=0.1,eps=0,eps_root=0,decay=0.5", [1.0])
    assert x == pytest.approx([0.85])


def test_quasi_hyperbolic_momentum_has_gd_momentum_and_nesterov_in_it() -> None:
    for nu, other in [
        (0.0, "gd:eta=0.2"),
        (1.0, "momentum:eta=0.1,beta=0.5"),
        (0.5, "nesterov:eta=0.1,beta=0.5"),
    ]:
        one = walked([0.2, 4.0], f"qhm:eta=0.2,beta=0.5,nu={nu}", [-5.0, -2.0], 30)
        assert one.x == pytest.approx(walked([0.2, 4.0], other, [-5.0, -2.0], 30).x, rel=1e-11)


def test_quasi_hyperbolic_adam_has_adam_in_it_and_may_drop_its_means() -> None:
    text = "qhadam:eta=0.2,beta1=0.9,beta2=0.99,nu1={},nu2={},eps=0.01"
    one = walked([0.2, 4.0], text.format(1, 1), [-5.0, -2.0], 30)
    adam = "adam@torch:eta=0.2,beta1=0.9,beta2=0.99,eps=0.01"
    assert one.x == pytest.approx(walked([0.2, 4.0], adam, [-5.0, -2.0], 30).x, rel=1e-11)
    one = walked([0.2, 4.0], text.format(0, 0), [-5.0, -2.0], 30)
    sign = walked([0.2, 4.0], "sign:eta=0.2,eps=0.01", [-5.0, -2.0], 30)
    assert one.x == pytest.approx(sign.x, rel=1e-11)


def test_optimism_is_a_negative_momentum() -> None:
    # eₜ₊₁ = (1−(α+β)q)eₜ + βq eₜ₋₁ with q = ηλ = 0.1
    run = walked([1.0], "optimistic:eta=0.1,alpha=1,beta=0.5", [1.0], 20)
    e = [1.0, 0.9]
    for _ in range(19):
        e.append(0.85 * e[-1] + 0.05 * e[-2])
    assert run.x[:, 0, 0] == pytest.approx(e, rel=1e-13)


@pytest.mark.parametrize("text", ["qhm:eta=0.5,beta=0.9,nu=0.7", "optimistic:eta=0.3,beta=0.4"])
def test_what_is_linear_follows_its_recurrence(text: str) -> None:
    optimizer = optimizers.read(text)
    x = walked([0.8], text, [1.0], 30).x[:, 0, 0]
    a, b = optimizer.rule.recurrence(optimizer.schedule(1), 0.8)
    assert x[2:] == pytest.approx(a * x[1:-1] - b * x[:-2], abs=1e-14)


def test_the_polyak_step_halves_the_distance_in_one_coordinate() -> None:
    # f = λx²/2, g = λx: (f − f*)/g² = 1/(2λ)
    run = walked([3.0], "polyak", [8.0], 10)
    assert run.x[:, 0, 0] == pytest.approx([8 / 2**t for t in range(11)], rel=1e-13)
    assert run.rate == pytest.approx(np.full((10, 1, 1), 1 / 6))
    assert walked([3.0], "polyak:cap=0.1", [8.0]).x[1].item() == pytest.approx(8 - 0.1 * 24)


def test_the_polyak_step_counts_from_the_minimum_of_the_objective() -> None:
    raised = Quadratic(np.diag([3.0]), np.array([6.0]), 7.0)  # x* = −2, f* = 1
    run = engine.run(raised, optimizers.read("polyak"), np.array([6.0]), 3)
    assert run.x[:, 0, 0] == pytest.approx([6.0, 2.0, 0.0, -1.0])


def test_the_polyak_step_of_optax_ends_where_the_gradient_is_next_to_nothing() -> None:
    run = walked([3.0], "polyak@optax", [8.0], 60)  # halves until (3x)² ≤ 2⁻⁵²
    assert run.x[-1].item() == 8 / 2**31
    assert run.rate[30:, 0, 0].tolist() == [pytest.approx(1 / 6)] + [0.0] * 29


def test_without_a_minimum_the_polyak_step_is_the_bound() -> None:
    slope = Quadratic(np.zeros((1, 1)), np.array([2.0]))
    run = engine.run(slope, optimizers.read("polyak@optax"), np.zeros(1), 3)
    assert run.x[:, 0, 0].tolist() == [0.0, -2.0, -4.0, -6.0]
    assert engine.run(slope, optimizers.read("polyak"), np.zeros(1), 3).status == ("diverged",)


def test_ftrl_without_its_pulls_is_adagrad() -> None:
    one = walked([0.2, 4.0], "ftrl:eta=0.4", [-5.0, -2.0], 40)
    two = walked([0.2, 4.0], "adagrad:eta=0.4,eps=0", [-5.0, -2.0], 40)
    assert one.x == pytest.approx(two.x, rel=1e-11)
    assert one.rate == pytest.approx(two.rate, rel=1e-11)


def test_ftrl_sets_what_matters_little_to_exactly_nothing() -> None:
    # z = g − (√n/η)x = 1 − 10 with n = 1, η = 0.1, x = 1: nothing while λ₁ ≥ 9
    assert first([1.0], "ftrl:eta=0.1,l1=9", [1.0]).tolist() == [0.0]
    assert first([1.0], "ftrl:eta=0.1,l1=4", [1.0]) == pytest.approx([5 / 10])
    # Keras: n₁ = 1.1, (√n₁ − √0.1)/η x − g over √n₁/η
    keras = (10 * (np.sqrt(1.1) - np.sqrt(0.1)) - 1) / (10 * np.sqrt(1.1))
    assert first([1.0], "ftrl@keras:eta=0.1", [1.0]) == pytest.approx([keras])


def test_ftrl_stands_still_where_its_rate_is_nothing() -> None:
    run = walked([1.0], "ftrl:eta=polynomial(0.4,3)", [1.0], 8)
    assert np.all(run.x[4:] == run.x[3])
    assert run.x[2] != run.x[3]


def test_fromage_steps_by_the_length_of_x_and_shrinks() -> None:
    x = np.array([3.0, 4.0])
    g = x * [1, 2]
    expected = (x - 0.5 * 5 * g / np.linalg.norm(g)) / np.sqrt(1.25)
    assert first([1.0, 2.0], "fromage:eta=0.5", x) == pytest.approx(expected)


def test_sm3_of_a_vector_is_adagrad_and_a_mean() -> None:
    one = walked([0.2, 4.0], "sm3:eta=0.4,beta=0", [-5.0, -2.0], 40)
    two = walked([0.2, 4.0], "adagrad:eta=0.4,eps=0", [-5.0, -2.0], 40)
    assert one.x == pytest.approx(two.x, rel=1e-12)
    assert first([1.0], "sm3:eta=1,beta=0.75", [3.0]) == pytest.approx([3 - 0.25])


def test_schedule_free_takes_gradients_between_the_walk_and_its_average() -> None:
    z = a = x = np.array([-5.0, -2.0])
    run = walked([0.2, 4.0], "schedulefree:eta=0.3,beta=0.8", x, 30)
    for t in range(1, 31):
        z = z - 0.3 * x * [0.2, 4.0]
        a = (1 - 1 / t) * a + z / t
        x = 0.2 * z + 0.8 * a
        assert run.x[t, 0] == pytest.approx(x, rel=1e-11, abs=1e-13)


def test_schedule_free_weighs_by_the_square_of_the_largest_rate() -> None:
    # on a slope of 1, rates 1, ½: z = −1, −1.5; weights 1, 1: a = −1, −1.25 (not by ¼: −1.1)
    slope = Quadratic(np.zeros((1, 1)), np.ones(1))
    text = "schedulefree:eta=exponential(1,0.5),beta=0.5"
    run = engine.run(slope, optimizers.read(text), np.zeros(1), 2)
    assert run.x[:, 0, 0] == pytest.approx([0, -1, -(1.5 + 1.25) / 2])


@pytest.mark.parametrize("rule", ["prodigy", "dadaptation"])
@pytest.mark.parametrize("dialect", ["paper", "optax"])
def test_what_estimates_its_rate_comes_to_the_distance_from_any_small_guess(
    rule: str, dialect: str
) -> None:
    ends = []
    for guess in (1e-6, 1e-4):
        text = f"{rule}@{dialect}:d0={guess}"
        stage = None
        walk = engine.snapshots(
            Quadratic(np.diag([1.0, 1.0]), np.zeros(2)),
            optimizers.read(text),
            np.array([[3.0, -4.0]]),
        )
        for _ in range(1001):
            stage = next(walk)
        ends.append(stage.state.d.item())
    assert all(0.1 < d < 10 for d in ends), ends


def test_prodigy_and_d_adaptation_begin_with_their_first_guess() -> None:
    # uncorrected: m = 0.1 d g, √v = √0.001 d |g|
    step = 1e-3 * 0.1 / np.sqrt(0.001)
    assert first([1.0], "prodigy:d0=0.001,eps=0", [2.0]) == pytest.approx([2 - step], rel=1e-12)
    assert first([1.0], "dadaptation:d0=0.001,eps=0", [2.0]) == pytest.approx([2 - step], rel=1e-12)
    assert first([1.0], "prodigy@optax:d0=0.001,eps=0", [2.0]) == pytest.approx([1.999], rel=1e-12)
    x = first([1.0], "dadaptation@optax:d0=0.001,eps=0", [2.0])
    assert x == pytest.approx([1.999], rel=1e-12)
