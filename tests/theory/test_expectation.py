"""The exact law of noisy runs against the book's recursions and against seeds."""

import numpy as np
import pytest

from optviz import gradients, objectives, optimizers
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import Objective, Quadratic
from optviz.theory import expectation
from optviz.walks.engine import Walk

BOOK = objectives.read("x1^2 + 2x2^2")
START = np.array([[-5.0, -2.0]])
# d2l 1.0.3, section 12.4; the counter of its schedules is 2 at the first step.
NOISY = {
    "gd:eta=0.1": (50, (-7.1e-5, -1.6e-11), (0.1667, 0.1250)),
    "gd:eta=exponential(0.08187307530779819,0.9048374180359595)": (
        1000,
        (-0.82574, -0.04503),
        (0.0747, 0.0399),
    ),
    "gd:eta=power(0.09534625892455924,0.5,0.09090909090909091)": (
        50,
        (-0.01244, -5.1e-6),
        (0.1053, 0.0750),
    ),
}


def walk(
    text: str,
    steps: int,
    q: Objective = BOOK,
    noise: str = "noise(1)",
    seeds: int = 1,
    expected: bool = True,
    start: Array = START,
) -> Walk:
    oracle = gradients.oracle(gradients.read(noise), seeds)
    return Walk(q, optimizers.read(text), start, steps, oracle, expected)


@pytest.mark.parametrize("text", NOISY)
def test_the_books_noisy_figures_have_the_mean_and_deviation_they_should(text: str) -> None:
    steps, mean, sd = NOISY[text]
    run = walk(text, steps).run()
    assert run.x[-1, 0] == pytest.approx(mean, rel=0.01)
    assert np.sqrt(np.diag(run.law[-1])) == pytest.approx(sd, abs=5e-5)


@pytest.mark.parametrize("text", NOISY)
def test_seeds_agree_within_four_standard_errors(text: str) -> None:
    steps = NOISY[text][0]
    many = 20_000 if steps == 50 else 2_000
    run = walk(text, steps, seeds=many).run()
    drawn = run.spread.x[-1]
    error = np.sqrt(np.diag(run.law[-1]) / many)
    assert (abs(drawn.mean(axis=0) - run.x[-1, 0]) < 4 * error).all()
    assert drawn.var(axis=0) == pytest.approx(np.diag(run.law[-1]), rel=4 * np.sqrt(2 / many))


def by_hand(text: str, q: Quadratic, S: Array, steps: int) -> Array:
    """The covariance by the iteration matrices of the textbook, for constant settings."""
    optimizer, n = optimizers.read(text), q.dim
    eta = optimizer.schedule(1)
    beta = getattr(optimizer.rule, "beta", 0.0)
    one = np.eye(n)
    if "nesterov" in text:  # x − η(g + βv), v = βv + g
        A = np.block([[one - eta * (1 + beta) * q.Q, -eta * beta**2 * one], [q.Q, beta * one]])
        B = np.vstack([-eta * (1 + beta) * one, one])
    else:  # x − ηv, v = βv + g
        A = np.block([[one - eta * q.Q, -eta * beta * one], [q.Q, beta * one]])
        B = np.vstack([-eta * one, one])
    law = np.zeros((2 * n, 2 * n))
    for _ in range(steps):
        law = A @ law @ A.T + B @ S @ B.T
    return law[:n, :n]


@pytest.mark.parametrize(
    "text", ["gd:eta=0.1", "momentum:eta=0.1,beta=0.8", "nesterov:eta=0.1,beta=0.8"]
)
@pytest.mark.parametrize("noise", ["noise([1,0.5])", "noise(cov=[[1,0.9],[0.9,2]])"])
def test_the_covariance_is_that_of_the_iteration_matrices(text: str, noise: str) -> None:
    q = objectives.read("x1^2 + x1*x2 + 2x2^2 - x1")
    found = walk(text, 40, q, noise).run().law
    S = gradients.read(noise).covariance(2)
    for step in (0, 1, 2, 40):
        assert found[step] == pytest.approx(by_hand(text, q, S, step), rel=1e-12, abs=1e-15)


def test_a_heavy_ball_ends_as_noisy_as_gd_at_the_rate_it_amounts_to() -> None:
    """At small η both come to rest at a variance of ησ²/((1−β)·2λ)."""
    found = walk("momentum:eta=0.001,beta=0.9", 20_000).run().law[-1, 0, 0]
    assert found == pytest.approx(0.01 / (2 * 2), rel=0.02)


@pytest.mark.parametrize(
    "text",
    [
        "momentum@torch:lr=0.1,momentum=0.5,dampening=0.3",
        "momentum@keras:learning_rate=0.1",
        "nesterov:eta=cosine(0.2,60),beta=0.5",
        "qhm:eta=0.1",
        "optimistic:eta=0.1",
    ],
)
def test_forms_and_schedules_of_linear_rules_agree_with_seeds(text: str) -> None:
    run = walk(text, 30, seeds=20_000, noise="noise([1,2])").run()
    ratio = run.spread.x[1:].var(axis=1) / np.einsum("tii->ti", run.law[1:])
    assert abs(ratio - 1).max() < 5 * np.sqrt(2 / 20_000)


def test_expected_f_is_that_of_the_seeds() -> None:
    run = walk("momentum:eta=0.1,beta=0.5", 30, seeds=20_000).run()
    drawn = run.spread.f
    error = drawn.std(axis=1) / np.sqrt(drawn.shape[1])
    assert (abs(drawn.mean(axis=1) - run.f[:, 0]) <= 4.5 * error + 1e-12).all()


@pytest.mark.parametrize(
    ("text", "noise", "said"),
    [
        ("adagrad", "noise(1)", "linear in the gradient"),
        ("gd", "noise(1,student)", "exact noise is Gaussian"),
        ("gd", "sparse(0.5)", "exact noise is Gaussian"),
        ("gd", "exact", "exact noise is Gaussian"),
    ],
)
def test_what_has_no_closed_form_is_refused(text: str, noise: str, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        walk(text, 3, noise=noise).run()


def test_it_is_of_one_start() -> None:
    with pytest.raises(Unfit, match="one start"):
        walk("gd", 3, start=np.ones((2, 2))).run()


def test_every_linear_rule_has_a_law() -> None:
    for rule in optimizers.registry:
        if rule.word() != "newton" and rule().recurrence(1.0, 1.0) is not None:
            oracle = gradients.oracle(gradients.read("noise"))
            law = expectation.covariances(BOOK, optimizers.read(rule.word()), oracle, 3)
            assert np.isfinite(law).all()


@pytest.mark.parametrize("text", ["gd:eta=invsqrt(0.4)", "gd:eta=exponential(0.3,0.97)"])
def test_the_variance_under_a_decaying_rate_in_closed_form(text: str) -> None:
    slope = Quadratic(np.array([[2.0]]), np.zeros(1))
    run = walk(text, 80, slope, noise="noise(0.5)", start=np.array([[3.0]])).run()
    eta = np.array([optimizers.read(text).schedule(t) for t in range(1, 81)])
    # the noise of step j is in x with ηⱼ·0.5, times 1 − 2ηₖ for each later step k
    later = np.append(np.cumprod((1 - 2 * eta)[::-1])[::-1][1:], 1.0)
    assert run.law[80, 0, 0] == pytest.approx(((eta * 0.5 * later) ** 2).sum(), rel=1e-12)
    bias = slope.gap(run.x[:, 0])
    assert run.f[:, 0] == pytest.approx(bias + run.law[:, 0, 0], rel=1e-12)  # ½ · 2 · variance
