"""What is recorded, against the state of the real optimizers by hand: PyTorch is the witness."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz

torch = pytest.importorskip("torch")
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
STEPS = 7


def network() -> Any:
    torch.manual_seed(3)
    net = torch.nn.Sequential(torch.nn.Linear(5, 6), torch.nn.Tanh(), torch.nn.Linear(6, 2))
    return net.double()


def step(net: Any, optimizer: Any, t: int) -> None:
    generator = torch.Generator().manual_seed(t)
    x = torch.randn(8, 5, generator=generator, dtype=torch.float64)
    optimizer.zero_grad()
    net(x).pow(2).mean().backward()
    optimizer.step()


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def quantiles(rates: list) -> list[float]:
    return np.quantile(torch.cat([r.reshape(-1) for r in rates]).numpy(), SHARES).tolist()


# By hand, of one parameter: `s` its state after step t, `u` Adadelta's mean before it.
def adagrad(s: Any, t: int, u: Any) -> Any:
    return 0.1 / (1 + (t - 1) * 0.2) / (s["sum"].sqrt() + 1e-10)


def adam(s: Any, t: int, u: Any) -> Any:
    return 0.01 / ((s["exp_avg_sq"] / (1 - 0.99**t)).sqrt() + 1e-8)


def amsgrad(s: Any, t: int, u: Any) -> Any:
    return 0.01 / ((s["max_exp_avg_sq"] / (1 - 0.99**t)).sqrt() + 1e-8)


def rmsprop(s: Any, t: int, u: Any) -> Any:
    return 0.01 / (s["square_avg"].sqrt() + 1e-8)


def centered(s: Any, t: int, u: Any) -> Any:
    return 0.01 / ((s["square_avg"] - s["grad_avg"].square()).sqrt() + 1e-8)


def adadelta(s: Any, t: int, u: Any) -> Any:
    return 0.5 * (u + 1e-6).sqrt() / (s["square_avg"] + 1e-6).sqrt()


def adamax(s: Any, t: int, u: Any) -> Any:
    return 0.002 / s["exp_inf"]


def radam(s: Any, t: int, u: Any) -> Any:
    rho_inf = 2 / (1 - 0.99) - 1
    rho = rho_inf - 2 * t * 0.99**t / (1 - 0.99**t)
    if rho <= 5:
        return torch.full_like(s["exp_avg_sq"], 0.01)
    r = ((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)) ** 0.5
    return 0.01 * r * (1 - 0.99**t) ** 0.5 / (s["exp_avg_sq"].sqrt() + 1e-8)


def rprop(s: Any, t: int, u: Any) -> Any:
    return s["step_size"]


BETAS = {"lr": 0.01, "betas": (0.9, 0.99)}
CASES = [
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.2}, adagrad),
    ("Adam", BETAS, adam),
    ("Adam", {**BETAS, "amsgrad": True}, amsgrad),
    ("Adam", {**BETAS, "foreach": True, "maximize": True}, adam),
    pytest.param(
        "Adam",
        {**BETAS, "fused": True},
        adam,
        marks=pytest.mark.skipif(
            not hasattr(torch.optim, "Adafactor"), reason="for the CPU PyTorch has it since 2.4"
        ),
    ),
    ("AdamW", {**BETAS, "weight_decay": 0.1}, adam),
    ("NAdam", BETAS, adam),
    ("RAdam", BETAS, radam),
    ("RMSprop", {"lr": 0.01}, rmsprop),
    ("RMSprop", {"lr": 0.01, "centered": True, "momentum": 0.5}, centered),
    ("Adadelta", {"lr": 0.5}, adadelta),
    ("Adamax", {"lr": 0.002}, adamax),
    ("Rprop", {"lr": 0.01}, rprop),
]


@pytest.mark.parametrize(("kind", "settings", "by_hand"), CASES)
def test_the_rates_are_those_of_the_state_by_hand(
    kind: str, settings: dict[str, Any], by_hand: Any, tmp_path: Path
) -> None:
    net, wanted = network(), []
    optimizer = getattr(torch.optim, kind)(net.parameters(), **settings)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1):
        for t in range(1, STEPS + 1):
            before = [
                optimizer.state[p].get("acc_delta", torch.zeros_like(p)).clone()
                for p in net.parameters()
            ]
            step(net, optimizer, t)
            wanted.append(
                quantiles(
                    [
                        by_hand(optimizer.state[p], t, u)
                        for p, u in zip(net.parameters(), before, strict=True)
                    ]
                )
            )
    head, *rest = lines(tmp_path / "log.jsonl")
    assert (head["optimizer"], head["rate"]) == (kind, "effective")
    assert [line["step"] for line in rest] == list(range(1, STEPS + 1))
    assert np.array([line["rate"] for line in rest]) == pytest.approx(np.array(wanted), rel=1e-8)


def test_the_rate_of_sgd_is_eta_also_with_momentum_and_a_schedule(tmp_path: Path) -> None:
    net = network()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.4, momentum=0.9)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1):
        for t in range(1, 5):
            step(net, optimizer, t)
            schedule.step()
    assert [line["rate"][2] for line in lines(tmp_path / "log.jsonl")[1:]] == [0.4, 0.4, 0.2, 0.2]


def test_asgd_is_recorded_with_the_rate_it_used_not_the_next(tmp_path: Path) -> None:
    net = network()
    optimizer = torch.optim.ASGD(net.parameters(), lr=0.1, lambd=0.5)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1):
        for t in range(1, 4):
            step(net, optimizer, t)
    etas = [0.1, *(0.1 / (1 + 0.5 * 0.1 * t) ** 0.75 for t in (1, 2))]
    found = [line["rate"][2] for line in lines(tmp_path / "log.jsonl")[1:]]
    assert found == pytest.approx(etas, rel=1e-6)  # PyTorch keeps them in float32


@pytest.mark.skipif(not hasattr(torch.optim, "Adafactor"), reason="PyTorch has it since 2.5")
def test_where_the_state_tells_no_rate_it_is_the_realised_ratio(tmp_path: Path) -> None:
    net = network()
    optimizer = torch.optim.Adafactor(net.parameters())
    old = [p.detach().clone() for p in net.parameters()]
    with optviz.record(optimizer, tmp_path / "log.jsonl"):
        step(net, optimizer, 1)
    ratio = [(q - p.detach()) / p.grad for p, q in zip(net.parameters(), old, strict=True)]
    head, line = lines(tmp_path / "log.jsonl")
    assert head["rate"] == "realised"
    assert line["rate"] == pytest.approx(quantiles(ratio), rel=1e-6)


def test_a_class_of_ones_own_counts_as_its_base_unless_it_steps_itself(tmp_path: Path) -> None:
    class Named(torch.optim.Adam):
        pass

    class Other(torch.optim.Adam):
        def step(self, closure: Any = None) -> Any:
            return super().step(closure)

    for kind, rate in ((Named, "effective"), (Other, "realised")):
        with optviz.record(kind(network().parameters()), tmp_path / "log.jsonl"):
            pass
        assert lines(tmp_path / "log.jsonl")[0]["rate"] == rate


def test_norms_are_of_all_entries(tmp_path: Path) -> None:
    net = network()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, nesterov=True, foreach=True)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1):
        for t in range(1, 4):
            old = torch.cat([p.detach().reshape(-1).clone() for p in net.parameters()])
            optimizer.zero_grad()
            net(torch.ones(1, 5, dtype=torch.float64) * t).pow(2).mean().backward()
            grad = torch.cat([p.grad.reshape(-1) for p in net.parameters()]).norm()
            optimizer.step()  # this form overwrites the gradients
    new = torch.cat([p.detach().reshape(-1) for p in net.parameters()])
    last = lines(tmp_path / "log.jsonl")[-1]
    assert last["entries"] == len(new)
    wanted = [float(grad), float((new - old).norm()), float(new.norm())]
    assert [last[key] for key in ("grad", "update", "parameter")] == pytest.approx(wanted, rel=1e-8)


def test_of_a_large_tensor_evenly_spread_entries_are_looked_at(tmp_path: Path) -> None:
    p = torch.nn.Parameter(torch.zeros(10_000))
    p.grad = torch.arange(1.0, 10_001.0)
    optimizer = torch.optim.Adagrad([p], lr=1.0)
    with optviz.record(optimizer, tmp_path / "log.jsonl"):
        optimizer.step()
    line = lines(tmp_path / "log.jsonl")[1]
    assert line["entries"] == 10_000
    assert line["rate"][2] == pytest.approx(1 / 5000, rel=1e-3)


@pytest.mark.filterwarnings("ignore:Sparse invariant checks")  # PyTorch's own
def test_sparse_gradients_are_recorded(tmp_path: Path) -> None:
    table = torch.nn.Embedding(6, 3, sparse=True)
    optimizer = torch.optim.Adagrad(table.parameters(), lr=0.5)
    with optviz.record(optimizer, tmp_path / "log.jsonl"):
        table(torch.tensor([1, 1, 4])).sum().backward()
        optimizer.step()
    line = lines(tmp_path / "log.jsonl")[1]
    assert line["grad"] == pytest.approx((3 * 4 + 3 * 1) ** 0.5)
    assert line["rate"][0] == pytest.approx(0.25)  # G = 4 where the word came twice
