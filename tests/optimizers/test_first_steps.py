"""First steps of the adaptive rules, worked out by hand from the papers."""

import numpy as np
import pytest

from optviz import optimizers
from optviz.objectives import Quadratic
from optviz.walks import completion, engine
from optviz.walks.engine import snapshots
from optviz.walks.trajectory import Trajectory

SLOPE = Quadratic(np.zeros((2, 2)), np.array([3.0, -0.5]))
BOWL = Quadratic(np.array([[1.0]]), np.zeros(1))


def walked(hill: Quadratic, text: str, start: list[float], steps: int) -> Trajectory:
    return engine.run(hill, optimizers.read(text), np.array(start, dtype=float), steps)


def test_adadelta_begins_with_a_step_that_epsilon_makes() -> None:
    # v = (1−ρ)g² = 0.36, Δ = √ε/√(v+ε)·g with ρ = 0.9, g = −... : x0 = 2 on ½x², ε = 0.04
    run = walked(BOWL, "adadelta:rho=0.91,eps=0.04", [2.0], 2)
    first = 0.2 / (0.09 * 4 + 0.04) ** 0.5 * 2
    assert run.x[1].item() == pytest.approx(2 - first, rel=1e-14)
    # second: u = (1−ρ)Δ², v = ρ·0.36 + (1−ρ)g²
    g = 2 - first
    u, v = 0.09 * first**2, 0.91 * 0.36 + 0.09 * g**2
    second = (u + 0.04) ** 0.5 / (v + 0.04) ** 0.5 * g
    assert run.x[2].item() == pytest.approx(g - second, rel=1e-13)


def test_the_rate_of_adadelta_never_enters_its_memory_of_steps() -> None:
    # on a constant slope Δ does not depend on x, so paths are η times each other
    one, ten = (walked(SLOPE, f"adadelta:eta={eta}", [0, 0], 30).x for eta in (1, 10))
    assert ten == pytest.approx(10 * one, rel=1e-12)


def test_adamw_shrinks_x_by_eta_lambda_and_adam_with_l2_does_not() -> None:
    # first step of Adam is η sign(g): 5 − 0.1 − 0.1·0.5·5, and with L2 just 5 − 0.1
    run = walked(BOWL, "adamw:eta=0.1,eps=0,decay=0.5", [5.0], 1)
    assert run.x[1].item() == pytest.approx(5 - 0.1 - 0.25, rel=1e-14)
    run = walked(BOWL, "adam:eta=0.1,eps=0,decay=0.5", [5.0], 1)
    assert run.x[1].item() == pytest.approx(5 - 0.1, rel=1e-14)


def test_the_papers_amsgrad_corrects_nothing() -> None:
    # m = (1−β₁)g, √V = √(1−β₂)|g|: η(1−β₁)/√(1−β₂) long
    run = walked(SLOPE, "amsgrad:eta=0.1,beta1=0.8,beta2=0.96,eps=0", [0, 0], 1)
    assert run.x[1, 0] == pytest.approx([-0.1, 0.1], rel=1e-13)
    run = walked(SLOPE, "amsgrad:eta=0.1,beta1=0.5,beta2=0.96,eps=0", [0, 0], 1)
    assert run.x[1, 0] == pytest.approx([-0.25, 0.25], rel=1e-13)


def test_amsgrad_does_not_forget_its_largest_mean_square() -> None:
    # x0 = 1, λ = 1: V never falls, where Adam's v falls as the gradient does
    rates = {
        name: walked(BOWL, f"{name}:eta=0.2,beta1=0.5,beta2=0.5,eps=0.001", [1.0], 60).rate[:, 0, 0]
        for name in ("amsgrad", "adam")
    }
    assert np.all(np.diff(rates["amsgrad"]) <= 0)
    assert rates["adam"][-1] > 5 * rates["adam"][0]


@pytest.mark.parametrize(("corrects", "V"), [("never", 1 / 2), ("before", 1.0), ("after", 2 / 3)])
def test_where_amsgrad_corrects_decides_its_second_rate(corrects: str, V: float) -> None:
    # β₂ = ½ and gradients 1, 0: v = ½, ¼; v̂ = 1, ⅓. V = ½, or max(1, ⅓), or ½/(1−¼)
    walker = optimizers.read(f"amsgrad:eta=1,beta1=0,beta2=0.5,eps=0,corrects={corrects}")
    rate = completion.effective_rates(walker, np.array([[[1.0]], [[0.0]]]))
    assert rate[1].item() == pytest.approx(V**-0.5, rel=1e-14)


