"""Curvatures of a small transformer, whose fused attention has no second derivative."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz.recorder import _hessian

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
torch.set_num_threads(1)  # small networks: threads only wait for each other

TOKENS, LENGTH, WIDTH = 7, 6, 8


class Transformer(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.embed = torch.nn.Embedding(TOKENS, WIDTH)
        self.block = torch.nn.TransformerEncoderLayer(
            WIDTH, 2, 12, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
        )
        self.head = torch.nn.Linear(WIDTH, TOKENS)

    def forward(self, x: Any) -> Any:
        hidden = self.embed(x)
        mask = torch.nn.Transformer.generate_square_subsequent_mask(x.shape[1], dtype=hidden.dtype)
        return self.head(self.block(hidden, src_mask=mask, is_causal=True))


def loss(net: Any, x: Any) -> Any:
    return torch.nn.functional.cross_entropy(net(x[:, :-1]).flatten(0, 1), x[:, 1:].flatten())


def batch(seed: int) -> Any:
    generator = torch.Generator().manual_seed(seed)
    begin = torch.randint(0, TOKENS, (16, 1), generator=generator)
    return (begin + torch.randint(1, 3, (16, 1), generator=generator) * torch.arange(LENGTH)) % 7


def adamw(net: Any) -> Any:
    """With a group of matrices, and one of biases and norms without decay."""
    groups = [[p for p in net.parameters() if (p.ndim > 1) is large] for large in (True, False)]
    decay, rest = ({"params": own} for own in groups)
    return torch.optim.AdamW([{**decay, "weight_decay": 0.1}, {**rest, "weight_decay": 0.0}], 3e-3)


def train(net: Any, optimizer: Any, first: int, steps: int) -> None:
    for t in range(first, first + steps):
        optimizer.zero_grad()
        loss(net, batch(t)).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()


def curvatures(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    return [line["curvature"] for line in lines if "curvature" in line]


def dense(net: Any, optimizer: Any, begun: list[Any]) -> list[float]:
    """λmax of diag(rate)·H and of H, for all and each group, from the whole H in float64."""
    exact = Transformer().double().eval()
    with torch.no_grad():
        for parameter, value in zip(exact.parameters(), begun, strict=True):
            parameter.copy_(value)
    twins = {id(p): q for p, q in zip(net.parameters(), exact.parameters(), strict=True)}
    chosen = [group["params"] for group in optimizer.param_groups]
    every = [p for own in chosen for p in own]
    own = [twins[id(p)] for p in every]
    with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):
        value = loss(exact, batch(0))
    grads = torch.autograd.grad(value, own, create_graph=True)
    flat = torch.cat([grad.reshape(-1) for grad in grads])
    rows = [torch.autograd.grad(entry, own, retain_graph=True) for entry in flat]
    hessian = torch.stack([torch.cat([part.reshape(-1) for part in row]) for row in rows])
    root = torch.cat([rates(optimizer.state[p]) for p in every]).sqrt()
    scaled, first = root[:, None] * hessian * root, sum(p.numel() for p in chosen[0])
    blocks = slice(None), slice(first), slice(first, None)
    return [float(torch.linalg.eigvalsh(m[s, s])[-1]) for s in blocks for m in (scaled, hessian)]


def rates(state: dict[str, Any]) -> Any:
    second = state["exp_avg_sq"].double().reshape(-1)
    rate = 3e-3 / ((second / (1 - 0.999 ** float(state["step"]))).sqrt() + 1e-8)
    return rate * (second != 0)


def recorded(net: Any, path: Path, tolerance: float) -> tuple[list[dict[str, Any]], list[float]]:
    """The curvatures of step 31, for all and each group, and the dense ones."""
    optimizer, closure = adamw(net), partial(loss, net, batch(0))
    train(net, optimizer, 1, 30)
    begun = [p.detach().clone() for p in net.parameters()]
    with optviz.record(optimizer, path, curvature=closure, tolerance=tolerance):
        train(net, optimizer, 31, 1)
    return curvatures(path), dense(net, optimizer, begun)


def test_fused_attention_is_measured_exactly_and_as_a_dense_hessian_has_it(tmp_path: Path) -> None:
    found, wanted = recorded(Transformer(), tmp_path / "log.jsonl", 1e-4)
    assert {line["by"] for line in found} == {"double backward"}
    numbers = [number for line in found for number in (line["effective"], line["raw"])]
    assert numbers == pytest.approx(wanted, rel=1e-3)


def test_differences_stand_in_where_there_is_no_second_derivative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> Any:
        raise RuntimeError("derivative is not implemented")

    monkeypatch.setattr(_hessian.DoubleBackward, "product", fail)
    found, wanted = recorded(Transformer().double(), tmp_path / "log.jsonl", 1e-4)
    assert {line["by"] for line in found} == {"differences of gradients"}
    numbers = [number for line in found for number in (line["effective"], line["raw"])]
    assert numbers == pytest.approx(wanted, rel=0.01)
    assert max(n for line in found for n in line["products"]) <= 60


def test_a_settled_measurement_of_each_group_takes_few_products(tmp_path: Path) -> None:
    net, path = Transformer(), tmp_path / "log.jsonl"
    optimizer = adamw(net)
    train(net, optimizer, 1, 60)
    closure = partial(loss, net, batch(0))
    with optviz.record(optimizer, path, curvature=closure, curvature_every=5):
        train(net, optimizer, 61, 40)
    settled = curvatures(path)[-12:]
    assert max(max(line["products"]) for line in settled) <= 12
    whole, first, second = settled[-3:]
    assert whole["raw"] >= max(first["raw"], second["raw"]) * (1 - 1e-6)
    assert whole["effective"] >= max(first["effective"], second["effective"]) * (1 - 1e-6)


def test_the_weights_are_bit_for_bit_what_they_are_without_it(tmp_path: Path) -> None:
    final = []
    for recording in (True, False):
        net = Transformer()
        optimizer, closure = adamw(net), partial(loss, net, batch(0))
        if recording:
            with optviz.record(optimizer, tmp_path / "log.jsonl", curvature=closure, every=3):
                train(net, optimizer, 1, 6)
        else:
            train(net, optimizer, 1, 6)
        final.append([p.detach().clone() for p in net.parameters()] + [torch.get_rng_state()])
    assert all(torch.equal(a, b) for a, b in zip(*final, strict=True))
