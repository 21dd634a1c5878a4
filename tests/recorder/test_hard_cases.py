"""Trainings that are harder to measure: what is recorded is true, and the training unchanged."""

import json
import random
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz.errors import Unfit

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
torch.set_num_threads(1)  # small networks: threads only wait for each other


class Net(torch.nn.Module):
    """Convolution, BatchNorm, dropout, and a weight that two layers share."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.conv, self.norm = torch.nn.Conv2d(1, 3, 3), torch.nn.BatchNorm2d(3)
        self.drop, self.fc = torch.nn.Dropout(0.5), torch.nn.Linear(12, 12)
        self.tied = torch.nn.Linear(12, 12)
        self.tied.weight = self.fc.weight

    def forward(self, x: Any) -> Any:
        hidden = self.drop(torch.tanh(self.norm(self.conv(x)))).flatten(1)
        return self.tied(torch.tanh(self.fc(hidden)))


def batch(seed: int) -> Any:
    return torch.randn(6, 1, 4, 4, generator=torch.Generator().manual_seed(seed))


def mean_square(net: Any, x: Any) -> Any:
    return net(x).square().mean()


def lines(path: Path, key: str) -> list[dict[str, Any]]:
    """The lines of curvatures (key curvature), or of rates (key rate)."""
    every = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    found = [line for line in every if key in line]
    return (
        [{**line["curvature"], "step": line["step"]} for line in found] if key != "rate" else found
    )


Loop = Callable[[Any, Any], None]


def plain(net: Any, optimizer: Any) -> None:
    for t in range(6):
        optimizer.zero_grad()
        net(batch(t)).square().mean().backward()
        optimizer.step()


def accumulated(net: Any, optimizer: Any) -> None:
    for t in range(12):
        (net(batch(t)).square().mean() / 2).backward()
        if t % 2:
            optimizer.step()
            optimizer.zero_grad()


def clipped(net: Any, optimizer: Any) -> None:
    for t in range(6):
        optimizer.zero_grad(set_to_none=False)
        net(batch(t)).square().mean().backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 0.01)
        optimizer.step()


def scheduled(net: Any, optimizer: Any) -> None:
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 2, gamma=0.5)
    for t in range(6):
        optimizer.zero_grad()
        net(batch(t)).square().mean().backward()
        optimizer.step()
        schedule.step()


def frozen_layer(net: Any, optimizer: Any) -> None:
    net.conv.requires_grad_(False)
    plain(net, optimizer)
    net.conv.requires_grad_(True)
    plain(net, optimizer)


def mixed_precision(net: Any, optimizer: Any) -> None:
    scaler = torch.amp.GradScaler("cpu", init_scale=64.0, growth_interval=3)
    for t in range(6):
        optimizer.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = net(batch(t)).float().square().mean()
        scaler.scale(loss * (float("inf") if t == 3 else 1.0)).backward()
        scaler.step(optimizer)
        scaler.update()


def compiled(net: Any, optimizer: Any) -> None:
    plain(torch.compile(net, backend="eager"), optimizer)


LOOPS = [plain, accumulated, clipped, scheduled, frozen_layer, mixed_precision, compiled]
CLASSES = [
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("Adam", {"foreach": True}),
    ("AdamW", {"fused": True}),
    ("Adadelta", {}),
    ("ASGD", {}),
    ("Adafactor", {}),
    ("Rprop", {}),
]


def both(make: Callable[[Any], Any], loop: Loop, path: Path) -> tuple[list[Any], list[Any]]:
    """What a training leaves, with and without the recorder: tensors, modes, random numbers."""
    left = []
    for recording in (True, False):
        net = Net()
        optimizer, x0 = make(net), batch(99)
        torch.manual_seed(7), random.seed(7), np.random.seed(7)
        block = optviz.record(
            optimizer, path, every=2, model=net, curvature=partial(mean_square, net, x0)
        )
        with block if recording else nullcontext():
            loop(net, optimizer)
        state = [v for s in optimizer.state.values() for v in s.values()]
        grads = [p.grad for p in net.parameters()]
        modes = [module.training for module in net.modules()]
        drawn = [torch.rand(2), random.random(), np.random.rand()]
        left.append([*net.state_dict().values(), *state, *grads, *modes, *drawn])
    return left[0], left[1]


def equal(one: Any, other: Any) -> bool:
    return torch.equal(one, other) if torch.is_tensor(one) else bool(one == other)


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_curvature_leaves_all_of_a_training_bit_by_bit_as_it_is(loop: Loop, tmp_path: Path) -> None:
    one, two = both(lambda net: torch.optim.Adam(net.parameters()), loop, tmp_path / "log.jsonl")
    assert all(map(equal, one, two)) and len(one) == len(two)
    found = lines(tmp_path / "log.jsonl", "curvature")
    assert found and all(line["effective"] > 0 for line in found)


@pytest.mark.parametrize(("kind", "settings"), CLASSES)
def test_it_does_so_for_any_optimizer(kind: str, settings: dict[str, Any], tmp_path: Path) -> None:
    if not hasattr(torch.optim, kind):
        pytest.skip("a newer PyTorch has it")
    make = getattr(torch.optim, kind)
    one, two = both(lambda net: make(net.parameters(), **settings), plain, tmp_path / "log.jsonl")
    assert all(map(equal, one, two))


def test_steps_that_a_scaler_skips_do_not_count_and_gradients_are_without_its_factor(
    tmp_path: Path,
) -> None:
    logs = {}
    for fused in (False, True):
        net, path = Net(), tmp_path / f"{fused}.jsonl"
        optimizer = torch.optim.Adam(net.parameters(), fused=fused)
        with optviz.record(optimizer, path, every=1) as rec:
            torch.manual_seed(3)
            mixed_precision(net, optimizer)
        assert rec.step == 5
        logs[fused] = lines(path, "rate")
        states = [float(s["step"]) for s in optimizer.state.values()]
        assert states == [5.0] * len(states)
    for one, other in zip(logs[False], logs[True], strict=True):
        assert one["grad"] == pytest.approx(other["grad"], rel=1e-3)
        assert one["rate"] == pytest.approx(other["rate"], rel=1e-3)


def test_the_gradient_is_recorded_as_it_was_clipped(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1) as rec:
        clipped(net, optimizer)
    assert rec.step == 6
    assert all(line["grad"] <= 0.01 for line in lines(tmp_path / "log.jsonl", "rate"))


def test_an_accumulated_gradient_is_one_step(tmp_path: Path) -> None:
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1) as rec:
        accumulated(net, optimizer)
    assert rec.step == 6 == len(lines(tmp_path / "log.jsonl", "rate"))


def test_dropout_and_batch_norm_are_as_in_evaluation(tmp_path: Path) -> None:
    net, x0, found = Net(), batch(99), []
    plain(net, torch.optim.SGD(net.parameters(), lr=0.1))
    for training in (True, False):
        net.train(training)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
        loss, path = partial(mean_square, net, x0), tmp_path / "log.jsonl"
        with optviz.record(optimizer, path, curvature=loss, tolerance=1e-8):
            for p in net.parameters():
                p.grad = torch.zeros_like(p)
            optimizer.step()
        assert all(module.training is training for module in net.modules())
        found.append(lines(path, "curvature")[0]["raw"])
    assert found[0] == found[1] > 0


def test_a_group_that_is_added_joins_the_curvature(tmp_path: Path) -> None:
    net, x0, path = Net(), batch(99), tmp_path / "log.jsonl"
    optimizer = torch.optim.Adam(net.fc.parameters())
    with optviz.record(
        optimizer, path, every=1, curvature=lambda: net(x0).square().mean(), tolerance=1e-6
    ):
        plain(net, optimizer)
        optimizer.add_param_group({"params": [net.tied.bias], "name": "bias"})
        plain(net, optimizer)
    found = lines(path, "curvature")
    assert [line["name"] for line in found if line["step"] == 6] == ["all parameters"]
    assert [line["name"] for line in found if line["step"] == 7] == [
        "all parameters",
        "group 1",
        "bias",
    ]
    whole, first, second = (line for line in found if line["step"] == 12)
    assert whole["raw"] >= max(first["raw"], second["raw"]) * (1 - 1e-4)


def test_several_optimizers_have_logs_of_their_own(tmp_path: Path) -> None:
    net, x0 = Net(), batch(99)
    one = torch.optim.SGD(net.conv.parameters(), lr=0.1)
    two = torch.optim.Adam(net.fc.parameters())
    loss = lambda: net(x0).square().mean()  # noqa: E731
    with (
        optviz.record(one, tmp_path / "one.jsonl", every=1, curvature=loss),
        optviz.record(two, tmp_path / "two.jsonl", every=1, curvature=loss),
    ):
        for _ in range(2):
            net(batch(1)).square().mean().backward()
            one.step()
            two.step()
    first, second = (lines(tmp_path / f"{name}.jsonl", "curvature") for name in ("one", "two"))
    assert [line["ceiling"] for line in first] == [2.0, 2.0]
    assert [line["ceiling"] for line in second] == [38.0, 38.0]
    assert first[0]["effective"] == pytest.approx(0.1 * first[0]["raw"])


def test_an_embedding_row_that_was_never_seen_has_no_say(tmp_path: Path) -> None:
    table = torch.nn.Embedding(5, 2, dtype=torch.float64)
    optimizer = torch.optim.Adagrad(table.parameters(), lr=0.5)

    def loss() -> Any:
        return table(torch.tensor([0, 1, 2])).square().sum() / 2  # row 2 is never trained

    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1, curvature=loss, tolerance=1e-8):
        table(torch.tensor([0, 1])).square().sum().backward()
        optimizer.step()
    (found,) = lines(tmp_path / "log.jsonl", "curvature")
    rates = 0.5 / optimizer.state[table.weight]["sum"][:2].sqrt()
    assert found["effective"] == pytest.approx(float(rates.max()), rel=1e-6)
    assert found["raw"] == pytest.approx(1.0)


@pytest.mark.filterwarnings("ignore:Sparse invariant checks")
def test_sparse_gradients_have_a_curvature_by_differences(tmp_path: Path) -> None:
    table = torch.nn.Embedding(5, 2, sparse=True, dtype=torch.float64)
    optimizer = torch.optim.Adagrad(table.parameters(), lr=0.5)
    seen = torch.tensor([0, 1])
    with optviz.record(
        optimizer,
        tmp_path / "log.jsonl",
        every=1,
        curvature=lambda: table(seen).square().sum() / 2,
        tolerance=1e-8,
    ):
        table(seen).square().sum().backward()
        optimizer.step()
    (found,) = lines(tmp_path / "log.jsonl", "curvature")
    assert found["raw"] == pytest.approx(1.0, rel=1e-6)
    rates = 0.5 / optimizer.state[table.weight]["sum"][:2].sqrt()
    assert found["effective"] == pytest.approx(float(rates.max()), rel=1e-5)


@pytest.mark.parametrize("factor", [0.1, 1.0, 7.0])
def test_other_classes_have_the_critical_ratio_along_their_update(
    factor: float, tmp_path: Path
) -> None:
    class Ours(torch.optim.SGD):
        def step(self, closure: Any = None) -> Any:
            return super().step(closure)

    p = torch.nn.Parameter(torch.tensor([1.0, 0.0], dtype=torch.float64))
    optimizer = Ours([p], lr=factor * 2 / 3)

    def loss() -> Any:
        return 1.5 * p[0] ** 2 + 40 * p[1] ** 2

    with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=loss, tolerance=1e-6):
        loss().backward()
        optimizer.step()
    (found,) = lines(tmp_path / "log.jsonl", "curvature")
    assert (found["effective"], found["ceiling"]) == (None, None)
    assert found["critical"] == pytest.approx(1 / factor, rel=1e-6)  # 2/(ηλ)
    assert found["raw"] == pytest.approx(80, rel=1e-6)


def test_a_step_that_calls_that_of_its_base_class_counts_once(tmp_path: Path) -> None:
    class Ours(torch.optim.SGD):
        def step(self, closure: Any = None) -> Any:
            return super().step(closure)

    p = torch.nn.Parameter(torch.ones(2))
    torch.optim.SGD([p])  # from now on its own step calls the hooks too
    optimizer = Ours([p], lr=0.25)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1) as rec:
        for _ in range(3):
            optimizer.zero_grad()
            p.square().sum().backward()
            optimizer.step()
    assert rec.step == 3
    assert [line["rate"][2] for line in lines(tmp_path / "log.jsonl", "rate")] == [0.25] * 3


@pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="PyTorch has it since 2.9")
def test_muon_has_realised_rates_and_a_critical_ratio(tmp_path: Path) -> None:
    net, x0 = Net(), batch(99)
    optimizer = torch.optim.Muon([net.fc.weight], lr=0.05)
    with optviz.record(
        optimizer, tmp_path / "log.jsonl", every=1, curvature=lambda: net(x0).square().mean()
    ):
        plain(net, optimizer)
    assert all(
        line["critical"] is None or line["critical"] >= 0
        for line in lines(tmp_path / "log.jsonl", "curvature")
    )
    head = json.loads((tmp_path / "log.jsonl").read_text("utf-8").partition("\n")[0])
    assert head["rate"] == "realised"


@pytest.fixture
def process_group(tmp_path: Path) -> Any:
    distributed = torch.distributed
    if not distributed.is_available():
        pytest.skip("PyTorch was built without it")
    store = distributed.FileStore(str(tmp_path / "store"), 1)
    distributed.init_process_group("gloo", store=store, rank=0, world_size=1)
    yield distributed
    distributed.destroy_process_group()


def test_in_a_distributed_training_the_module_within_is_measured(
    process_group: Any, tmp_path: Path
) -> None:
    net, x0, path = Net(), batch(99), tmp_path / "log.jsonl"
    parallel = torch.nn.parallel.DistributedDataParallel(net)
    optimizer = torch.optim.Adam(net.parameters())
    with (
        pytest.raises(Unfit, match=r"call its \.module"),
        optviz.record(optimizer, path, curvature=lambda: parallel(x0).square().mean()),
    ):
        pass
    assert not path.exists()
    with optviz.record(
        optimizer, path, every=2, curvature=lambda: parallel.module(x0).square().mean()
    ):
        plain(parallel, optimizer)
    assert [line["step"] for line in lines(path, "curvature")] == [1, 2, 4, 6]


def test_other_processes_write_nothing(
    process_group: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(process_group, "get_rank", lambda: 1)
    optimizer = torch.optim.Adam(Net().parameters())
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1) as rec:
        plain(Net(), optimizer)
        rec.log(loss=1.0)
    assert not (tmp_path / "log.jsonl").exists()


def test_a_closure_that_fails_leaves_the_weights_of_the_step(tmp_path: Path) -> None:
    p = torch.nn.Parameter(torch.ones(2))
    optimizer, calls = torch.optim.SGD([p], lr=0.25), []

    def loss() -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise ValueError("no batch")
        return p.square().sum()

    with (
        pytest.raises(ValueError, match="no batch"),
        optviz.record(optimizer, tmp_path / "log.jsonl", curvature=loss),
    ):
        p.square().sum().backward()
        optimizer.step()
    assert p.tolist() == [0.5, 0.5]
