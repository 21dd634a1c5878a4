"""A tape folds constants, keeps what is the same once, and has the same bits in every back end."""

import math

import numpy as np
import pytest

from optviz.tape import MOST, NAMES, Builder, TooLong, Undefined, gradient, program

UNARY = ("neg", "sqrt", "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh")
POINTS = np.concatenate([np.linspace(0.013, 0.97, 37), [0.0, 1.0, -0.5, 1e300, -1e300, np.inf]])


def test_constants_are_folded() -> None:
    build = Builder()
    six = build.apply("mul", build.constant(2.0), build.constant(3.0))
    assert build.value(six) == 6.0


def test_what_occurs_twice_is_computed_once() -> None:
    build = Builder()
    x, y = build.input(0), build.input(1)
    assert build.apply("add", x, y) == build.apply("add", y, x)
    assert build.apply("sin", x) == build.apply("sin", x)


@pytest.mark.parametrize(
    ("name", "neutral"), [("add", 0.0), ("sub", 0.0), ("mul", 1.0), ("div", 1.0)]
)
def test_a_neutral_number_costs_nothing(name: str, neutral: float) -> None:
    build = Builder()
    x = build.input(0)
    assert build.apply(name, x, build.constant(neutral)) == x


@pytest.mark.parametrize(
    ("power", "operations"), [(1, []), (2, ["mul"]), (4, ["mul"] * 2), (0.5, ["sqrt"])]
)
def test_powers_are_products_and_roots(power: float, operations: list[str]) -> None:
    build = Builder()
    place = build.power(build.input(0), build.constant(float(power)))
    assert [op.name for op in build.tape([place]).ops if op.args] == operations


@pytest.mark.parametrize("power", [-3.0, -0.5, 1.5, 7.0, 64.0, 0.3, 65.0])
def test_a_power_is_that_of_the_math_library(power: float) -> None:
    build = Builder()
    run = program(build.tape([build.power(build.input(0), build.constant(power))]), single=True)
    assert run([1.7])[0] == pytest.approx(1.7**power, rel=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_single_numbers_and_arrays_have_the_same_bits(name: str) -> None:
    build = Builder()
    places = [build.input(i) for i in range(1 if name in (*UNARY, "tanh", "abs", "sign") else 2)]
    places = [build.apply("less", *places), *places] if name == "where" else places
    tape = build.tape([build.apply(name, *places)])
    x, y = POINTS, POINTS[::-1].copy()
    with np.errstate(all="ignore"):
        many = np.broadcast_to(program(tape)([x, y])[0], x.shape)
        alone = [
            program(tape, single=True)(list(pair))[0]
            for pair in zip(x.tolist(), y.tolist(), strict=True)
        ]
    assert np.array_equal(alone, many, equal_nan=True)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"where", "less", "equal", "mod", "sign"}))
def test_a_derivative_is_that_of_a_complex_step(name: str) -> None:
    build = Builder()
    two = name in ("add", "sub", "mul", "div", "pow", "min", "max")
    x, y = build.input(0), build.input(1)
    place = build.apply(name, x, y) if two else build.apply(name, x)
    exact = program(build.tape(gradient(build, place, (0, 1))), single=True)([0.37, 0.61])
    for i in range(2):
        assert exact[i] == pytest.approx(_slope(name, two, i), rel=1e-12)


def _slope(name: str, two: bool, i: int) -> float:
    """∂/∂xᵢ at (0.37, 0.61), by a step of 1e-30 along the imaginary axis (Squire & Trapp 1998)."""
    z = [0.37 + 0j, 0.61 + 0j]
    if name in ("min", "max", "abs"):
        return float(i == {"min": 0, "max": 1, "abs": 0}[name])
    z[i] += 1e-30j
    functions = {"neg": np.negative, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan}
    binary = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}
    binary["pow"] = np.power
    found = binary[name](*z) if two else functions.get(name, getattr(np, name, None))(z[0])  # type: ignore[misc]
    return float(np.imag(found)) / 1e-30


def test_a_strict_builder_refuses_what_has_no_value() -> None:
    build = Builder(strict=True)
    with pytest.raises(Undefined, match="log has no value at -1"):
        build.apply("log", build.constant(-1.0))
    with pytest.raises(Undefined, match="divided by zero"):
        build.apply("div", build.input(0), build.constant(0.0))
    assert math.isnan(program_of_log())


def program_of_log() -> float:
    build = Builder()
    place = build.apply("log", build.constant(-1.0))
    return float(program(build.tape([place]), single=True)([])[0])


def test_a_tape_has_a_longest_length() -> None:
    build = Builder()
    with pytest.raises(TooLong):
        for i in range(MOST + 1):
            build.input(i)
