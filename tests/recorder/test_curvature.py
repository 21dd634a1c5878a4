"""Curvatures in the log, against dense Hessians and closed forms: PyTorch is the witness."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import records
from optviz.errors import BadValue

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
torch.set_num_threads(1)  # small networks: threads only wait for each other


def network(dtype: Any = None) -> Any:
    torch.manual_seed(3)
    net = torch.nn.Sequential(torch.nn.Linear(6, 9), torch.nn.Tanh(), torch.nn.Linear(9, 4))
    return net.to(dtype or torch.float64)


def batch(net: Any, seed: int = 0) -> tuple[Any, Any]:
    generator = torch.Generator().manual_seed(seed)
    like = next(net.parameters())
    x = torch.randn(12, 6, generator=generator, dtype=torch.float64).to(like)
    return x, torch.randn(12, 4, generator=generator, dtype=torch.float64).to(like)


def closure(net: Any) -> Callable[[], Any]:
    x, y = batch(net)
    return lambda: (net(x) - y).square().sum(1).mean() / 2


def train(net: Any, optimizer: Any, steps: int, loss: Callable[[], Any] | None = None) -> None:
    for t in range(1, steps + 1):
        optimizer.zero_grad()
        x, y = batch(net, t)
        ((net(x) - y).square().sum(1).mean() / 2 if loss is None else loss()).backward()
        optimizer.step()


def curvatures(path: Path, group: int | None = None) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    found = [{**line["curvature"], "step": line["step"]} for line in lines if "curvature" in line]
    return [fields for fields in found if fields["group"] == group]


def dense(net: Any, values: list[Any], names: list[str] | None = None) -> Any:
    """The Hessian of the closure's loss by `torch.func`, where the parameters have these values."""
    x, y = batch(net)
    names = names or [name for name, _ in net.named_parameters()]
    every = dict(zip((n for n, _ in net.named_parameters()), values, strict=True))

    def loss(chosen: tuple[Any, ...]) -> Any:
        there = every | dict(zip(names, chosen, strict=True))
        outputs = torch.func.functional_call(net, there, (x,))
        return (outputs - y).square().sum(1).mean() / 2

    blocks = torch.func.hessian(loss)(tuple(every[name] for name in names))
    sizes = [every[name].numel() for name in names]
    rows = [
        torch.cat([b.reshape(m, n) for b, n in zip(row, sizes, strict=True)], dim=1)
        for row, m in zip(blocks, sizes, strict=True)
    ]
    return torch.cat(rows)


def top(matrix: Any) -> float:
    return float(torch.linalg.eigvalsh(matrix)[-1])


def flat(tensors: list[Any]) -> Any:
    return torch.cat([each.reshape(-1) for each in tensors])


def adam(s: Any, t: int) -> Any:
    return 0.01 / ((s["exp_avg_sq"] / (1 - 0.999**t)).sqrt() + 1e-8)


def adagrad(s: Any, t: int) -> Any:
    return 0.05 / (s["sum"].sqrt() + 1e-10)


def rmsprop(s: Any, t: int) -> Any:
    return 0.01 / (s["square_avg"].sqrt() + 1e-8)


CASES = [
    ("SGD", {"lr": 0.1}, lambda s, t: torch.tensor(0.1), 2.0),
    ("SGD", {"lr": 0.1, "momentum": 0.9}, lambda s, t: torch.tensor(0.1), 3.8),
    ("Adagrad", {"lr": 0.05}, adagrad, 2.0),
    ("RMSprop", {"lr": 0.01}, rmsprop, 2.0),
    ("Adam", {"lr": 0.01}, adam, 38.0),
    ("AdamW", {"lr": 0.01, "foreach": True}, adam, 38.0),
    ("Adam", {"lr": 0.01, "betas": (0.8, 0.999)}, adam, 18.0),
]


