"""Products with a Hessian by differences of gradients, beside those by a second derivative."""

import json
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import records
from optviz.recorder import _hessian
from optviz.recorder._gradient_differences import Differences

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
torch.set_num_threads(1)  # small networks: threads only wait for each other


def network(activation: Any, dtype: Any = torch.float32, steps: int = 100) -> tuple[Any, Any, Any]:
    """A classifier of 40 random points after some steps, its optimizer and its loss."""
    torch.manual_seed(0)
    layers = [torch.nn.Linear(8, 24), activation(), torch.nn.Linear(24, 24), activation()]
    net = torch.nn.Sequential(*layers, torch.nn.Linear(24, 4)).to(dtype)
    x, y = torch.randn(40, 8, dtype=dtype), torch.randint(0, 4, (40,))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.3)

    def loss() -> Any:
        return torch.nn.functional.cross_entropy(net(x), y)

    train(optimizer, loss, steps)
    return net, optimizer, loss


def train(optimizer: Any, loss: Any, steps: int) -> None:
    for _ in range(steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("activation", [torch.nn.Tanh, torch.nn.GELU])
def test_products_of_a_smooth_loss_are_exact_to_a_hundredth_and_say_so(
    activation: Any, dtype: Any
) -> None:
    net, _, loss = network(activation, dtype)
    parameters = list(net.parameters())
    members = range(len(parameters))
    exact, differences = (kind(loss, parameters) for kind in (_hessian.DoubleBackward, Differences))
    for seed in range(4):
        n = sum(p.numel() for p in parameters)
        vector = torch.randn(n, generator=torch.Generator().manual_seed(seed), dtype=dtype)
        wanted, found = (each.product(vector, members) for each in (exact, differences))
        assert float((found - wanted).norm() / wanted.norm()) < 0.01
        assert differences.error(vector, members) < 0.05


def test_kinks_are_told_by_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.jsonl"
    found = {}
    for by in ("double backward", "differences of gradients"):
        _, optimizer, loss = network(torch.nn.ReLU)
        with optviz.record(optimizer, path, curvature=loss, every=10):
            train(optimizer, loss, 30)
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
        found[by] = [line["curvature"] for line in lines if "curvature" in line]
        assert {line["by"] for line in found[by]} == {by}
        monkeypatch.setattr(_hessian.DoubleBackward, "product", fail)
    for exact, line in zip(*found.values(), strict=True):
        off = abs(line["effective"] / exact["effective"] - 1)
        assert off < max(0.1, 2 * line["error"])
    log = records.training(path.read_bytes(), "log.jsonl")
    assert log is not None
    errors = [line["error"] for line in found["differences of gradients"]]
    assert log.curvatures[0].error.tolist() == errors
    assert log.curvatures[0].uncertain == max(errors)
    assert max(errors) > 0.1


def fail(*args: Any) -> Any:
    raise RuntimeError("derivative is not implemented")
