"""A Python function is an objective: traced and exact, or called with the derivatives it has."""

import math
import warnings
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import objectives
from optviz.arrays import Array
from optviz.errors import BadValue, NoEffect, Unfit

X = np.array([[0.3, -0.7], [1.2, 0.4]])


def rosenbrock(x: Array) -> float:
    return float(100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2)


@pytest.mark.parametrize(
    ("f", "text"),
    [
        (lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2, "rosenbrock"),
        (lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, "himmelblau"),
        (lambda x: 0.1 * x[0] ** 2 + 2 * x[1] ** 2, "d2l"),
        (lambda x: np.sum(np.cosh(x) - np.exp(-x)), "cosh(x1)-exp(-x1)+cosh(x2)-exp(-x2)"),
        (lambda x: x @ np.array([[2.0, 1], [1, 3]]) @ x + (x**3).sum(),
         "2x1^2 + 2x1x2 + 3x2^2 + x1^3 + x2^3"),
        (lambda x: np.maximum(x[0], x[1]) ** 2 + abs(x[0]), "max(x1,x2)^2 + |x1|"),
    ],
)  # fmt: skip
def test_a_function_of_numpy_is_as_exact_as_its_text(f: object, text: str) -> None:
    found, wanted = optviz.objective(f), objectives.read(text)
    assert found.value(X) == pytest.approx(wanted.value(X), rel=1e-13)
    assert found.grad(X) == pytest.approx(wanted.grad(X), rel=1e-13)
    assert np.broadcast_to(found.hessian(X), (2, 2, 2)) == pytest.approx(
        np.broadcast_to(wanted.hessian(X), (2, 2, 2)), rel=1e-13, abs=1e-13
    )


def test_a_quadratic_is_known_as_one() -> None:
    assert optviz.objective(lambda x: 0.1 * x[0] ** 2 + 2 * x[1] ** 2) == objectives.read("d2l")


@pytest.mark.parametrize(
    ("f", "dim"),
    [
        (lambda x: x * np.cos(np.pi * x), 1),
        (lambda x: x[0] ** 4 + x[2] ** 2, 3),
        (lambda w, b: (w - 1) ** 4 + b**2, 2),
        (lambda x: np.sum(x**4), 2),
    ],
)
def test_the_number_of_coordinates_is_found(f: object, dim: int) -> None:
    assert optviz.objective(f).dim == dim


def test_the_start_tells_it_where_any_number_will_do() -> None:
    run = optviz.run(lambda x: np.sum(x**4), "gd", eta=0.01, start=(1, 2, 3, 4), steps=2)
    assert run.dim == 4


def test_names_of_arguments_are_those_of_coordinates() -> None:
    assert optviz.objective(lambda w, b: (w - 1) ** 4 + b**2).names == ("w", "b")


def test_a_branch_is_followed_both_ways() -> None:
    f = optviz.objective(lambda x: x[0] ** 2 if x[0] > 0 else 3 * x[0] ** 2 + x[1] ** 4)
    assert f.value(np.array([[2.0, 1.0], [-2.0, 1.0]])).tolist() == [4.0, 13.0]
    assert f.grad(np.array([[2.0, 1.0], [-2.0, 1.0]])).tolist() == [[4, 0], [-12, 4]]


def hill(x: float, y: float) -> float:
    return math.sin(x) * math.cos(y) + 0.1 * x * x


def test_another_function_has_central_differences_and_it_is_said() -> None:
    with pytest.warns(optviz.OptvizWarning, match="central differences, to about 9 digits"):
        found = optviz.objective(hill)
    wanted = objectives.read("sin(x)cos(y) + 0.1x^2")
    assert found.value(X) == pytest.approx(wanted.value(X), rel=1e-13)
    assert found.grad(X) == pytest.approx(wanted.grad(X), rel=1e-8)
    assert found.hessian(X) == pytest.approx(wanted.hessian(X), rel=1e-4, abs=1e-5)


def test_a_gradient_of_ones_own_is_used() -> None:
    def grad(x: float, y: float) -> list[float]:
        return [math.cos(x) * math.cos(y) + 0.2 * x, -math.sin(x) * math.sin(y)]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = optviz.objective(hill, grad)
    wanted = objectives.read("sin(x)cos(y) + 0.1x^2")
    assert found.grad(X) == pytest.approx(wanted.grad(X), rel=1e-14)
    assert found.hessian(X) == pytest.approx(wanted.hessian(X), rel=1e-8)


def test_it_is_drawn_and_run_as_any_other() -> None:
    def grad(x: float, y: float) -> tuple[float, float]:
        return math.cos(x) * math.cos(y) + 0.2 * x, -math.sin(x) * math.sin(y)

    f = optviz.objective(hill, grad)
    run = optviz.run(f, "gd", eta=0.1, start=(2, 2), steps=30)
    text = optviz.run("sin(x)cos(y) + 0.1x^2", "gd", eta=0.1, start=(2, 2), steps=30)
    assert run.x == pytest.approx(text.x, rel=1e-12)
    assert "hill(x, y)" in optviz.trace(f, "gd", eta=0.1, start=(2, 2), steps=5).alt
    assert optviz.rates(f, "gd", eta=0.1, start=(2, 2), steps=5).facts


def test_two_functions_of_one_name_stay_apart() -> None:
    def f(x: float) -> float:
        return math.cosh(x)

    one = optviz.objective(f, lambda x: [math.sinh(x)])

    def f(x: float) -> float:  # type: ignore[no-redef]
        return math.exp(x)

    other = optviz.objective(f, lambda x: [math.exp(x)])
    assert one.text != other.text or one.key == other.key
    assert float(one.value(np.array([1.0]))) == math.cosh(1)
    assert float(other.value(np.array([1.0]))) == math.e


def test_a_text_of_a_function_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unfit, match=r"python.nobody. is a function of a Python program"):
        optviz.trace("python(nobody)", "gd")


@pytest.mark.parametrize("f", [lambda: 0, lambda x: "text", lambda x: [1, 2], lambda x: 1 / 0])
def test_what_is_no_function_of_x_is_refused(f: object) -> None:
    with pytest.raises(BadValue, match="a function of an array x, of floats, is wanted"):
        optviz.objective(f)


def test_derivatives_of_a_text_are_refused() -> None:
    with pytest.raises(NoEffect, match="of a Python function, and this is none"):
        optviz.objective("d2l", grad=lambda x: x)


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(Unfit, match="shape"):
        optviz.objective(hill, lambda x, y: [1.0])


def test_a_function_of_torch_has_the_gradient_of_torch() -> None:
    torch = pytest.importorskip("torch")

    def f(x: Any) -> Any:
        return (1 - x[0]) ** 2 + torch.exp(x[0] * x[1])

    found, wanted = optviz.objective(f), objectives.read("(1-x)^2 + exp(x y)")
    assert found.grad(X) == pytest.approx(wanted.grad(X), rel=1e-13)
    assert found.hessian(X) == pytest.approx(wanted.hessian(X), rel=1e-13)


def test_a_function_of_jax_has_the_gradient_of_jax() -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)

    def f(x: Any) -> Any:
        return (1 - x[0]) ** 2 + jax.numpy.exp(x[0] * x[1])

    found, wanted = optviz.objective(f), objectives.read("(1-x)^2 + exp(x y)")
    assert found.grad(X) == pytest.approx(wanted.grad(X), rel=1e-13)
    assert found.hessian(X) == pytest.approx(wanted.hessian(X), rel=1e-13)
