"""What books print: Dive into Deep Learning (d2l.ai) and LMU Munich's lecture on optimization."""

from collections.abc import Sequence

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.walks import engine
from optviz.walks.trajectory import Trajectory

FLAT = "0.1x1^2 + 2x2^2"
ROUND = "x1^2 + 2x2^2"


def walked(
    objective: str, optimizer: str, start: Sequence[float] = (-5, -2), steps: int = 20
) -> Trajectory:
    return engine.run(
        objectives.read(objective), optimizers.read(optimizer), np.array(start), steps
    )


@pytest.mark.parametrize(
    ("objective", "optimizer", "printed"),
    [
        (ROUND, "gd:eta=0.1", "x1: -0.057646, x2: -0.000073"),
        (FLAT, "gd:eta=0.4", "x1: -0.943467, x2: -0.000073"),
        (FLAT, "gd:eta=0.6", "x1: -0.387814, x2: -1673.365109"),
        (FLAT, "momentum:eta=0.6,beta=0.5", "x1: 0.007188, x2: 0.002553"),
        (FLAT, "momentum:eta=0.6,beta=0.25", "x1: -0.126340, x2: -0.186632"),
        (FLAT, "adagrad:eta=0.4", "x1: -2.382563, x2: -0.158591"),
        (FLAT, "adagrad:eta=2", "x1: -0.002295, x2: -0.000000"),
        (FLAT, "rmsprop:eta=0.4,rho=0.9", "x1: -0.010599, x2: 0.000000"),
    ],
)
def test_d2l_prints_this(objective: str, optimizer: str, printed: str) -> None:
    x1, x2 = walked(objective, optimizer).x[-1, 0]
    assert f"x1: {x1:f}, x2: {x2:f}" == printed


@pytest.mark.parametrize(
    ("eta", "printed"), [(0.2, "0.060466"), (0.05, "3.486784"), (1.1, "61.917364")]
)
def test_d2l_prints_this_of_one_coordinate(eta: float, printed: str) -> None:
    assert f"{walked('x^2', f'gd:eta={eta}', [10], 10).x[-1].item():f}" == printed


def test_the_bare_names_are_the_figures_of_the_book() -> None:
    assert [str(optimizers.read(name)) for name in ("adagrad", "rmsprop", "momentum", "gd")] == [
        "adagrad:eta=0.4,eps=1e-06",
        "rmsprop:eta=0.4,rho=0.9,eps=1e-06",
        "momentum:eta=0.6,beta=0.5",
        "gd:eta=0.4",
    ]


# Computed from the book's parameters, not by optviz: step, x1, x2, the two rates, f. (The last f of
# adagrad 0.4 was noted as 0.617963, the value at the rounded x; at -2.382562771979649 and
# -0.15859055003666966 it is 0.61796246…)
TABLE = {
    "adagrad:eta=0.4": [
        (1, "-4.600000", "-1.600000", "0.400000", "0.050000", "7.236000"),
        (5, "-3.772835", "-0.890767", "0.202765", "0.030477", "3.010361"),
        (10, "-3.165593", "-0.489098", "0.158577", "0.027375", "1.480532"),
        (20, "-2.382563", "-0.158591", "0.129907", "0.026352", "0.617962"),
    ],
    "adagrad:eta=2": [
        (1, "-3.000001", "-1.5625e-08", "1.999999", "0.250000", "0.900001"),
        (20, "-0.002295", "-1.43e-162", "1.557663", "0.250000", "5.2686e-07"),
    ],
    "rmsprop:eta=0.4,rho=0.9": [
        (1, "-3.735095", "-0.735089", "1.264905", "0.158114", "2.475805"),
        (10, "-0.460616", "-4.71e-07", "1.166878", "0.234083", "2.1217e-02"),
        (20, "-0.010599", "1.04e-14", "1.956444", "0.396422", "1.1233e-05"),
    ],
}


def as_long_as(text: str, value: float) -> str:
    """The value with as many digits as the text."""
    mantissa, e, _ = text.partition("e")
    return f"{value:.{len(mantissa.partition('.')[2])}{e or 'f'}}"


@pytest.mark.parametrize("optimizer", TABLE)
def test_rates_and_positions_are_those_of_the_table(optimizer: str) -> None:
    run = walked(FLAT, optimizer)
    for step, *printed in TABLE[optimizer]:
        values = [*run.x[step, 0], *run.rate[step - 1, 0], run.f[step, 0]]
        assert [as_long_as(*pair) for pair in zip(printed, values, strict=True)] == printed


@pytest.mark.parametrize(
    ("optimizer", "printed"), [("adagrad:eta=2", "0.4417"), ("rmsprop:eta=0.4", "0.339")]
)
def test_turned_against_the_axes_they_gain_nothing(optimizer: str, printed: str) -> None:
    """The book's exercise: 0.1(x1+x2)² + 2(x1−x2)²."""
    run = walked("0.1(x1+x2)^2 + 2(x1-x2)^2", optimizer)
    assert as_long_as(printed, run.f[-1, 0]) == printed


@pytest.mark.parametrize(
    ("objective", "optimizer", "start", "steps", "x1", "x2"),
    [
        ("10x1^2 + x2^2/2", "gd:eta=0.05", (2, 20), 13, "0.0000", "10.2668"),
        ("10x1^2 + x2^2/2", "gd:eta=0.11", (2, 20), 13, "-21.3986", "4.3964"),
        ("x1^2/2 + 10x2^2", "gd:eta=0.1", (10, 1), 12, "2.8243", "1.0000"),
        ("x1^2/2 + 10x2^2", "momentum:eta=0.1,beta=0", (10, 1), 12, "2.8243", "1.0000"),
        ("x1^2/2 + 10x2^2", "momentum:eta=0.1,beta=0.1", (10, 1), 12, "2.4205", "0.0592"),
        ("x1^2/2 + 10x2^2", "momentum:eta=0.1,beta=0.5", (10, 1), 12, "0.2892", "0.0107"),
        ("x1^2/2 + 10x2^2", "momentum:eta=0.1,beta=0.7", (10, 1), 12, "-1.2699", "-0.1665"),
    ],
)
def test_the_slides_of_munich_end_here(
    objective: str, optimizer: str, start: tuple[float, float], steps: int, x1: str, x2: str
) -> None:
    end = walked(objective, optimizer, start, steps).x[-1, 0]
    assert [f"{value + 0:.4f}" for value in end] == [x1, x2]


@pytest.mark.parametrize(
    ("optimizer", "x1", "x2"),
    [
        ("adam:eta=0.4,beta1=0.9,beta2=0.999,eps=1e-6", "0.996029", "-0.212750"),
        ("adam:eta=0.01,beta1=0.9,beta2=0.999,eps=1e-6", "-4.800485", "-1.801256"),
    ],
)
def test_adam_ends_where_the_books_adam_would(optimizer: str, x1: str, x2: str) -> None:
    assert [f"{value:.6f}" for value in walked(FLAT, optimizer).x[-1, 0]] == [x1, x2]


def test_nesterov_diverges_where_the_heavy_ball_does_not() -> None:
    # Noted is Sutskever's θ. Our x is the point ahead of it, where the gradient is taken:
    # x = θ + β (θ − the θ before).
    run, theta = walked(FLAT, "nesterov:eta=0.6,beta=0.5"), -2.0
    for x in run.x[1:, 0, 1]:
        theta = (x + 0.5 * theta) / 1.5
    assert f"{theta:.2e}" == "-4.76e+07"
