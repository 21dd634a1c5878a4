"""AdaGrad's less aggressive relatives: an exponent, a window, forgetting."""

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine
from optviz.walks.trajectory import Trajectory

HILL = Quadratic(np.array([[4.2, -3.8], [-3.8, 4.2]]), np.array([0.5, -0.3]))
START = np.array([-5.0, -2.0])


def walked(text: str, steps: int = 200, hill: Quadratic = HILL) -> Trajectory:
    return engine.run(hill, optimizers.read(text), START, steps)


def by_hand(
    eta: float,
    eps: float,
    steps: int,
    *,
    p: float = 0.5,
    window: int | None = None,
    forget: float = 1.0,
    G0: float = 0.0,
    outside: bool = False,
) -> tuple[Array, Array]:
    """The definition, with every square kept: x after each step, and the rates."""
    x, squares, walk, rates = START, [], [START], []
    for t in range(1, steps + 1):
        g = HILL.Q @ x + HILL.c
        squares.append(g * g)
        G = sum((forget**age * s for age, s in enumerate(squares[::-1][:window])), 0 * x)
        G = G + G0 * (forget**t if window is None else 1)
        rate = eta / (G**p + eps) if outside else eta / (G + eps) ** p
        x = x - rate * g
        walk.append(x)
        rates.append(rate)
    return np.array(walk), np.array(rates)


@pytest.mark.parametrize("p", [0.25, 0.4, 0.75, 1.0, 1.5])
@pytest.mark.parametrize("outside", [False, True])
def test_an_exponent_is_the_one_that_is_written(p: float, outside: bool) -> None:
    where = "outside" if outside else "inside"
    run = walked(f"adagrad:eta=0.4,eps=0.01,p={p},eps_at={where}")
    x, rate = by_hand(0.4, 0.01, 200, p=p, outside=outside)
    assert run.x[:, 0] == pytest.approx(x, rel=1e-11, abs=1e-11)
    assert run.rate[:, 0] == pytest.approx(rate, rel=1e-11)


def test_on_a_constant_slope_an_exponent_is_how_the_rate_falls() -> None:
    slope = Quadratic(np.zeros((2, 2)), np.array([3.0, -0.5]))
    for p in (0.25, 1.0):
        rate = walked(f"adagrad:eta=0.4,eps=0,p={p}", 50, slope).rate[:, 0]
        t = np.arange(1, 51)[:, None]
        assert rate == pytest.approx(0.4 / (t * np.array([9.0, 0.25])) ** p, rel=1e-13)


@pytest.mark.parametrize("window", [1, 2, 5, 30, 1000])
def test_in_a_window_only_the_last_squares_count(window: int) -> None:
    run = walked(f"adagrad:eta=0.05,eps=0.01,window={window}", 100)
    x, rate = by_hand(0.05, 0.01, 100, window=window)
    assert run.x[:, 0] == pytest.approx(x, rel=1e-11, abs=1e-11)
    assert run.rate[:, 0] == pytest.approx(rate, rel=1e-11)


def test_a_window_keeps_what_the_sum_began_with_and_may_forget_within() -> None:
    run = walked("adagrad:eta=0.05,eps=0.01,window=4,forget=0.7,G0=0.3", 100)
    x, rate = by_hand(0.05, 0.01, 100, window=4, forget=0.7, G0=0.3)
    assert run.x[:, 0] == pytest.approx(x, rel=1e-11, abs=1e-11)
    assert run.rate[:, 0] == pytest.approx(rate, rel=1e-11)


def test_a_window_longer_than_the_run_is_adagrad() -> None:
    assert walked("adagrad:window=1000", 200).x == pytest.approx(
        walked("adagrad", 200).x, rel=1e-12
    )


@pytest.mark.parametrize("forget", [0.0, 0.5, 0.9, 0.999])
def test_forgetting_is_a_geometric_sum(forget: float) -> None:
    run = walked(f"adagrad:eta=0.05,eps=0.01,forget={forget},G0=0.2", 100)
    x, rate = by_hand(0.05, 0.01, 100, forget=forget, G0=0.2)
    assert run.x[:, 0] == pytest.approx(x, rel=1e-10, abs=1e-10)
    assert run.rate[:, 0] == pytest.approx(rate, rel=1e-10)


@pytest.mark.parametrize("rho", [0.9, 0.99])
def test_forgetting_is_rmsprop_in_other_units(rho: float) -> None:
    # v = (1−ρ)G, so η/√(v+ε) is (η/√(1−ρ))/√(G + ε/(1−ρ)); RMSProp's walks are recorded ones
    eta, eps = 0.05, 0.01
    one = walked(f"rmsprop:eta={eta},rho={rho},eps={eps}", 100)
    same = f"adagrad:eta={eta / (1 - rho) ** 0.5!r},eps={eps / (1 - rho)!r},forget={rho}"
    assert walked(same, 100).x == pytest.approx(one.x, rel=1e-10, abs=1e-10)


def test_the_relatives_are_less_aggressive_and_do_not_stall() -> None:
    book = objectives.read("d2l")
    ends = {
        text: engine.run(book, optimizers.read(f"adagrad:eta=0.4{text}"), START, 20)
        for text in ("", ",p=0.25", ",window=3", ",forget=0.7")
    }
    gaps = {text: float(run.f[-1, 0]) for text, run in ends.items()}
    assert ends[""].status == ("stalled",)
    assert all(gaps[text] < gaps[""] / 2 for text in gaps if text)
    rises = {text: (np.diff(run.rate[:, 0], axis=0) > 0).any() for text, run in ends.items()}
    assert rises == {"": False, ",p=0.25": False, ",window=3": True, ",forget=0.7": True}


@pytest.mark.parametrize("spelled", ["p=0.5", "window=0", "forget=1", "p=0.5,window=0,forget=1"])
def test_the_form_of_the_book_keeps_its_bits(spelled: str) -> None:
    run, book = walked(f"adagrad:eta=0.4,{spelled}"), walked("adagrad:eta=0.4")
    assert np.array_equal(run.x, book.x)
    assert np.array_equal(run.rate, book.rate)
    assert str(optimizers.read(f"adagrad:eta=0.4,{spelled}")) == "adagrad:eta=0.4,eps=1e-06"


def test_only_the_sum_of_all_squares_has_the_guide_of_the_root() -> None:
    assert optimizers.read("adagrad").rule.sums_gradients
    for words in ("p=0.7", "window=3", "forget=0.9"):
        assert not optimizers.read(f"adagrad:{words}").rule.sums_gradients
