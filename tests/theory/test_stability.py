"""Theory against linear algebra: iteration matrices written out from the update equations."""

from math import inf, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Rule
from optviz.optimizers.gd import GD
from optviz.optimizers.momentum import Momentum
from optviz.optimizers.nesterov import Nesterov
from optviz.schedules import Constant
from optviz.theory import stability

D2L = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))  # kappa 20

etas = st.floats(1e-3, 3)
betas = st.floats(0, 0.99)
curvatures = st.floats(-5, 5).filter(lambda curvature: abs(curvature) > 1e-3)
positives = st.floats(1e-2, 10)


def gd_matrix(Q: Array, eta: float) -> Array:
    """x ← x − ηQx."""
    return np.eye(len(Q)) - eta * Q


def momentum_matrix(Q: Array, eta: float, beta: float, tau: float = 0.0) -> Array:
    """(x, v): v ← βv + (1−τ)Qx; x ← x − ηv."""
    one, push = np.eye(len(Q)), (1 - tau) * Q
    return np.block([[one - eta * push, -eta * beta * one], [push, beta * one]])


def nesterov_matrix(Q: Array, eta: float, beta: float) -> Array:
    """(x, v): v ← βv + Qx; x ← x − η(Qx + βv)."""
    one = np.eye(len(Q))
    top = [one - eta * Q - eta * beta * Q, -eta * beta * beta * one]
    return np.block([top, [Q, beta * one]])


def radius(matrix: Array) -> float:
    return abs(np.linalg.eigvals(matrix)).max()


def about(value: object) -> Any:
    """Eigenvalues that meet are known to half the digits only."""
    return pytest.approx(value, rel=1e-5, abs=1e-5)


def spd(seed: int, dim: int = 4) -> Quadratic:
    rng = np.random.default_rng(seed)
    basis = np.linalg.qr(rng.normal(size=(dim, dim)))[0]
    Q = basis @ np.diag(rng.uniform(0.05, 5, dim)) @ basis.T
    return Quadratic((Q + Q.T) / 2, rng.normal(size=dim))


# Factors.


@given(etas, curvatures)
def test_the_factor_of_gd_is_the_size_of_its_multiplier(eta: float, curvature: float) -> None:
    found = stability.factors(GD(), eta, curvature)
    assert found == about(radius(gd_matrix(np.array([[curvature]]), eta)))


@given(etas, betas, curvatures, st.sampled_from([0.0, 0.3]))
@example(0.6, 0.5, 0.2, 0.0)
def test_the_factor_of_the_heavy_ball_is_the_radius_of_its_matrix(
    eta: float, beta: float, curvature: float, tau: float
) -> None:
    found = stability.factors(Momentum(beta=beta, dampening=tau), eta, curvature)
    assert found == about(radius(momentum_matrix(np.array([[curvature]]), eta, beta, tau)))


@given(etas, betas, curvatures)
def test_the_factor_of_nesterov_is_the_radius_of_its_matrix(
    eta: float, beta: float, curvature: float
) -> None:
    found = stability.factors(Nesterov(beta=beta), eta, curvature)
    assert found == about(radius(nesterov_matrix(np.array([[curvature]]), eta, beta)))


@given(st.integers(0, 10_000), st.floats(1e-3, 1), st.floats(0, 0.95))
def test_the_factor_on_a_turned_valley_is_the_radius_of_the_whole_matrix(
    seed: int, eta: float, beta: float
) -> None:
    q = spd(seed)
    for rule, matrix in (
        (GD(), gd_matrix(q.Q, eta)),
        (Momentum(beta=beta), momentum_matrix(q.Q, eta, beta)),
        (Nesterov(beta=beta), nesterov_matrix(q.Q, eta, beta)),
    ):
        assert stability.factor(Optimizer(rule, Constant(eta)), q) == about(radius(matrix))


def test_factors_broadcast_rates_against_curvatures() -> None:
    found = stability.factors(GD(), np.array([[0.1], [0.6]]), np.array([0.2, 4.0]))
    assert found == pytest.approx(np.array([[0.98, 0.6], [0.88, 1.4]]))


def test_a_huge_curvature_has_a_huge_factor_and_no_warning() -> None:
    assert stability.factors(GD(), 0.4, -2e200) == pytest.approx(8e199)


@pytest.mark.parametrize("text", ["adagrad", "rmsprop", "adam"])
def test_a_rule_that_is_not_linear_has_no_factor(text: str) -> None:
    optimizer = optimizers.read(text)
    assert stability.factors(optimizer.rule, 0.1, 1.0) is None
    assert stability.factor(optimizer, D2L) is None
    assert stability.largest_rate(optimizer.rule, D2L) is None
    assert stability.best(optimizer.rule, D2L) is None
    assert stability.best_rate(optimizer.rule, D2L) is None


def test_a_schedule_has_no_one_factor() -> None:
    assert stability.factor(optimizers.read("gd:eta=cosine(0.3,60)"), D2L) is None
    assert stability.constant(optimizers.read("gd:eta=cosine(0.3,60)")) is None
    assert stability.constant(optimizers.read("gd:eta=0.3")) == 0.3


def test_a_direction_without_curvature_does_not_count() -> None:
    valley = Quadratic(np.diag([0.0, 4.0]), np.zeros(2))
    assert stability.factor(optimizers.read("gd:eta=0.2"), valley) == pytest.approx(0.2)
    assert stability.factor(optimizers.read("gd"), Quadratic(np.zeros((1, 1)), np.zeros(1))) is None


# Largest rates.


def rules(beta: float) -> list[Rule]:
    return [GD(), Momentum(beta=beta), Nesterov(beta=beta), Momentum(beta=beta, dampening=0.4)]