@pytest.mark.parametrize(("kind", "settings", "rate", "ceiling"), CASES)
def test_both_eigenvalues_are_those_of_the_dense_hessian_where_the_step_began(
    kind: str, settings: dict[str, Any], rate: Any, ceiling: float, tmp_path: Path
) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    optimizer = getattr(torch.optim, kind)(net.parameters(), **settings)
    wanted = []
    with optviz.record(optimizer, path, curvature=closure(net), every=2, tolerance=1e-10):
        for t in range(1, 7):
            begun = [p.detach().clone() for p in net.parameters()]
            train(net, optimizer, 1)
            if t == 1 or t % 2 == 0:
                states = [optimizer.state[p] for p in net.parameters()]
                rates = [rate(s, t).expand(p.shape) for s, p in zip(states, begun, strict=True)]
                root, hessian = flat(rates).double().sqrt(), dense(net, begun)
                wanted.append((top(root[:, None] * hessian * root), top(hessian)))
    found = curvatures(path)
    assert [line["step"] for line in found] == [1, 2, 4, 6]
    numbers = [(line["effective"], line["raw"]) for line in found]
    assert np.array(numbers) == pytest.approx(np.array(wanted), rel=1e-6)
    assert all(line["ceiling"] == pytest.approx(ceiling) for line in found)
    assert {line["by"] for line in found} == {"double backward"}


def test_a_larger_network_in_single_precision_has_them_to_the_tolerance(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(6, 60), torch.nn.Tanh(), torch.nn.Linear(60, 4))
    optimizer = torch.optim.Adagrad(net.parameters(), lr=0.05)
    train(net, optimizer, 5)
    begun = [p.detach().clone().double() for p in net.parameters()]
    with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=closure(net), every=1):
        train(net, optimizer, 1)
    rates = flat([0.05 / optimizer.state[p]["sum"].double().sqrt() for p in net.parameters()])
    (found,) = curvatures(tmp_path / "log.jsonl")
    hessian = dense(net.double(), begun)
    assert found["raw"] == pytest.approx(top(hessian), rel=0.01)
    assert found["effective"] == pytest.approx(
        top(rates.sqrt()[:, None] * hessian * rates.sqrt()), rel=0.01
    )


