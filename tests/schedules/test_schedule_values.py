"""The rates of each schedule against values worked out by hand, and those that books print."""

import math
from typing import Any

import numpy as np
import pytest

from optviz import schedules
from optviz.schedules import Schedule
from optviz.text import syntax

CLOSE = 1e-14  # `power` and `cos` are only good to their last bits


def read(text: str) -> Schedule:
    return schedules.read("rate", text, syntax.value("rate", text))


def rates(text: str, steps: int) -> list[Any]:
    schedule = read(text)
    return [schedule(t) for t in range(1, steps + 1)]


def near(values: float | list[float]) -> Any:
    return pytest.approx(values, rel=CLOSE, abs=1e-17)


def as_printed(value: float, text: str) -> bool:
    """Whether the value, rounded to as many digits, is what is printed."""
    digits = len(text.partition(".")[2])
    return f"{value:.{digits}f}" == f"{float(text):.{digits}f}"


def test_a_constant_stays() -> None:
    assert rates("0.4", 3) == [0.4, 0.4, 0.4]


@pytest.mark.parametrize(("k", "printed"), [(0, "0.1"), (1, "0.070711"), (29, "0.018257")])
def test_d2l_square_root_scheduler(k: int, printed: str) -> None:
    assert as_printed(read("power(0.1)")(k), printed)  # 0.1 (k+1)^-0.5, its first k is 0
    assert as_printed(read("invsqrt(0.1)")(k + 1), printed)


def test_d2l_polynomial_decay_of_the_chapter_on_stochastic_gradients() -> None:
    # eta = 0.1 (1 + 0.1 t)^-0.5 with t = 1, 2, …
    assert rates("power(0.1, alpha=0.5, beta=0.1)", 3) == near(
        [0.1 / math.sqrt(1.1), 0.1 / math.sqrt(1.2), 0.1 / math.sqrt(1.3)]
    )


@pytest.mark.parametrize(
    ("epoch", "printed"), [(0, "0.3"), (10, "0.155"), (20, "0.01"), (21, "0.01"), (29, "0.01")]
)
def test_d2l_cosine_scheduler(epoch: int, printed: str) -> None:
    assert as_printed(read("cosine(0.3, 20, 0.01)")(epoch + 1), printed)


@pytest.mark.parametrize(
    ("epoch", "printed"),
    [
        (0, "0.00"),
        (1, "0.06"),
        (4, "0.24"),
        (5, "0.3"),
        (12, "0.170157"),
        (20, "0.01"),
        (29, "0.01"),
    ],
)
def test_d2l_cosine_scheduler_with_warmup(epoch: int, printed: str) -> None:
    assert as_printed(read("cosine(0.3, 20, 0.01, warmup=5)")(epoch + 1), printed)


def test_cosine_at_every_sixth_of_its_way() -> None:
    wave = rates("cosine(4, 6)", 9)
    root = math.sqrt(3)
    assert wave == near([4, 2 + root, 3, 2, 1, 2 - root, 0, 0, 0])


def test_warmup_as_long_as_the_whole_ends_at_once() -> None:
    assert rates("cosine(0.4, 4, 0.1, warmup=4)", 7) == near([0, 0.1, 0.2, 0.3, 0.4, 0.1, 0.1])


def test_torch_step_lr() -> None:
    # k = 0, 1, …: 0.8 · 0.5^⌊k/3⌋
    assert rates("step(0.8, 3, 0.5)", 10) == near([0.8] * 3 + [0.4] * 3 + [0.2] * 3 + [0.1])
    assert rates("step(0.8, 2)", 5) == near([0.8, 0.8, 0.08, 0.08, 0.008])


def test_torch_exponential_lr() -> None:
    assert rates("exponential(2, 0.5)", 5) == [2, 1, 0.5, 0.25, 0.125]
    assert rates("exponential(0.2, 0.98)", 3) == near([0.2, 0.196, 0.19208])


