"""Groups and their learning rates in the log, with an optimizer that needs no PyTorch."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import records
from optviz.errors import Unfit
from optviz.recorder._layers import Parts
from optviz.recorder._recorder import Recorder
from optviz.recorder.training_log import TrainingLog
from optviz.recorder.writer import Writer


class Tensor(np.ndarray):
    """An array with the methods of a PyTorch tensor that are called, and a gradient of ones."""

    layout = "strided"

    @property
    def grad(self) -> "Tensor":
        return np.ones_like(self)

    def detach(self) -> "Tensor":
        return self

    cpu = detach

    def clone(self) -> "Tensor":
        return self.copy()

    def double(self) -> "Tensor":
        return self.astype(np.float64)

    def numpy(self) -> np.ndarray:
        return np.asarray(self)

    def numel(self) -> int:
        return self.size

    def norm(self) -> float:
        return float(np.linalg.norm(self))

    __hash__ = object.__hash__  # type: ignore[assignment]

    def is_complex(self) -> bool:
        return np.iscomplexobj(self)


def tensor(size: int, kind: type = float) -> Tensor:
    return np.zeros(size, dtype=kind).view(Tensor)


class SGD:
    """Gradient descent, of any number of groups."""

    def __init__(self, *groups: dict[str, Any]) -> None:
        self.param_groups, self.defaults = list(groups), {"lr": 0.7}
        self.state: dict[Any, Any] = defaultdict(dict)

    def step(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                p[:] -= group.get("lr", 0.1) * p.grad


TRAININGS: list["Training"] = []


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder, and logs that are closed at the end."""
    monkeypatch.chdir(tmp_path)
    yield
    while TRAININGS:
        TRAININGS.pop().writer.close()


class Training:
    """Steps of an optimizer, each of them recorded."""

    def __init__(self, optimizer: SGD, names: dict[int, str], layers: list[str]) -> None:
        self.optimizer, self.path = optimizer, Path("log.jsonl")
        self.writer = Writer(
            self.path, optimizer="SGD", settings={}, effective=False, quantiles=[0.5]
        )
        self.recorder = Recorder(
            optimizer, self.writer, Parts(layers, names), every=1, quantiles=[0.5]
        )
        TRAININGS.append(self)

    def step(self) -> None:
        self.recorder.before(self.optimizer, (self.optimizer,), {})
        self.optimizer.step()
        self.recorder.after(self.optimizer, (self.optimizer,), {})

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()[1:]]

    def log(self) -> TrainingLog:
        found = records.training(self.path.read_bytes(), "log.jsonl")
        assert found
        return found


def training(*groups: dict[str, Any], names: dict[int, str] | None = None, **more: Any) -> Training:
    return Training(SGD(*groups), names or {}, more.get("layers", []))


def test_each_line_has_the_rate_that_its_group_has_then() -> None:
    made = training({"params": [tensor(2)], "lr": 0.5}, {"params": [tensor(3)], "lr": 0.25})
    for _ in range(3):
        made.step()
        made.optimizer.param_groups[0]["lr"] /= 2  # as a schedule does after the step
    assert [(line["group"], line["lr"]) for line in made.lines] == [
        (0, 0.5),
        (1, 0.25),
        (0, 0.25),
        (1, 0.25),
        (0, 0.125),
        (1, 0.25),
    ]
    assert all(line["rate"] == [line["lr"]] for line in made.lines)
    first, second = made.log().layers
    assert first.eta.tolist() == [0.5, 0.25, 0.125] and second.eta.tolist() == [0.25] * 3


def test_a_group_that_is_added_is_recorded_from_then_on_and_the_first_stays_one_line() -> None:
    made = training({"params": [tensor(2)], "lr": 0.5})
    made.step()
    made.optimizer.param_groups.append({"params": [tensor(3)], "lr": 0.25})
    made.step()
    assert [line["name"] for line in made.lines] == ["all parameters", "group 1", "group 2"]
    first, second = made.log().layers
    assert (first.name, first.steps.tolist(), first.whole) == ("group 1", [1, 2], True)
    assert (second.name, second.steps.tolist(), second.whole) == ("group 2", [2], True)


def test_the_layers_of_a_group_that_is_added_have_lines_too() -> None:
    head, tail = tensor(2), tensor(3)
    names = {id(head): "head.weight", id(tail): "tail.weight"}
    made = training({"params": [head]}, names=names, layers=["*"])
    made.step()
    made.optimizer.param_groups.append({"params": [tail], "name": "tail"})
    made.step()
    assert [(line["step"], line["layer"], line["name"]) for line in made.lines] == [
        (1, None, "all parameters"),
        (1, "head", "head"),
        (2, None, "group 1"),
        (2, "head", "head"),
        (2, None, "tail"),
        (2, "tail", "tail"),
    ]
    assert [(layer.name, layer.whole) for layer in made.log().layers] == [
        ("group 1", True),
        ("head", False),
        ("tail", True),
        ("tail", False),
    ]


def test_names_that_only_the_optimizer_has_are_those_of_added_groups_too() -> None:
    made = training({"params": [tensor(1)], "param_names": ["a.weight"]}, layers=["*"])
    made.step()
    made.optimizer.param_groups.append({"params": [tensor(1)], "param_names": ["b.weight"]})
    made.step()
    assert [line["layer"] for line in made.lines] == [None, "a", None, "a", None, "b"]


def test_a_parameter_that_is_added_to_a_group_and_a_group_that_is_removed_are_followed() -> None:
    made = training({"params": [tensor(2)]}, {"params": [tensor(2)]})
    made.optimizer.param_groups[0]["params"].append(tensor(5))
    made.step()
    del made.optimizer.param_groups[1]
    made.step()
    assert [(x["step"], x["group"], x["entries"]) for x in made.lines] == [
        (1, 0, 7),
        (1, 1, 2),
        (2, 0, 7),
    ]


def test_a_group_of_complex_parameters_that_is_added_is_refused() -> None:
    made = training({"params": [tensor(2)]})
    made.step()
    made.optimizer.param_groups.append({"params": [tensor(2, complex)]})
    with pytest.raises(Unfit, match="complex"):
        made.step()


def test_parameters_that_are_sharded_over_processes_are_refused() -> None:
    shard = tensor(2)
    shard.placements = ("Shard(0)",)  # type: ignore[attr-defined]
    with pytest.raises(Unfit, match="sharded"):
        training({"params": [shard]}).step()


@pytest.mark.parametrize(
    ("eta", "told"), [(np.float32(0.5), 0.5), (1e-3, 1e-3), (float("nan"), None), (0, 0.0)]
)
def test_a_rate_may_be_any_number_and_need_not_be_there(eta: Any, told: float | None) -> None:
    made = training({"params": [tensor(2)], "lr": eta}, {"params": [tensor(2)]})
    made.step()
    assert [line["lr"] for line in made.lines] == [told, None]
