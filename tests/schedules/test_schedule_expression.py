"""A rate may be an expression in the step: the rates of LambdaLR, written out."""

import math
from collections.abc import Callable

import numpy as np
import pytest

import optviz
from optviz import optimizers, schedules
from optviz.errors import BadValue, TextError


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0.1*exp(-t/20)", lambda t: 0.1 * math.exp(-t / 20)),
        ("0.1/sqrt(t)", lambda t: 0.1 / math.sqrt(t)),
        ("0.1/(1+0.1t)", lambda t: 0.1 / (1 + 0.1 * t)),
        ("0.1*0.95^t", lambda t: 0.1 * 0.95**t),
        ("0.1 * max(0, 1 - t/40)", lambda t: 0.1 * max(0, 1 - t / 40)),
        ("0.1*(1 + cos(pi t/30))/2", lambda t: 0.1 * (1 + math.cos(math.pi * t / 30)) / 2),
        ("t", lambda t: t),
        ("0.1*|sin(t)|", lambda t: 0.1 * abs(math.sin(t))),
    ],
)
def test_the_rate_is_that_of_the_expression(text: str, rate: Callable[[int], float]) -> None:
    schedule = schedules.parse("schedule", text)
    for t in (1, 2, 7, 29):
        assert schedule(t) == pytest.approx(rate(t), rel=1e-14)


@pytest.mark.parametrize(
    "text", ["gd:eta=0.1*exp(-t/20)", "momentum:eta=0.1*0.95^t,beta=0.5", "adam:eta=max(0.1,1/t)"]
)
def test_an_optimizer_prints_as_it_was_typed_and_reads_back(text: str) -> None:
    optimizer = optimizers.read(text)
    assert str(optimizer).startswith(text.partition(",beta")[0])
    assert optimizers.read(str(optimizer)) == optimizer


def test_a_script_may_have_one() -> None:
    optimizer = optimizers.read("Adam(lr=2/(t+2), betas=(0.9, 0.99))")
    assert optimizer.schedule(3) == 0.4


@pytest.mark.parametrize(
    ("text", "under", "said"),
    [
        ("gd:eta=0.1*q(t)", "q", "q is not t, the step"),
        ("gd:eta=0.1*(t", "(", "never closed"),
        ("gd:eta=t/0", "0", "divided by zero"),
        ("gd:eta=cosine(0.1*t,30)", "0.1*t", "eta0 is a number"),
        ("gd:eta=(t,5)", "(t,5)", "a rate is a number or a schedule"),
        ("momentum:beta=1-1/t", "1-1/t", "beta is a number"),
    ],
)
def test_a_mistake_is_pointed_at_in_the_whole_text(text: str, under: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        optimizers.read(text)
    assert said in caught.value.message
    assert text[caught.value.at : caught.value.at + caught.value.length] == under


def test_a_rate_below_0_is_refused_at_its_step() -> None:
    with pytest.raises(BadValue, match=r"is -0.0111111 at step 10 given, a rate from 0 up"):
        optviz.run("d2l", "gd:eta=0.1*(1-t/9)")


def test_python_takes_it_as_a_text() -> None:
    found = optviz.run("x^2", "gd", eta="0.1*exp(-t/20)", start=10, steps=3)
    x = 10.0
    for t in (1, 2, 3):
        x -= 0.1 * math.exp(-t / 20) * 2 * x
    assert float(np.ravel(found.x[-1])[0]) == pytest.approx(x, rel=1e-14)