def test_adamax_goes_eta_where_the_slope_is_constant() -> None:
    run = walked(SLOPE, "adamax:eta=0.3", [0, 0], 40)
    assert np.diff(run.x[:, 0], axis=0) == pytest.approx(np.tile([-0.3, 0.3], (40, 1)), rel=1e-12)


def test_adamax_forgets_by_beta2_a_step() -> None:
    walker = optimizers.read("adamax:eta=1,beta2=0.5")
    rate = completion.effective_rates(walker, np.array([4.0, 1.0, 1.5, 0.0])[:, None, None])
    assert rate[:, 0, 0] == pytest.approx([1 / 4, 1 / 2, 1 / 1.5, 1 / 0.75], rel=1e-14)


def test_the_epsilon_of_adamax_stands_inside_the_maximum_or_outside() -> None:
    inside, outside = (
        completion.effective_rates(
            optimizers.read(f"adamax:eta=1,beta2=0.5,eps=1,eps_at={at}"),
            np.array([3.0, 0.0])[:, None, None],
        )[:, 0, 0]
        for at in ("inside", "outside")
    )
    assert inside == pytest.approx([1 / 4, 1 / 2])  # max(0.5·4, 0 + 1)
    assert outside == pytest.approx([1 / 4, 1 / 2.5])  # 0.5·3 + 1


def test_nadam_without_a_schedule_is_the_mean_looked_ahead() -> None:
    # ψ large: m̃₁ = β₁(1−β₁)g/(1−β₁²) + (1−β₁)g/(1−β₁) = β₁g/(1+β₁) + g
    run = walked(SLOPE, "nadam@optax:eta=0.1,beta1=0.5,eps=0", [0, 0], 1)
    assert run.x[1, 0] == pytest.approx([-0.1 * (1 + 1 / 3), 0.1 * (1 + 1 / 3)], rel=1e-13)


def test_nadam_with_its_schedule_by_hand() -> None:
    # ψ = 1, β₁ = ½: μ₁ = ½(1 − ½·0.96) = 0.26, μ₂ = ½(1 − ½·0.9216) = 0.2696
    mu1, mu2 = 0.26, 0.2696
    ahead = mu2 * 0.5 / (1 - mu1 * mu2) + (1 - mu1) / (1 - mu1)
    run = walked(SLOPE, "nadam@keras:eta=0.1,beta1=0.5,eps=0", [0, 0], 1)
    assert run.x[1, 0] == pytest.approx([-0.1 * ahead, 0.1 * ahead], rel=1e-13)


def test_radam_starts_unadapted_and_says_when_it_adapts() -> None:
    # β₂ = 0.999: ρ₁ … ρ₄ = 1, 2, 3, 4 (nearly, from below), ρ₅ = 4.99…: the paper adapts at 5,
    # the libraries, who ask for more than 5, at 6
    for text, first in (("radam", 5), ("radam@torch", 6), ("radam@optax", 6)):
        rate = walked(SLOPE, f"{text}:eta=0.1", [0, 0], 8).rate[:, 0]
        assert rate[: first - 1] == pytest.approx(np.full((first - 1, 2), 0.1), rel=1e-15)
        assert np.all(abs(rate[first - 1 :] - 0.1) > 1e-3)


def test_the_rectification_of_radam_by_hand() -> None:
    # β₂ = 0.9, t = 10: ρ∞ = 19, β₂¹⁰ = 0.3486784401
    power = 0.3486784401
    rho = 19 - 20 * power / (1 - power)
    r = ((rho - 4) * (rho - 2) * 19 / (15 * 17 * rho)) ** 0.5
    rate = walked(SLOPE, "radam:eta=0.1,beta2=0.9", [0, 0], 10).rate[-1, 0]
    assert rate == pytest.approx(0.1 * r / np.array([3.0, 0.5]), rel=1e-12)


def test_radam_with_a_memory_too_short_never_adapts() -> None:
    rate = walked(SLOPE, "radam:eta=0.1,beta2=0.6", [0, 0], 300).rate
    assert np.all(rate == 0.1)


