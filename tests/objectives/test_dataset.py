"""A table with a target is a least-squares problem: the one that numpy.linalg.lstsq solves."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optviz.arrays import Array
from optviz.errors import BadFile, BadValue, OptvizError, Unfit, UnknownName
from optviz.objectives import Model, Quadratic, read
from optviz.objectives.dataset import dataset
from optviz.objectives.dataset_file import Table

DIABETES = Path(__file__).parents[2] / "gallery" / "diabetes.csv"
FORMS = [
    Model("y", standardize=s, intercept=i, l2=l2)
    for s in (False, True)
    for i in (False, True)
    for l2 in (0.0, 0.1)
]


def least_squares(values: Array, model: Model) -> Quadratic:
    """The quadratic of a table whose last column is y."""
    names = ",".join([*(f"a{i}" for i in range(values.shape[1] - 1)), "y"])
    rows = "\n".join(",".join(map(repr, row)) for row in values.tolist())
    return read(f"@inline.csv\n{names}\n{rows}\n", model=model)


def solved(values: Array, model: Model) -> tuple[Array, float]:
    """The weights by numpy.linalg.lstsq, with rows √(n·l2) added for the penalty, and their f."""
    X, y = values[:, :-1], values[:, -1]
    if model.standardize:
        X = (X - X.mean(axis=0)) / X.std(axis=0)
    penalty = np.full(X.shape[1], model.l2)
    if model.intercept:
        X, penalty = np.column_stack([X, np.ones(len(X))]), np.append(penalty, 0.0)
    rows = np.vstack([X, np.diag(np.sqrt(len(y) * penalty))])
    w = np.linalg.lstsq(rows, np.append(y, np.zeros(len(penalty))), rcond=1e-13)[0]
    return w, float(np.mean((X @ w - y) ** 2) / 2 + penalty @ w**2 / 2)


@pytest.mark.parametrize("model", FORMS, ids=str)
def test_the_minimiser_on_diabetes_is_that_of_lstsq(model: Model) -> None:
    values = np.loadtxt(DIABETES, delimiter=",", skiprows=4)
    w, least = solved(values, model)
    q = least_squares(values, model)
    assert q.minimiser == pytest.approx(w, rel=1e-10, abs=1e-10)
    assert q.minimum == pytest.approx(least, rel=1e-10)
    assert q.value(np.zeros(q.dim)) == pytest.approx(np.mean(values[:, -1] ** 2) / 2)


@settings(max_examples=60)
@example(seed=233, n=2, features=2, model=FORMS[4])  # two rows, standardised: all columns are one
@example(seed=6590, n=2, features=2, model=FORMS[4])  # one column is nearly constant
@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 6), st.sampled_from(FORMS))
def test_the_minimiser_of_any_table_is_that_of_lstsq(
    seed: int, n: int, features: int, model: Model
) -> None:
    values = np.random.default_rng(seed).normal(size=(n, features + 1))
    w, least = solved(values, model)
    q = least_squares(values, model)
    size = 1 + np.abs(w).max()
    assert np.abs(q.minimiser - w).max() < 1e-10 * size  # type: ignore[operator]
    assert q.minimum == pytest.approx(least, rel=1e-9, abs=1e-12)
    assert np.array_equal(q.Q, q.Q.T)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from(FORMS))
def test_values_and_gradients_are_those_of_the_rows(seed: int, model: Model) -> None:
    draw = np.random.default_rng(seed)
    q = least_squares(draw.normal(size=(15, 4)), model)
    assert q.data is not None
    w = draw.normal(size=q.dim)
    away = q.data.X @ w - q.data.y
    penalty = np.where(np.array(q.names) == "intercept", 0.0, model.l2)
    assert q.value(w) == pytest.approx(away @ away / 30 + penalty @ w**2 / 2, rel=1e-12)
    assert q.grad(w) == pytest.approx(q.data.X.T @ away / 15 + penalty * w, rel=1e-10, abs=1e-12)


def test_standardised_columns_have_mean_0_and_deviation_1_and_the_target_stays() -> None:
    q = read(f"@{DIABETES}", model=Model("progression", standardize=True, intercept=True))
    assert q.data is not None
    X, y = q.data.X, q.data.y
    assert np.abs(X[:, :-1].mean(axis=0)).max() < 1e-14
    assert X[:, :-1].std(axis=0) == pytest.approx(np.ones(10), rel=1e-14)
    assert X[:, -1].tolist() == [1.0] * 442
    assert (y.min(), y.max(), y.mean()) == (25, 346, pytest.approx(152.133484))
    assert q.names == ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6", "intercept")
    assert q.minimiser is not None
    assert q.minimiser[-1] == pytest.approx(y.mean(), rel=1e-13)


def test_huge_numbers_can_be_standardised() -> None:
    values = np.array([[1e200, 1.0], [-1e200, 2.0], [3e200, 4.0]])
    assert least_squares(values, Model("y", standardize=True)).Q[0, 0] == pytest.approx(1)
    with pytest.raises(BadFile, match="squares beyond floating point"):
        least_squares(values, Model("y"))


def test_columns_that_depend_on_each_other_have_the_solution_of_least_norm() -> None:
    q = least_squares(np.array([[1.0, 2, 1], [2, 4, 3], [3, 6, 2]]), Model("y"))
    assert (q.definite, q.kappa) == ("positive semi", np.inf)
    assert q.minimiser == pytest.approx(np.array([1.0, 2.0]) * 13 / 70)


def test_fewer_rows_than_columns_have_the_solution_of_least_norm() -> None:
    q = least_squares(np.array([[1.0, 2, 2, 9]]), Model("y"))
    assert q.minimiser == pytest.approx([1.0, 2.0, 2.0])
    assert q.minimum == pytest.approx(0.0, abs=1e-28)


TABLE = Table("d.csv", ("Age", "bmi", "x y", "3"), np.arange(12.0).reshape(3, 4) ** 2)


@pytest.mark.parametrize(
    ("target", "name"),
    [("bmi", "bmi"), ("age", "Age"), ("1", "Age"), ("x  y", "x y"), ("3", "3"), ("4", "3")],
)
def test_a_target_is_named_or_numbered(target: str, name: str) -> None:
    found = dataset(TABLE, Model(target))
    assert found.target == name
    assert found.names == tuple(n for n in TABLE.names if n != name)
    assert found.y.tolist() == TABLE.values[:, TABLE.names.index(name)].tolist()


@pytest.mark.parametrize(
    ("model", "kind", "sentence"),
    [
        (
            Model(),
            Unfit,
            "d.csv is a table: --target says which column is explained: Age, bmi, x y, 3; "
            "write --target 3, if that is the one",
        ),
        (
            Model("bmj"),
            UnknownName,
            "no column is called 'bmj' in d.csv; did you mean bmi? There are Age, bmi, x y, 3",
        ),
        (Model("9"), UnknownName, "no column is called '9' in d.csv; known: Age, bmi, x y, 3"),
        (Model("bmi", l2=-1.0), BadValue, "l2: -1 given, a finite number from 0 up is wanted"),
        (Model("bmi", l2=np.inf), BadValue, "l2: inf given, a finite number from 0 up is wanted"),
    ],
)
def test_a_model_that_cannot_be_is_told(
    model: Model, kind: type[OptvizError], sentence: str
) -> None:
    with pytest.raises(kind) as caught:
        dataset(TABLE, model)
    assert str(caught.value) == sentence


def test_a_constant_column_cannot_be_standardised() -> None:
    table = Table("d.csv", ("a", "b", "y"), np.array([[0.1, 1, 2], [0.1, 2, 1], [0.1, 3, 1]]))
    with pytest.raises(BadFile, match="a column that is the same in every row: a;"):
        dataset(table, Model("y", standardize=True))
    assert dataset(table, Model("y")).n == 3


def test_a_target_alone_has_its_mean_as_intercept_and_no_features_without() -> None:
    values = np.array([[1.0], [2.0], [6.0]])
    assert least_squares(values, Model("y", intercept=True)).minimiser == pytest.approx([3.0])
    with pytest.raises(BadFile, match="0 features"):
        least_squares(values, Model("y"))


def test_a_column_called_intercept_is_in_the_way_of_another() -> None:
    with pytest.raises(Unfit, match="has a column called intercept already"):
        read("@d.csv\nintercept,y\n1,2\n2,3", model=Model("y", intercept=True))


@pytest.mark.parametrize(
    ("asked", "flag"),
    [
        ({"target": "y"}, "--target"),
        ({"standardize": True}, "--standardize"),
        ({"intercept": True}, "--intercept"),
        ({"l2": 0.1}, "--l2"),
    ],
)
@pytest.mark.parametrize("text", ["d2l", "x1^2 + x2^2", "quadratic(eig=[1,2])", "@q.json"])
def test_what_is_asked_of_a_table_is_asked_of_nothing_else(
    text: str, asked: dict[str, Any], flag: str
) -> None:
    with pytest.raises(Unfit, match=f"{flag} is for a table, -f @data.csv; .* is none"):
        read(text, model=Model(**asked))


def test_features_cannot_be_turned() -> None:
    with pytest.raises(Unfit, match=r"--rotate: the coordinates of @d\.csv are its features"):
        read("@d.csv\na,b,y\n1,2,3\n4,5,7", model=Model("y"), rotate=30)