@given(st.integers(0, 10_000), st.floats(0, 0.95))
def test_the_largest_rate_is_where_the_factor_passes_one(seed: int, beta: float) -> None:
    q = spd(seed)
    for rule in rules(beta):
        top = stability.largest_rate(rule, q)
        below = stability.factors(rule, 0.9999 * top, q.eigenvalues).max()
        assert below < 1 < stability.factors(rule, 1.0001 * top, q.eigenvalues).max()


def test_the_largest_rates_of_the_textbooks() -> None:
    assert stability.largest_rate(GD(), D2L) == 0.5  # 2/λmax
    assert stability.largest_rate(Momentum(beta=0.5), D2L) == 0.75  # 2(1+β)/λmax
    assert stability.largest_rate(Nesterov(beta=0.5), D2L) == 0.375  # 2(1+β)/((1+2β)λmax)


@pytest.mark.parametrize("diagonal", [(-1.0, 2.0), (-2.0, -1.0), (0.0, 0.0), (-1.0, 0.0)])
def test_no_rate_is_stable_without_a_bowl(diagonal: list[float]) -> None:
    q = Quadratic(np.diag(diagonal), np.zeros(2))
    for rule in rules(0.5):
        assert stability.largest_rate(rule, q) is None
        assert stability.best(rule, q) is None
        assert stability.best_rate(rule, q) is None


# Best settings.


@given(positives, positives)
@example(2.6912383446145745, 2.6912383446145745)  # 3λ/λ is not 3 in floats
def test_the_best_factors_are_those_of_the_papers(one: float, other: float) -> None:
    low, high = sorted((one, other))
    q, kappa = Quadratic(np.diag([low, high]), np.zeros(2)), high / low
    root = sqrt(kappa)
    wanted = {  # Polyak; Lessard, Recht & Packard 2016, table 1
        GD(): (kappa - 1) / (kappa + 1),
        Momentum(): (root - 1) / (root + 1),
        Nesterov(): 1 - 2 / sqrt(3 * kappa + 1),
    }
    for rule, factor in wanted.items():
        best = stability.best(rule, q)
        assert stability.factor(best, q) == pytest.approx(factor, abs=1e-6)


def test_the_best_of_the_book_s_valley() -> None:
    gd, ball = (stability.best(rule, D2L) for rule in (GD(), Momentum()))
    assert stability.constant(gd) == pytest.approx(0.47619, abs=5e-6)
    assert stability.factor(gd, D2L) == pytest.approx(0.904762, abs=5e-7)
    assert stability.constant(ball) == pytest.approx(0.667907, abs=5e-7)
    assert ball.rule.beta == pytest.approx(0.402605, abs=5e-7)
    assert stability.factor(ball, D2L) == pytest.approx(0.634512, abs=5e-7)


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 0.99))
def test_no_settings_beat_the_best(seed: int, share: float, beta: float) -> None:
    q = spd(seed)
    for rule in rules(beta):
        eta = share * stability.largest_rate(rule, q)
        tried = stability.factors(rule, eta, q.eigenvalues).max()
        assert stability.factor(stability.best(rule, q), q) <= tried + 1e-6


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 0.95))
def test_no_rate_beats_the_best_rate_at_the_same_beta(seed: int, share: float, beta: float) -> None:
    q = spd(seed)
    for rule in rules(beta):
        best = stability.factors(rule, stability.best_rate(rule, q), q.eigenvalues).max()
        tried = stability.factors(
            rule, share * stability.largest_rate(rule, q), q.eigenvalues
        ).max()
        assert best <= tried + 1e-6


def test_the_best_rate_of_gd_is_two_over_the_sum_of_the_ends() -> None:
    assert stability.best_rate(GD(), D2L) == pytest.approx(2 / 4.2)


def test_the_best_rate_of_much_momentum_is_the_middle_of_what_is_all_alike() -> None:
    # from (1−√β)²/λmin to (1+√β)²/λmax every factor is √β
    root = sqrt(0.9)
    middle = ((1 - root) ** 2 / 0.2 + (1 + root) ** 2 / 4) / 2
    assert stability.best_rate(Momentum(beta=0.9), D2L) == pytest.approx(middle, rel=5e-3)


def test_what_is_flat_is_left_out_of_the_best() -> None:
    valley = Quadratic(np.diag([0.0, 1.0, 3.0]), np.zeros(3))
    assert stability.constant(stability.best(GD(), valley)) == pytest.approx(0.5)


def test_a_curvature_near_the_least_float_has_no_best() -> None:
    q = Quadratic(np.array([[1e-320]]), np.zeros(1))
    for rule in rules(0.5):
        assert stability.best(rule, q) is None
        assert stability.best_rate(rule, q) is None


# Steps.


def test_steps_bring_f_to_its_share() -> None:
    assert stability.steps_to(0.25, 0.5) == 1.0  # f goes as the square
    assert stability.steps_to(1e-6, 0.904762) == pytest.approx(log(1e-6) / log(0.904762**2))
    assert stability.steps_to(1e-6, 1.0) == stability.steps_to(1e-6, 1.4) == inf
    assert stability.steps_to(1e-6, 0.0) == 1


@pytest.mark.parametrize("text", ["gd:eta=0.4", "momentum:eta=0.6,beta=0.5", "gd:eta=0.1"])
def test_the_steps_foretold_are_the_steps_taken(text: str) -> None:
    import optviz

    optimizer = optimizers.read(text)
    steps = stability.steps_to(1e-6, stability.factor(optimizer, D2L))
    f = optviz.run(D2L, optimizer, start=(-5, -2), steps=1000).f[:, 0]
    assert steps == pytest.approx(int(np.argmax(f <= 1e-6 * f[0])), rel=0.15, abs=2)
