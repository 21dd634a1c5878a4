"""The log of a training: read back, and what is no such log."""

import json

import numpy as np
import pytest

from optviz import notes, records
from optviz.errors import BadFile

HEAD = {
    "optviz": 1,
    "kind": "training",
    "optimizer": "Adam",
    "settings": {"lr": 0.1},
    "rate": "effective",
    "every": None,
    "quantiles": [0.25, 0.5, 0.75],
}
ONE = {
    "step": 1,
    "group": 0,
    "layer": None,
    "name": "all parameters",
    "entries": 9,
    "rate": [1.0, 2.0, None],
    "grad": 1.0,
    "update": 0.5,
    "parameter": 3.0,
}


def content(*lines: dict, end: str = "\n") -> bytes:
    return ("\n".join(json.dumps(line) for line in lines) + end).encode()


def test_each_layer_is_a_record_against_the_step() -> None:
    conv = {**ONE, "layer": "conv1", "name": "conv1"}
    log = records.training(content(HEAD, ONE, conv, {**ONE, "step": 5, "grad": None}), "a.jsonl")
    assert log is not None
    assert (log.optimizer, log.effective, log.steps, log.settings) == ("Adam", True, 5, {"lr": 0.1})
    whole, layer = log.layers
    assert (whole.name, whole.whole, layer.name, layer.whole) == (
        "all parameters",
        True,
        "conv1",
        False,
    )
    assert whole.steps.tolist() == [1, 5]
    assert whole.rates[0, :2].tolist() == [1.0, 2.0] and np.isnan(whole.rates[0, 2])
    assert whole.grad[0] == 1.0 and np.isnan(whole.grad[1])
    assert (log.median, log.bands, log.share((0, 2))) == (1, [(0, 2)], 0.5)


def test_a_group_keeps_its_line_when_its_name_changes_and_has_its_rates() -> None:
    before = {**ONE, "lr": 0.1}
    after = {**before, "step": 2, "name": "group 1", "lr": 0.01}
    log = records.training(content(HEAD, before, after), "runs/a.jsonl")
    assert log is not None and log.file == "runs/a.jsonl"
    (group,) = log.layers
    assert (group.name, group.steps.tolist()) == ("group 1", [1, 2])
    assert group.eta.tolist() == [0.1, 0.01]


def test_lines_of_other_programs_may_have_names_alone_and_no_rates() -> None:
    bare = {key: value for key, value in ONE.items() if key != "layer"}
    log = records.training(content(HEAD, bare, {**bare, "name": "other"}), "a.jsonl")
    assert log is not None
    assert [(layer.name, layer.whole) for layer in log.layers] == [
        ("all parameters", True),
        ("other", True),
    ]
    assert np.isnan([layer.eta for layer in log.layers]).all()


def test_a_last_line_cut_off_is_left_out() -> None:
    log = records.training(content(HEAD, ONE, {**ONE, "step": 2}, end="")[:-20], "a.jsonl")
    assert log is not None and log.steps == 1