def test_rprop_grows_on_a_slope_and_halves_at_a_turn() -> None:
    run = walked(SLOPE, "rprop:eta=0.1", [0, 0], 4)
    lengths = 0.1 * 1.2 ** np.arange(4)
    assert np.diff(run.x[:, 0], axis=0) == pytest.approx(np.outer(lengths, [-1, 1]), rel=1e-13)
    # x0 = 0.15 on ½x²: to 0.05 (δ 0.1), to −0.07 (δ 0.12), waits (δ 0.06), to −0.01 (δ 0.06)
    run = walked(BOWL, "rprop:eta=0.1", [0.15], 4)
    assert run.x[:, 0, 0] == pytest.approx([0.15, 0.05, -0.07, -0.07, -0.01], rel=1e-12)
    assert run.rate[:, 0, 0] == pytest.approx([0.1, 0.12, 0.06, 0.06], rel=1e-12)


def test_the_steps_of_rprop_stay_within_their_bounds() -> None:
    run = walked(SLOPE, "rprop:eta=0.1,delta_max=0.15", [0, 0], 6)
    assert run.rate[-1, 0].tolist() == pytest.approx([0.15, 0.15])
    assert walked(SLOPE, "rprop:eta=0.1,delta_min=0.3", [0, 0], 1).rate[0, 0, 0] == pytest.approx(
        0.3
    )


def test_a_schedule_says_nothing_to_rprop_after_its_first_step() -> None:
    one, other = (
        walked(BOWL, f"rprop:eta={eta}", [4.0], 20).x for eta in ("0.1", "exponential(0.1,0.5)")
    )
    assert one == pytest.approx(other, rel=1e-12)


def test_adafactor_by_hand() -> None:
    # x = (3, 4): RMS 5/√2; g = x; t = 1: v = g², u = (1, 1); ρ = min(0.1, 1): α = 0.1·5/√2
    bowl = Quadratic(np.eye(2), np.zeros(2))
    run = walked(bowl, "adafactor:eta=0.1", [3.0, 4.0], 2)
    alpha = 0.1 * 5 / 2**0.5
    x = np.array([3.0, 4.0]) - alpha
    assert run.x[1, 0] == pytest.approx(x, rel=1e-13)
    b = 2**-0.8
    u = x / ((1 - b) * np.array([9.0, 16.0]) + b * x * x) ** 0.5
    clip = max(1.0, (np.mean(u * u)) ** 0.5)
    assert run.x[2, 0] == pytest.approx(x - 0.1 * np.mean(x * x) ** 0.5 * u / clip, rel=1e-13)


def test_adafactor_clips_and_caps() -> None:
    # gradients 1, then 10: v₂ = (1−b) + 100b, u₂ = 10/√v₂ > 1 is clipped to d = 1, and η to 1/√2
    walker = optimizers.read("adafactor:eta=2,relative=false")
    rate = completion.effective_rates(walker, np.array([[[1.0]], [[10.0]]]))[:, 0, 0]
    assert rate == pytest.approx([1.0, 2**-0.5 / 10], rel=1e-13)
    walker = optimizers.read("adafactor@optax:eta=2,relative=false")
    rate = completion.effective_rates(walker, np.array([[[1.0]], [[10.0]]]))[:, 0, 0]
    assert rate == pytest.approx([2.0, 2.0 / 10], rel=1e-13)


def test_the_average_of_asgd_is_the_mean_of_its_points_from_t0_on() -> None:
    for t0, first in ((0, 2), (5, 7)):
        walker = optimizers.read(f"asgd:eta=0.3,t0={t0}")
        states = snapshots(BOWL, walker, np.array([[4.0]]))
        points = []
        for _ in range(31):
            stage = next(states)
            points.append(stage.moment.x.item())
        mean = np.mean(points[first:])
        assert stage.state.a.item() == pytest.approx(mean, rel=1e-12)


def test_asgd_falls_by_its_formula_and_decays_at_the_rate_of_the_step() -> None:
    run = walked(BOWL, "asgd:eta=0.3,lambd=0.5,alpha=2", [4.0], 5)
    eta = 0.3 / (1 + 0.5 * 0.3 * np.arange(5)) ** 2
    assert run.rate[:, 0, 0] == pytest.approx(eta, rel=1e-14)
    assert run.x[1:, 0, 0] == pytest.approx(4 * np.cumprod(1 - 1.5 * eta), rel=1e-13)


def test_a_rate_of_adagrad_that_falls_besides() -> None:
    # G = t·g² on a slope: η/(1+(t−1)κ)/√(t g²)
    run = walked(SLOPE, "adagrad:eta=0.4,eps=0,lr_decay=0.5", [0, 0], 10)
    t = np.arange(1, 11)[:, None]
    expected = 0.4 / (1 + (t - 1) * 0.5) / np.sqrt(t) / [3.0, 0.5]
    assert run.rate[:, 0] == pytest.approx(expected, rel=1e-13)
