"""Layers whose backward pass cannot be differentiated, whether they say so or not."""

import json
from pathlib import Path
from typing import Any

import pytest

import optviz

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
torch.set_num_threads(1)  # small networks: threads only wait for each other


class Own(torch.autograd.Function):  # type: ignore[misc]
    """tanh, whose backward pass is differentiated as that of PyTorch is."""

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x.tanh()

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        return grad * (1 - ctx.saved_tensors[0].tanh() ** 2)


class Detached(Own):
    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        return grad.detach() * (1 - ctx.saved_tensors[0].detach().tanh() ** 2)


class InNumPy(Own):
    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        slope = 1 - ctx.saved_tensors[0].detach().tanh().numpy() ** 2
        return torch.from_numpy(grad.detach().numpy() * slope)


class Linearised(Own):
    """Differentiable by the gradient, but not by x: still symmetric, and wrong."""

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        return grad * (1 - ctx.saved_tensors[0].detach().tanh() ** 2)


class Once(Own):
    @staticmethod
    @torch.autograd.function.once_differentiable  # type: ignore[untyped-decorator]
    def backward(ctx: Any, grad: Any) -> Any:
        return grad * (1 - ctx.saved_tensors[0].tanh() ** 2)


class Activation(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Any) -> Any:
        return self.function(x)


def network(activation: Any, steps: int = 30) -> tuple[Any, Any, Any]:
    """A network in single precision after some steps, its optimizer and its loss."""
    torch.manual_seed(0)
    net = torch.nn.Sequential(
        torch.nn.Linear(6, 12),
        Activation(activation),
        torch.nn.Linear(12, 12),
        torch.nn.Tanh(),
        torch.nn.Linear(12, 3),
    )
    x, y = torch.randn(20, 6), torch.randn(20, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.5)

    def loss() -> Any:
        return (net(x) - y).square().sum(1).mean()

    train(optimizer, loss, steps)
    return net, optimizer, loss


def train(optimizer: Any, loss: Any, steps: int = 1) -> None:
    for _ in range(steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()


def recorded(activation: Any, path: Path) -> dict[str, Any]:
    _, optimizer, loss = network(activation)
    with optviz.record(optimizer, path, curvature=loss, tolerance=1e-4):
        train(optimizer, loss)
    return last(path)


def last(path: Path) -> dict[str, Any]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    found: dict[str, Any] = [line["curvature"] for line in lines if "curvature" in line][-1]
    return found


@pytest.mark.parametrize("function", [Detached, InNumPy, Linearised, Once])
def test_without_its_second_derivative_a_layer_is_measured_by_differences_that_are_right(
    function: Any, tmp_path: Path
) -> None:
    exact = recorded(torch.tanh, tmp_path / "exact.jsonl")
    found = recorded(function.apply, tmp_path / "log.jsonl")
    assert (exact["by"], found["by"]) == ("double backward", "differences of gradients")
    assert found["raw"] == pytest.approx(exact["raw"], rel=0.01)
    assert found["error"] < 0.1
    assert "error" not in exact


@pytest.mark.parametrize("activation", [torch.tanh, torch.relu, torch.nn.functional.gelu])
def test_layers_of_pytorch_are_not_doubted(activation: Any, tmp_path: Path) -> None:
    assert recorded(activation, tmp_path / "log.jsonl")["by"] == "double backward"


def test_a_second_derivative_of_ones_own_is_not_doubted(tmp_path: Path) -> None:
    assert recorded(Own.apply, tmp_path / "log.jsonl")["by"] == "double backward"


def test_half_precision_is_not_doubted(tmp_path: Path) -> None:
    _, optimizer, loss = network(torch.tanh)

    def half() -> Any:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return loss().float()

    with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=half):
        train(optimizer, loss)
    assert last(tmp_path / "log.jsonl")["by"] == "double backward"


def test_a_closure_that_draws_has_the_same_numbers_each_time(tmp_path: Path) -> None:
    dropped = lambda x: torch.nn.functional.dropout(x.tanh(), 0.3, training=True)  # noqa: E731
    assert recorded(dropped, tmp_path / "log.jsonl")["by"] == "double backward"


def test_a_resumed_log_is_checked_again(tmp_path: Path) -> None:
    _, optimizer, loss = network(Linearised.apply)
    path = tmp_path / "log.jsonl"
    for steps in (0, 1):
        with optviz.record(optimizer, path, curvature=loss, every=1, resume=steps):
            train(optimizer, loss)
        assert last(path)["by"] == "differences of gradients"


def test_the_check_leaves_weights_and_random_states_as_they_are(tmp_path: Path) -> None:
    final = []
    for recording in (True, False):
        net, optimizer, loss = network(Linearised.apply)
        if recording:
            with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=loss, every=1):
                train(optimizer, loss, 3)
        else:
            train(optimizer, loss, 3)
        final.append([p.detach().clone() for p in net.parameters()] + [torch.get_rng_state()])
    assert all(torch.equal(a, b) for a, b in zip(*final, strict=True))
