"""Whatever is typed as an objective is used or refused, and never runs as Python."""

import pytest
from hostile_texts import Guard, examine, used

from optviz.errors import TextError
from optviz.objectives import read


def test_of_thousands_of_hostile_texts_none_is_a_fault() -> None:
    ends, faults = examine(1200, seed=3)
    assert faults == []
    assert {end.split(": ")[1] for end in ends} >= {"read", "a quadratic", "pointed at", "refused"}


@pytest.mark.parametrize(
    "text",
    [
        "y^1e308",
        "x^2^9^2",
        "(-1)^(1/3) x^3",
        "0^x",
        "x^x^x^x^x^x^x^x",
        "exp(exp(exp(exp(x))))",
        "1e308x^3*1e308",
        "x^3/(x-x)",
        "sin(" * 90 + "x" + ")" * 90,
        "|" * 90 + "x" + "|" * 90,
        "(" * 40 + "x" + "^64)" * 40,
        "+".join(f"sin({i}x)" for i in range(900)),
        "x/" * 900 + "x",
        "*".join(["sin(x)"] * 600),
        "f(run, nan, where) = run^3",
        "f(exp) = exp^3",
        "f(e) = e^3",
        "x^3 if x else 1",
        "__import__('os').system('true')",
        "(lambda: 0)() + x",
        "x.__class__",
    ],
    ids=lambda text: text[:20],
)
def test_an_awkward_text_is_no_fault(text: str) -> None:
    assert used(text)


def test_numbers_that_no_power_can_take_are_pointed_at() -> None:
    with pytest.raises(TextError):
        read("9^9^9^9 x^3")


def test_the_watch_hears_what_python_compiles() -> None:
    guard = Guard()
    guard.on = True
    eval("1")
    guard.on = False
    assert len(guard.events) == 2  # compile, exec
    assert guard.events[0].startswith("compile")
