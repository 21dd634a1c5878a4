"""The block of `optviz.record`: hooks, sampling, layers, files, and what is refused."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz.errors import BadValue, OptvizError, Unfit, UnknownName, WorldError


def test_without_torch_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with (
        pytest.raises(WorldError, match=r"pip install 'optviz\[torch\]'"),
        optviz.record(None, "log.jsonl"),
    ):
        pass


try:
    import torch
except ImportError:
    pytest.skip("PyTorch is not installed", allow_module_level=True)


class Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.conv1, self.conv2 = torch.nn.Conv2d(1, 2, 3), torch.nn.Conv2d(2, 2, 3)
        self.fc = torch.nn.Linear(8, 3)
        self.scale = torch.nn.Parameter(torch.ones(()))

    def forward(self, x: Any) -> Any:
        return self.fc(self.conv2(self.conv1(x)).flatten(1)) * self.scale


def train(net: Any, optimizer: Any, steps: int) -> None:
    generator = torch.Generator().manual_seed(0)
    for _ in range(steps):
        optimizer.zero_grad()
        net(torch.randn(4, 1, 6, 6, generator=generator)).pow(2).mean().backward()
        optimizer.step()


def recorded(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hooks(optimizer: Any) -> int:
    return len(optimizer._optimizer_step_pre_hooks) + len(optimizer._optimizer_step_post_hooks)


@pytest.mark.parametrize("kind", ["SGD", "Adagrad", "Adam", "Adadelta"])
def test_the_training_is_bit_by_bit_the_same(kind: str, tmp_path: Path) -> None:
    one, two = Net(), Net()
    make = getattr(torch.optim, kind)
    first, second = make(one.parameters(), lr=0.1), make(two.parameters(), lr=0.1)
    torch.manual_seed(5)
    with optviz.record(first, tmp_path / "log.jsonl", every=1, layers=["*"], model=one):
        train(one, first, 10)
    drawn = torch.rand(3)
    train(two, second, 10)
    torch.manual_seed(5)
    assert all(map(torch.equal, one.parameters(), two.parameters()))
    assert torch.equal(drawn, torch.rand(3))
    assert hooks(first) == 0


def test_the_usual_sampling_is_dense_at_the_start(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    with optviz.record(optimizer, tmp_path / "log.jsonl"):
        train(net, optimizer, 120)
    steps = [line["step"] for line in recorded(tmp_path / "log.jsonl")[1:]]
    assert steps == [1, 2, 5, 10, 20, 50, 100]
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=3):
        train(net, optimizer, 7)
    assert [line["step"] for line in recorded(tmp_path / "log.jsonl")[1:]] == [1, 3, 6]


def test_patterns_choose_modules_or_parameters(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    layers = ["conv*", "fc.weight", "scale"]
    with optviz.record(optimizer, tmp_path / "log.jsonl", layers=layers, model=net):
        train(net, optimizer, 1)
    _, whole, *rest = recorded(tmp_path / "log.jsonl")
    assert (whole["layer"], whole["name"]) == (None, "all parameters")
    found = {line["layer"]: line["entries"] for line in rest}
    assert found == {"scale": 1, "conv1": 20, "conv2": 38, "fc.weight": 24}
    assert whole["entries"] == sum(p.numel() for p in net.parameters())


def test_each_group_has_its_line_and_names_may_come_alone(tmp_path: Path) -> None:
    net = Net()
    groups = [{"params": net.conv1.parameters()}, {"params": net.fc.parameters(), "lr": 0.5}]
    optimizer = torch.optim.SGD(groups, lr=0.1)
    named = net.named_parameters()
    with optviz.record(optimizer, tmp_path / "l.jsonl", layers=["fc"], named_parameters=named):
        train(net, optimizer, 1)
    found = [(x["group"], x["name"], x["rate"][2]) for x in recorded(tmp_path / "l.jsonl")[1:]]
    assert found == [(0, "group 1", 0.1), (1, "group 2", 0.5), (1, "fc", 0.5)]


def test_parameters_without_a_gradient_are_left_out(tmp_path: Path) -> None:
    net = Net()
    net.scale.requires_grad_(False)
    optimizer = torch.optim.Adam(net.parameters())
    with optviz.record(optimizer, tmp_path / "log.jsonl", layers=["*"], model=net):
        train(net, optimizer, 1)
    assert "scale" not in {line["layer"] for line in recorded(tmp_path / "log.jsonl")[1:]}


def test_what_was_recorded_stays_whatever_ends_the_block(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    with (
        pytest.raises(FileNotFoundError),  # of the training, not of the log
        optviz.record(optimizer, tmp_path / "log.jsonl", every=1),
    ):
        train(net, optimizer, 2)
        assert len(recorded(tmp_path / "log.jsonl")) == 3  # whole lines, at once
        (tmp_path / "no data").read_bytes()
    assert len(recorded(tmp_path / "log.jsonl")) == 3
    assert hooks(optimizer) == 0


def test_two_at_once_on_one_optimizer(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.Adam(net.parameters())
    with optviz.record(optimizer, tmp_path / "a", every=2):
        train(net, optimizer, 1)
        with optviz.record(optimizer, tmp_path / "b", every=1):
            train(net, optimizer, 2)
    assert [line["step"] for line in recorded(tmp_path / "a")[1:]] == [1, 2]
    assert [line["step"] for line in recorded(tmp_path / "b")[1:]] == [1, 2]


def adam(**settings: Any) -> Any:
    return torch.optim.Adam([torch.nn.Parameter(torch.zeros(2))], **settings)


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"every": 0}, BadValue, "every"),
        ({"quantiles": (0.1, 0.9)}, BadValue, "median"),
        ({"layers": ["a"]}, BadValue, "names are wanted"),
        ({"layers": ["cnv1"], "model": Net()}, UnknownName, "did you mean conv1"),
    ],
)
def test_what_cannot_be_asked_for(asked: Any, kind: type[Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(kind, match=said), optviz.record(adam(), tmp_path / "x", **asked):
        pass
    assert not (tmp_path / "x").exists()


def test_what_cannot_be_recorded(tmp_path: Path) -> None:
    p = [torch.nn.Parameter(torch.zeros(2))]
    with pytest.raises(Unfit, match="LBFGS"), optviz.record(torch.optim.LBFGS(p), tmp_path / "x"):
        pass
    with pytest.raises(BadValue, match="Optimizer is wanted"), optviz.record(p, tmp_path / "x"):
        pass


@pytest.mark.parametrize("keyword", [False, True])
def test_a_closure_that_computes_the_gradients_is_called_once(
    keyword: bool, tmp_path: Path
) -> None:
    one, two = Net(), Net()
    first, second = (torch.optim.Adadelta(net.parameters(), lr=0.1) for net in (one, two))

    def closure() -> Any:
        calls.append(1)
        first.zero_grad()
        loss = one(torch.ones(4, 1, 6, 6)).pow(2).mean()
        loss.backward()
        return loss

    calls: list[int] = []
    with optviz.record(first, tmp_path / "a", every=1):
        for _ in range(4):
            loss = first.step(closure=closure) if keyword else first.step(closure)
            assert loss.requires_grad
    with optviz.record(second, tmp_path / "b", every=1):
        for _ in range(4):
            second.zero_grad()
            two(torch.ones(4, 1, 6, 6)).pow(2).mean().backward()
            second.step()
    assert all(map(torch.equal, one.parameters(), two.parameters())) and len(calls) == 4
    logs = [[{**line, "time": 0} for line in recorded(tmp_path / name)] for name in "ab"]
    assert logs[0] == logs[1]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "log.jsonl", "a\0b"):
        optimizer = adam()
        with pytest.raises(OptvizError, match="cannot write"), optviz.record(optimizer, place):
            pass
        assert hooks(optimizer) == 0


def test_a_schedule_is_recorded_and_a_group_that_is_added_in_between(tmp_path: Path) -> None:
    one, two = Net(), Net()
    logs = tmp_path / "log.jsonl"
    found = []
    for net, path in ((one, logs), (two, None)):
        optimizer = torch.optim.Adam(net.fc.parameters(), lr=0.1)
        schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
        block = optviz.record(optimizer, path, every=1, model=net) if path else nullcontext()
        with block:
            train(net, optimizer, 1)
            schedule.step()
            optimizer.add_param_group({"params": net.conv2.parameters(), "lr": 0.01})
            train(net, optimizer, 2)
        found.append([p.detach().clone() for p in net.parameters()])
    assert all(map(torch.equal, *found))
    lines = [(x["step"], x["group"], x["name"], x["lr"]) for x in recorded(logs)[1:]]
    assert lines == [
        (1, 0, "all parameters", 0.1),
        (2, 0, "group 1", 0.05),
        (2, 1, "group 2", 0.01),
        (3, 0, "group 1", 0.05),
        (3, 1, "group 2", 0.01),
    ]


def test_a_rate_may_be_a_tensor(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=torch.tensor(0.25), foreach=False)
    with optviz.record(optimizer, tmp_path / "log.jsonl"):
        train(net, optimizer, 1)
    assert recorded(tmp_path / "log.jsonl")[1]["lr"] == 0.25