@pytest.mark.parametrize(
    "data", [b"", b"step,x1\n", b'{"optviz": 1, "x": [[1]]}', b'{"kind": ', b"\xff"]
)
def test_other_data_are_no_training(data: bytes) -> None:
    assert records.training(data, "a") is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((HEAD,), "no step"),
        (({**HEAD, "optviz": 2}, ONE), "line 1.*version 1"),
        (({**HEAD, "quantiles": [0.1]}, ONE), "median"),
        ((HEAD, {**ONE, "rate": [1]}), "line 2.*3 are"),
        ((HEAD, {**ONE, "lr": [1]}), "line 2.*lr"),
        ((HEAD, ONE, HEAD), "line 3.*another log begins here"),
        ((HEAD, {**ONE, "grad": "a"}), "line 2.*grad"),
        ((HEAD, [1]), "line 2.*object"),
    ],
)
def test_what_a_log_may_not_hold(lines: tuple, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        records.training(content(*lines), "a.jsonl")


def test_it_is_no_trajectory() -> None:
    with pytest.raises(BadFile, match="optviz help training"):
        records.read(content(HEAD, ONE), "a.jsonl")


LAMBDA = {"group": None, "name": "all parameters", "effective": 4.0, "raw": 9.0, "ceiling": 2.0}


def test_curvatures_and_logged_numbers_have_lines_of_their_own() -> None:
    lines = (
        {**ONE, "time": 0.25, "touched": 0.5},
        {"step": 1, "curvature": {**LAMBDA, "by": "double backward"}, "time": 0.5},
        {"step": 1, "curvature": {**LAMBDA, "group": 1, "name": "head", "ceiling": None}},
        {"step": 2, "log": {"loss": 0.5, "accuracy": None}, "time": 1.0},
        {"step": 3, "curvature": {**LAMBDA, "effective": None, "critical": 0.5}},
        {"step": 3, "log": {"loss": 0.25}},
    )
    log = records.training(content(HEAD, *lines), "a.jsonl")
    assert log is not None and log.steps == 3
    assert (log.layers[0].times.tolist(), log.layers[0].touched.tolist()) == ([0.25], [0.5])
    whole, head = log.curvatures
    assert (whole.name, whole.group, whole.by) == ("all parameters", None, ("double backward",))
    assert (whole.steps.tolist(), whole.ratio.tolist()) == ([1, 3], [2.0, 2.0])
    assert whole.raw.tolist() == [9.0, 9.0] and whole.times[0] == 0.5
    assert (head.name, head.group) == ("head", 1) and np.isnan(head.ratio).all()
    loss, accuracy = log.logged
    assert (loss.steps.tolist(), loss.values.tolist()) == ([2, 3], [0.5, 0.25])
    assert accuracy.name == "accuracy" and np.isnan(accuracy.values[0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"step": 1, "log": 3}, "log: 3 given, an object"),
        ({"step": 1, "log": {"loss": "a"}}, "loss.*number"),
        ({"step": -1, "log": {"loss": 1}}, "step: -1"),
        ({"step": 1, "curvature": {**LAMBDA, "effective": [1]}}, "effective"),
        ({"step": 1, "curvature": {**LAMBDA, "group": "a"}}, "group"),
    ],
)
def test_what_these_lines_may_not_hold(line: dict, said: str) -> None:
    with pytest.raises(BadFile, match=f"line 3.*{said}"):
        records.training(content(HEAD, ONE, line), "a.jsonl")


def test_a_training_that_was_resumed_goes_on_from_the_step_that_comes_again() -> None:
    lines = [
        line
        for value, steps in ((1.0, (1, 2, 3)), (9.0, (2, 3, 4)))
        for step in steps
        for line in (
            {**ONE, "step": step, "grad": value},
            {"step": step, "curvature": {**LAMBDA, "effective": value}},
            {"step": step, "log": {"loss": value}},
        )
    ]
    with notes.collected() as said:
        log = records.training(content(HEAD, *lines), "a.jsonl")
    assert list(said) == [
        "a.jsonl, line 11: step 2 again; what was recorded from it on before is left out"
    ]
    assert log is not None
    for steps, values in (
        (log.layers[0].steps, log.layers[0].grad),
        (log.curvatures[0].steps, log.curvatures[0].effective),
        (log.logged[0].steps, log.logged[0].values),
    ):
        assert steps.tolist() == [1, 2, 3, 4] and values.tolist() == [1.0, 9.0, 9.0, 9.0]


def test_a_layer_that_was_there_before_the_resumption_alone_is_no_more() -> None:
    late = {**ONE, "step": 2, "layer": "c", "name": "c"}
    lines = (ONE, {**ONE, "step": 2}, late, {"step": 2, "log": {"loss": 1}}, {**ONE, "step": 2})
    log = records.training(content(HEAD, *lines), "a.jsonl")
    assert log is not None and len(log.layers) == 1 and log.logged == ()
