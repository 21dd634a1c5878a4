"""Targets of classifications: numbers or words, which is said, and what is refused."""

from typing import Any

import numpy as np
import pytest

from optviz import notes
from optviz.errors import BadFile, OptvizError, TextError, Unfit, UnknownName
from optviz.objectives import Model, Objective, read

HEAD = "a,b,kind\n"


def of(labels: list[str], loss: str = "logistic", **options: Any) -> tuple[Objective, list[str]]:
    """The objective of a table with these labels, and the notes."""
    rows = [f"{i % 3},{i * i % 5},{label}" for i, label in enumerate(labels)]
    with notes.collected() as noted:
        model = Model("kind", loss=loss, **options)
        f = read("\n".join(["@t.csv", HEAD.strip(), *rows, ""]), model=model)
    return f, list(noted)


def classes(f: Objective) -> tuple[tuple[str, ...], list[float]]:
    assert f.data is not None
    return f.data.classes, f.data.y.tolist()


@pytest.mark.parametrize(
    ("labels", "numbers", "note"),
    [
        (["0", "1", "1"], [0, 1, 1], ""),
        (["-1", "1", "-1"], [0, 1, 0], ""),
        (["1.0", "0.0", "1"], [1, 0, 1], ""),
        (["1", "2", "2"], [0, 1, 1], "2 is read as 1 and 1 as 0"),
        (["2.5", "0.5", "2.5"], [1, 0, 1], "2.5 is read as 1 and 0.5 as 0"),
        (["no", "yes", "no"], [0, 1, 0], "yes is read as 1 and no as 0"),
        (["true", "false", "true"], [1, 0, 1], "true is read as 1 and false as 0"),
        (['"a, b"', "c", "c"], [0, 1, 1], "c is read as 1 and a, b as 0"),
        (["1", "x", "x"], [0, 1, 1], "x is read as 1 and 1 as 0"),
    ],
)
def test_of_two_classes_it_is_said_which_is_1(
    labels: list[str], numbers: list[int], note: str
) -> None:
    f, noted = of(labels)
    assert classes(f)[1] == numbers
    assert noted == ([f"t.csv: in column kind, {note}"] if note else [])


def test_the_softmax_numbers_classes_in_order_and_names_its_weights() -> None:
    f, noted = of(["setosa", "virginica", "versicolor", "setosa"], "softmax", intercept=True)
    assert classes(f) == (("setosa", "versicolor", "virginica"), [0, 2, 1, 0])
    assert f.names[:4] == ("a.setosa", "a.versicolor", "a.virginica", "b.setosa")
    assert f.names[-1] == "intercept.virginica"
    assert noted == []
    f, _ = of(["10", "9", "-3"], "softmax")
    assert classes(f) == (("-3", "9", "10"), [2, 1, 0])


def test_words_need_no_header_and_the_target_may_be_a_number() -> None:
    text = "@iris.data\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,virginica\n"
    f = read(text, model=Model("3", loss="softmax"))
    assert classes(f)[0] == ("setosa", "versicolor", "virginica")
    assert f.dim == 6


def test_the_numbers_beside_words_are_the_same_as_without() -> None:
    words, numbers = of(["no", "yes", "yes", "no"])[0], of(["0", "1", "1", "0"])[0]
    assert words == numbers
    assert np.array_equal(words.grad(np.ones(2)), numbers.grad(np.ones(2)))


@pytest.mark.parametrize(
    ("labels", "loss", "sentence"),
    [
        (["a", "b", "c"], "logistic", "column kind has 3 values (a, b, c), and logistic takes two"),
        (["a", "b", "c"], "logistic", "takes two classes; write --loss softmax for more"),
        (["a", "a", "a"], "logistic", "is a in every row; logistic wants two classes"),
        (["1", "1", "1"], "softmax", "is 1 in every row; softmax wants two classes"),
        (["1", "1.5", "2"], "softmax", "holds numbers such as 1.5, which are no classes"),
        (["a", "", "b"], "logistic", "line 3: column kind: a value is missing"),
        (["a", "NA", "b"], "softmax", "line 3: column kind: a value is missing (NA)"),
        (["a", "b", "a"], "squares", "is text ('a'), and squares takes numbers; write --loss log"),
        (["a", "b", "c"], "huber(2)", "and huber takes numbers; write --loss softmax for classes"),
        ([f"k{i}" for i in range(501)], "softmax", "2 features × 501 classes are 1002 weights;"),
        ([str(i) for i in range(40)], "logistic", "leave --loss out to fit numbers"),
    ],
)
def test_what_are_no_classes_of_the_loss_is_refused(
    labels: list[str], loss: str, sentence: str
) -> None:
    with pytest.raises(BadFile) as caught:
        of(labels, loss)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_columns_of_words_are_refused_as_ever() -> None:
    text = f"@t.csv\n{HEAD}x,1,no\ny,2,yes\n"
    with pytest.raises(BadFile, match="column a is text"):
        read(text, model=Model("kind", loss="logistic"))
    with pytest.raises(Unfit, match="--target says which column is explained: a, b, kind"):
        read(text, model=Model(loss="logistic"))


@pytest.mark.parametrize(
    ("loss", "kind", "sentence"),
    [
        ("", TextError, "a name is wanted here"),
        ("huber(", TextError, "a value is wanted here"),
        ("huber(0)", TextError, "0 < delta is wanted"),
        ("huber(-1)", TextError, "0 < delta is wanted"),
        ("huber(1,2)", TextError, "huber takes at most 1 values: delta"),
        ("huber(nan)", TextError, "delta is a number"),
        ("logistic(1)", TextError, "logistic takes no values"),
        ("logistic@torch", TextError, "a loss such as huber(1.5) is wanted"),
        ("mse", UnknownName, "write squares"),
        ("MSELoss", UnknownName, "write squares"),
        ("squared_error", UnknownName, "write squares"),
        ("smooth_l1", UnknownName, "write huber"),
        ("HuberT", UnknownName, "write huber"),
        ("BCEWithLogitsLoss", UnknownName, "write logistic"),
        ("Logit", UnknownName, "write logistic"),
        ("cross_entropy", UnknownName, "write softmax"),
        ("MNLogit", UnknownName, "write softmax"),
        ("logistik", UnknownName, "did you mean logistic?"),
    ],
)
def test_another_loss_is_answered(loss: str, kind: type[OptvizError], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        of(["0", "1"], loss)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("loss", ["squares", "Squares", " squares "])
def test_least_squares_stay_a_quadratic(loss: str) -> None:
    assert of(["0", "1", "2"], loss)[0].quadratic is not None