def test_torch_polynomial_lr() -> None:
    # 1.6 · (1 − k/4)^p
    assert rates("polynomial(1.6, 4)", 7) == near([1.6, 1.2, 0.8, 0.4, 0, 0, 0])
    assert rates("polynomial(1.6, 4, power=2)", 6) == near([1.6, 0.9, 0.4, 0.1, 0, 0])


def test_optax_polynomial_schedule_ends_at_its_end() -> None:
    # (init − end)(1 − k/4)^p + end
    assert rates("polynomial(1, 4, power=0.5, end=0.2)", 6) == near(
        [1, 0.2 + 0.8 * math.sqrt(0.75), 0.2 + 0.8 * math.sqrt(0.5), 0.6, 0.2, 0.2]
    )


def test_the_inverse_root_at_squares() -> None:
    assert [read("invsqrt(6)")(t) for t in (1, 4, 9, 36)] == [6, 3, 2, 1]
    assert [read("invsqrt(6, 3)")(t) for t in (1, 6, 13)] == [3, 2, 1.5]


def test_a_power_at_whole_exponents() -> None:
    assert rates("power(12, 1)", 3) == near([6, 4, 3])
    assert rates("power(36, 2)", 3) == near([9, 4, 2.25])
    assert rates("power(5, 0)", 3) == [5, 5, 5]


@pytest.mark.parametrize(
    "text",
    [
        "0.3",
        "exponential(0.3,0.9)",
        "step(0.3,5)",
        "polynomial(0.3,20)",
        "cosine(0.3,20)",
        "invsqrt(0.3)",
    ],
)
def test_the_first_step_has_the_rate_that_is_written(text: str) -> None:
    assert read(text)(1) == near(0.3)


def test_a_line_goes_down_by_the_same_amount_a_step() -> None:
    assert rates("linear(1, 4)", 6) == [1, 0.75, 0.5, 0.25, 0, 0]
    assert rates("linear(0.25, 3, end=1)", 5) == [0.25, 0.5, 0.75, 1, 1]


def test_a_warm_up_has_its_whole_rate_at_its_last_step() -> None:
    # min(1, t/W) of pytorch_warmup's LinearWarmup, t = 1, 2, …
    assert rates("warmup(2, 4)", 6) == [0.5, 1, 1.5, 2, 2, 2]
    assert rates("warmup(2, 1)", 2) == [2, 2]


def test_joined_schedules_count_from_their_own_beginnings() -> None:
    joined = rates("join_schedules([warmup(1, 2), linear(1, 4), 0.125], [2, 5])", 8)
    assert joined == [0.5, 1, 1, 0.75, 0.5, 0.125, 0.125, 0.125]


def test_chained_schedules_multiply() -> None:
    chained = rates("ChainedScheduler([ExponentialLR(8, 0.5), ConstantLR(8, 0.25, 2)])", 4)
    assert chained == [2, 1, 2, 1]


def test_a_step_far_ahead_of_a_recursion_and_then_an_early_one() -> None:
    text = "ChainedScheduler([CosineAnnealingLR(1, T_max=6, eta_min=0.1), LinearLR(1)])"
    far, near_ = read(text), read(text)
    assert far(5000) == near_(5000)
    assert [far(t) for t in (3, 1030, 1029, 1024, 1023)] == [
        near_(t) for t in (3, 1030, 1029, 1024, 1023)
    ]
    fresh = read(text)
    assert far(1029) == [fresh(t) for t in range(1, 1030)][-1]


@pytest.mark.parametrize("text", ["polynomial(0.3,20,end=0.05)", "cosine(0.3,20,0.05,5)"])
def test_after_its_end_the_rate_stays(text: str) -> None:
    tail = [read(text)(t) for t in (21, 22, 40, 1000, 10**9)]
    assert tail == near([0.05] * 5)
    assert read(text)(20) > 0.0501


def test_settings_of_python_may_be_integers() -> None:
    assert schedules.registry["power"](12, 1, 1)(2) == 4
    assert schedules.registry["step"](np.float64(0.8), 3, 0.5)(4) == near(0.4)
    assert schedules.registry["exponential"](1, 2)(4) == 8
