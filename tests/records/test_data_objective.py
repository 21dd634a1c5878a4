"""A record of a run on a table carries the table, so that it is drawn without it."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import objectives, optimizers, records
from optviz.errors import BadFile
from optviz.objectives import Model
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

GALLERY = Path(__file__).parents[2] / "gallery"
CASES = [
    ("tumours.csv", Model("kind", True, True, 0.1, "logistic")),
    ("iris.csv", Model("species", False, True, 0.0, "softmax")),
    ("diabetes.csv", Model("progression", True, False, 0.0, "huber(30)")),
]


def walked(name: str, model: Model) -> Trajectory:
    f = objectives.read(f"@{GALLERY / name}", model=model)
    return Walk(f, optimizers.read("gd:eta=0.1"), np.zeros((1, f.dim)), 3).run()


def written(run: Trajectory, form: str = "jsonl") -> bytes:
    stream = io.BytesIO()
    if form == "npz":
        records.write(stream, form, [run])
        return stream.getvalue()
    text = io.StringIO()
    records.write(text, form, [run])
    return text.getvalue().encode()


@pytest.mark.parametrize(("name", "model"), CASES, ids=str)
@pytest.mark.parametrize("form", ["jsonl", "npz"])
def test_the_objective_is_read_back(name: str, model: Model, form: str) -> None:
    run = walked(name, model)
    (again,) = records.read(written(run, form), f"a.{form}")
    assert run.objective is not None
    assert again.objective is not None
    assert again.objective == run.objective
    assert again.objective.names == run.objective.names
    assert np.array_equal(again.f, run.f)
    assert again.objective.formula("plain") == run.objective.formula("plain")


def test_a_large_table_is_left_out_and_wanted_with_f(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optviz.objectives.linear_model._MOST_NUMBERS", 100)
    run = walked(*CASES[0])
    line = written(run)
    assert len(line) < 3000
    (again,) = records.read(line, "a.jsonl")
    assert again.objective is None
    assert run.objective is not None
    assert again.names == run.objective.names
    assert np.array_equal(again.x, run.x)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"loss": "hinge"}, 'objective: loss: "hinge" given, a loss such as logistic is wanted'),
        ({"loss": 3}, "loss: 3 given, a text is wanted"),
        ({"y": [0.0]}, "objective: y: 1 numbers given, one for each row of X is wanted"),
        ({"y": [0.0, 2.0]}, "those of the classes, from 0, are wanted"),
        ({"X": [[1.0], [None]]}, "a number that is not finite given"),
        ({"X": [[1.0, 2.0], [1.0, 2.0]]}, "objective: X: 2 columns given, x has 1 coordinates"),
        ({"X": "a"}, "a list of lists of numbers is wanted"),
        ({"l2": -1}, "finite numbers are wanted"),
        ({"classes": "ab"}, "a list of names is wanted"),
        ({"classes": []}, "those of the classes, from 0, are wanted"),
    ],
)
def test_a_table_that_is_none_is_refused(change: dict[str, Any], sentence: str) -> None:
    good = {"loss": "logistic", "classes": ["a", "b"], "X": [[1.0], [2.0]], "y": [0.0, 1.0]}
    record = {"x": [[1.0], [2.0]], "objective": good | change}
    with pytest.raises(BadFile) as caught:
        records.read(json.dumps(record).encode(), "a.jsonl")
    assert sentence in str(caught.value)
