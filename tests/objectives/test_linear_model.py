"""Losses of tables against scikit-learn and statsmodels, recorded by `recorded/make_losses.py`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import Model, Objective, read

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/recorded/losses.json").read_text(encoding="utf-8"))["cases"]
EPS = float(np.finfo(float).eps)


def name(case: Any) -> str:
    on = [key for key in ("standardize", "intercept", "l2") if case["options"][key]]
    return " ".join([case["options"]["loss"], *on])


def of_file(case: Any) -> Objective:
    return read(f"@{ROOT / 'gallery' / case['file']}", model=Model(**case["options"]))


def table(X: Array, y: Any, **options: Any) -> Objective:
    """The objective of features and a target."""
    names = ",".join([*(f"a{i}" for i in range(X.shape[1])), "y"])
    rows = [
        ",".join([*map(repr, row), str(label)]) for row, label in zip(X.tolist(), y, strict=True)
    ]
    return read("\n".join(["@inline.csv", names, *rows, ""]), model=Model("y", **options))


def terms(f: Objective, w: Array) -> float:
    """The size of the terms that a gradient is the sum of, and of their own terms."""
    return float(f.rounding(w[None])[0]) / (4 * EPS)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_value_gradient_and_hessian_are_those_of_the_libraries(case: Any) -> None:
    f = of_file(case)
    curved = np.abs(f.hessian(np.zeros(f.dim))).max()
    for at in case["at"]:
        w = np.array(at["w"])
        value, grad = f.value_and_grad(w)
        assert value == pytest.approx(at["f"], rel=1e-13)
        assert f.value(w) == value
        assert np.abs(grad - at["grad"]).max() <= 1e-13 * terms(f, w)
        if at["H"] is not None:
            assert np.abs(f.hessian(w) - at["H"]).max() <= 1e-13 * (curved + np.abs(at["H"]).max())


@pytest.mark.parametrize("case", [case for case in CASES if case["minimum"]], ids=name)
def test_the_minimum_is_where_the_libraries_end(case: Any) -> None:
    f, w = of_file(case), np.array(case["minimum"])
    assert f.minimiser == pytest.approx(w, rel=1e-9, abs=1e-9)
    assert f.minimum is not None
    assert f.minimum <= f.value(w) * (1 + 4 * EPS)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_gradient_at_the_minimum_is_rounding(case: Any) -> None:
    f = of_file(case)
    if case["options"]["loss"] == "softmax" and not case["options"]["l2"]:
        assert f.minimiser is None  # setosa can be told from the others
        return
    assert f.minimiser is not None
    assert np.linalg.norm(f.grad(f.minimiser)) <= 16 * EPS * terms(f, f.minimiser)


LOSSES = ("logistic", "softmax", "huber(0.7)")


def drawn(seed: int, loss: str, n: int = 30, features: int = 3, **options: Any) -> Objective:
    """Rows drawn at random, whose classes overlap."""
    draw = np.random.default_rng(seed)
    X, many = draw.normal(size=(n, features)), 3 if loss == "softmax" else 2
    y = draw.normal(size=n) if "huber" in loss else draw.integers(0, many, n)
    return table(X, y.tolist(), loss=loss, **options)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_row_has_the_same_bits_alone_and_in_a_batch(loss: str) -> None:
    f = drawn(1, loss, intercept=True)
    w = np.random.default_rng(2).normal(size=(5000, f.dim))
    values, grads = f.value_and_grad(w)
    assert np.array_equal(f.value(w.reshape(50, 100, f.dim)).ravel(), values)
    for i in (0, 1, 4999):
        value, grad = f.value_and_grad(w[i : i + 1])
        assert (value[0], grad[0].tolist()) == (values[i], grads[i].tolist())
        assert np.array_equal(f.hessian(w[i]), f.hessian(w[: i + 1])[i])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scale", [1e4, 1e200])
def test_large_outputs_neither_overflow_nor_lose_the_gradient(loss: str, scale: float) -> None:
    f = table(np.array([[1.0], [-2.0], [0.5]]), [0, 1, 1], loss=loss)
    w = np.full((1, f.dim), scale)
    if loss == "softmax":
        w[0, 0] = 0.0
    with np.errstate(all="raise", under="ignore"):
        value, grad = f.value_and_grad(w)
        H = f.hessian(w)
    # the second row is wrong for w > 0 by a margin of 2w, the first by one of w
    wrong = {"logistic": 1.0, "softmax": 1.0, "huber(0.7)": 0.7 * 3.5 / 3}[loss]
    assert value[0] == pytest.approx(scale * wrong, rel=1e-3)
    assert np.abs(grad).max() == pytest.approx(wrong, rel=1e-9)
    assert np.abs(H).max() == 0.0


def test_the_logistic_loss_keeps_its_digits_where_it_is_small() -> None:
    f = table(np.array([[1.0], [-1.0]]), [1, 0], loss="logistic")
    for margin in (40.0, 300.0, 700.0):  # log(1 + e⁻ᵐ) = e⁻ᵐ to 17 digits
        value, grad = f.value_and_grad(np.array([margin]))
        assert value == pytest.approx(np.exp(-margin), rel=1e-15)
        assert grad[0] == pytest.approx(-np.exp(-margin), rel=1e-15)


def test_the_softmax_of_two_classes_is_the_logistic_loss_of_their_difference() -> None:
    draw = np.random.default_rng(3)
    X, y = draw.normal(size=(20, 2)), draw.integers(0, 2, 20).tolist()
    one, two = table(X, y, loss="logistic"), table(X, y, loss="softmax")
    w = draw.normal(size=(2, 2))  # feature × class
    assert two.names == ("a0.0", "a0.1", "a1.0", "a1.1")
    assert two.value(w.ravel()) == pytest.approx(one.value(w[:, 1] - w[:, 0]), rel=1e-14)
    for margin in (50.0, -50.0, 700.0):  # digits of both tails
        ahead = np.array([0.0, margin, 0.0, 0.0])
        away = np.array([margin, 0.0])
        assert two.value(ahead) == pytest.approx(one.value(away), rel=1e-14)
        assert two.grad(ahead)[1] == pytest.approx(one.grad(away)[0], rel=1e-14)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(LOSSES), st.sampled_from([0.0, 1e-6, 0.3]))
def test_the_gradient_vanishes_at_every_minimum(seed: int, loss: str, l2: float) -> None:
    f = drawn(seed, loss, n=12, features=2, intercept=seed % 2 > 0, l2=l2)
    if f.minimiser is None:
        assert loss != "huber(0.7)"
        assert l2 == 0
        return
    assert np.linalg.norm(f.grad(f.minimiser)) <= 32 * EPS * terms(f, f.minimiser)
    near = f.minimiser + 1e-4 * np.random.default_rng(seed).normal(size=(200, f.dim))
    assert f.value(near).min() >= (f.minimum or 0.0) * (1 - 4 * EPS)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 3))
def test_classes_that_can_be_told_apart_have_no_minimum(seed: int, many: int) -> None:
    draw = np.random.default_rng(seed)
    X = draw.normal(size=(15, 2))
    y = (X @ draw.normal(size=(2, many))).argmax(axis=1)
    loss = "softmax" if many > 2 else "logistic"
    if len(set(y.tolist())) < 2:
        return
    f = table(X, y.tolist(), loss=loss)
    assert f.minimiser is None
    assert not f.has_minimum
    with pytest.raises(Unfit, match="can be told apart, so that without --l2 the loss has no min"):
        f.gap(np.zeros(f.dim))
    assert table(X, y.tolist(), loss=loss, l2=1e-3).minimiser is not None


def test_the_gap_keeps_its_digits_near_the_minimum() -> None:
    f = table(np.array([[1.0], [1.0]]), [0, 1], loss="logistic")  # f − f* = log cosh(w/2)
    w = np.array([[2.0], [1e-2], [1e-4], [1e-6], [1e-9], [0.0]])
    exact = np.log1p(2 * np.sinh(w[:, 0] / 4) ** 2)
    assert f.gap(w) == pytest.approx(exact, rel=1e-6, abs=0.0)
    assert f.gap(w[4]) == pytest.approx(exact[4], rel=1e-12)


def test_classes_that_one_feature_tells_apart_in_part_have_no_minimum() -> None:
    X = np.array([[0.0, 1], [0, 1], [0, -1], [0, -1], [1, 0], [2, 0]])  # a0 only where y is 1
    assert table(X, [0, 1, 0, 1, 1, 1], loss="logistic").minimiser is None
    assert table(X[:4], [0, 1, 1, 1], loss="logistic").minimiser is not None


def test_columns_that_depend_on_each_other_have_the_minimum_of_least_norm() -> None:
    draw = np.random.default_rng(5)
    X, y = draw.normal(size=(30, 1)), draw.integers(0, 2, 30).tolist()
    single = table(X, y, loss="logistic").minimiser
    double = table(np.column_stack([X, 2 * X]), y, loss="logistic").minimiser
    assert single is not None
    assert double == pytest.approx(single * np.array([0.2, 0.4]), rel=1e-12)


def test_huber_of_a_large_threshold_is_least_squares_and_of_a_small_one_the_median() -> None:
    y = [1.0, 2.0, 4.0, 8.0, 1e6]
    X = np.ones((5, 1))
    squares = table(X, y)
    wide, narrow = table(X, y, loss="huber(1e9)"), table(X, y, loss="huber(1e-6)")
    assert wide.minimiser == pytest.approx(squares.minimiser, rel=1e-12)
    assert wide.minimum == pytest.approx(squares.minimum, rel=1e-12)
    assert narrow.minimiser == pytest.approx(np.array([4.0]), abs=2e-6)


def test_a_plane_of_it_is_the_function_on_that_plane() -> None:
    f = drawn(7, "softmax", l2=0.1)
    assert f.minimiser is not None
    draw = np.random.default_rng(8)
    axes = np.linalg.qr(draw.normal(size=(f.dim, 2)))[0]
    cut, z = f.restricted(f.minimiser, axes), draw.normal(size=(4, 2))
    x = f.minimiser + z @ axes.T
    assert cut.value(z) == pytest.approx(f.value(x), rel=1e-14)
    assert cut.grad(z) == pytest.approx(f.grad(x) @ axes, rel=1e-12)
    assert cut.hessian(z[0]) == pytest.approx(axes.T @ f.hessian(x[0]) @ axes, rel=1e-12)
    assert cut.minimiser == pytest.approx(np.zeros(2), abs=1e-12)
    assert f.restricted(f.minimiser + 1, axes).minimiser is None
    assert cut.restricted(np.zeros(2), np.eye(2)) != cut.restricted(np.ones(2), np.eye(2))


def test_objectives_are_told_apart_by_table_loss_and_penalty() -> None:
    same = drawn(1, "huber(0.7)")
    assert same == drawn(1, "huber(delta=0.7)")
    others = [drawn(2, "huber(0.7)"), drawn(1, "huber(0.8)"), drawn(1, "huber(0.7)", l2=0.1)]
    assert all(same != other for other in others)


@pytest.mark.parametrize("loss", LOSSES)
def test_its_formula_says_loss_penalty_and_size(loss: str) -> None:
    f = drawn(1, loss, l2=0.1)
    formula = {
        "logistic": "Σ log(1 + e^(−yᵢxᵢᵀw))/n",
        "softmax": "Σ (log Σₖ e^(xᵢᵀwₖ) − xᵢᵀw_yᵢ)/n",
        "huber(0.7)": "Σ H(xᵢᵀw − yᵢ; 0.7)/n",
    }[loss]
    assert f.formula("plain") == f"f(w) = {formula} + 0.05‖w‖², n = 30"
    assert f.formula("latex").endswith(r" + 0.05\,\Vert w\Vert^2,\ n = 30")