def test_a_linear_least_squares_layer_has_the_largest_eigenvalue_of_inspect(tmp_path: Path) -> None:
    design = np.array([[1.0, 2.0, 0.5], [0.0, 1.0, -1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    layer = torch.nn.Linear(3, 1, bias=False, dtype=torch.float64)
    x, y = torch.tensor(design), torch.ones(4, 1, dtype=torch.float64)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.01)

    def loss() -> Any:
        return torch.nn.functional.mse_loss(layer(x), y)

    with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=loss, tolerance=1e-10):
        train(layer, optimizer, 1, loss)
    (found,) = curvatures(tmp_path / "log.jsonl")
    facts = optviz.inspect(2 / 4 * design.T @ design).facts
    assert found["raw"] == pytest.approx(max(facts["eigenvalues"]), rel=1e-9)
    assert found["effective"] == pytest.approx(0.01 * max(facts["eigenvalues"]), rel=1e-9)
    assert found["products"][1] <= 3


def test_each_group_has_its_block_and_all_have_one_line(tmp_path: Path) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    groups = [
        {"params": net[0].parameters(), "lr": 0.02},
        {"params": net[2].parameters(), "lr": 0.3, "name": "head"},
    ]
    optimizer = torch.optim.SGD(groups)
    begun = [p.detach().clone() for p in net.parameters()]
    with optviz.record(optimizer, path, curvature=closure(net), every=1, tolerance=1e-10):
        train(net, optimizer, 1)
    (whole,), (first,), (second,) = (curvatures(path, group) for group in (None, 0, 1))
    names = ["0.weight", "0.bias"], ["2.weight", "2.bias"]
    blocks = [top(dense(net, begun, chosen)) for chosen in names]
    rates = torch.tensor([0.02] * 63 + [0.3] * 40, dtype=torch.float64)
    together = top(rates.sqrt()[:, None] * dense(net, begun) * rates.sqrt())
    assert [line["name"] for line in (whole, first, second)] == [
        "all parameters",
        "group 1",
        "head",
    ]
    assert [first["raw"], second["raw"]] == pytest.approx(blocks, rel=1e-6)
    assert [first["effective"], second["effective"]] == pytest.approx(
        [0.02 * blocks[0], 0.3 * blocks[1]], rel=1e-6
    )
    assert whole["effective"] == pytest.approx(together, rel=1e-6)
    log = records.training(path.read_bytes(), "log.jsonl")
    assert log is not None
    assert [(c.name, c.group) for c in log.curvatures] == [
        ("all parameters", None),
        ("group 1", 0),
        ("head", 1),
    ]
    assert log.curvatures[0].ratio[0] == pytest.approx(together / 2, rel=1e-6)


def test_groups_of_other_momentum_have_no_ceiling_in_common(tmp_path: Path) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    groups = [{"params": net[0].parameters(), "momentum": 0.9}, {"params": net[2].parameters()}]
    optimizer = torch.optim.SGD(groups, lr=0.1)
    with optviz.record(optimizer, path, curvature=closure(net), every=1):
        train(net, optimizer, 1)
    (whole,), (first,), (second,) = (curvatures(path, group) for group in (None, 0, 1))
    assert (whole["ceiling"], first["ceiling"], second["ceiling"]) == (None, 3.8, 2.0)
    assert whole["effective"] == pytest.approx(0.1 * whole["raw"])


def test_a_loss_that_is_maximised_is_measured_upside_down(tmp_path: Path) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    loss = closure(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, maximize=True)
    begun = [p.detach().clone() for p in net.parameters()]
    with optviz.record(optimizer, path, curvature=lambda: -loss(), every=1, tolerance=1e-10):
        train(net, optimizer, 1, lambda: -loss())
    assert curvatures(path)[0]["raw"] == pytest.approx(top(dense(net, begun)), rel=1e-6)


def test_a_settled_measurement_takes_few_products(tmp_path: Path) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    with optviz.record(optimizer, path, curvature=closure(net), every=5):
        train(net, optimizer, 100)
    products = [sum(line["products"]) for line in curvatures(path)]
    assert max(products[len(products) // 2 :]) <= 12


def test_the_curvature_has_its_own_interval_100_by_default(tmp_path: Path) -> None:
    net, path = network(), tmp_path / "log.jsonl"
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    with optviz.record(optimizer, path, curvature=closure(net), curvature_every=3):
        train(net, optimizer, 7)
    head = json.loads(path.read_text("utf-8").partition("\n")[0])
    assert head["curvature"] == {"every": 3, "tolerance": 0.01}
    assert [line["step"] for line in curvatures(path)] == [1, 3, 6]
    with optviz.record(optimizer, path, curvature=closure(net)):
        train(net, optimizer, 100)
    assert [line["step"] for line in curvatures(path)] == [1, 100]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"curvature": 3}, "a closure is wanted"),
        ({"curvature": lambda: 1.0}, "returns the loss of a fixed batch"),
        ({"curvature": lambda: torch.ones(2, requires_grad=True)}, "loss of a fixed batch"),
        ({"curvature_every": 5}, "curvature=… is wanted"),
        ({"curvature": lambda: None, "curvature_every": 0}, "1 or more"),
        ({"curvature": lambda: None, "tolerance": 0}, "tolerance"),
    ],
)
def test_what_is_no_closure_is_refused_before_there_is_a_file(
    asked: dict[str, Any], said: str, tmp_path: Path
) -> None:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
    with (
        pytest.raises(BadValue, match=said),
        optviz.record(optimizer, tmp_path / "log.jsonl", **asked),
    ):
        pass
    assert not (tmp_path / "log.jsonl").exists()


def test_a_closure_that_calls_backward_is_refused(tmp_path: Path) -> None:
    net = network()
    loss = closure(net)

    def with_backward() -> Any:
        value = loss()
        value.backward(retain_graph=True)
        return value

    with (
        pytest.raises(BadValue, match="leaves gradients alone"),
        optviz.record(
            torch.optim.SGD(net.parameters()), tmp_path / "log.jsonl", curvature=with_backward
        ),
    ):
        pass
