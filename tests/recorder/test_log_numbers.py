"""Numbers of one's own, times, resumed logs, and the entries that never had a gradient."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import records
from optviz.errors import BadFile, BadValue

torch = pytest.importorskip("torch")


def recorded(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def weight() -> Any:
    return torch.nn.Parameter(torch.ones(3, dtype=torch.float64))


def steps(optimizer: Any, count: int, rec: Any = None) -> None:
    for _ in range(count):
        optimizer.zero_grad()
        (p,) = optimizer.param_groups[0]["params"]
        loss = p.square().sum()
        loss.backward()
        optimizer.step()
        if rec is not None:
            rec.log(loss=loss)


def test_a_logged_loss_stands_at_its_step_and_is_read(tmp_path: Path) -> None:
    path, optimizer = tmp_path / "run.jsonl", torch.optim.SGD([weight()], lr=0.25)
    with optviz.record(optimizer, path, every=2) as rec:
        steps(optimizer, 3, rec)
        rec.log(accuracy=0.5, loss=float("nan"))
    assert rec.step == 3
    lines = [line for line in recorded(path) if "log" in line]
    assert [(line["step"], line["log"]) for line in lines] == [
        (1, {"loss": 3.0}),
        (2, {"loss": 0.75}),
        (3, {"loss": 0.1875}),
        (3, {"accuracy": 0.5, "loss": None}),
    ]
    log = records.training(path.read_bytes(), "run.jsonl")
    assert log is not None
    loss, accuracy = log.logged
    assert (loss.name, loss.steps.tolist()) == ("loss", [1, 2, 3, 3])
    assert loss.values[:3].tolist() == [3.0, 0.75, 0.1875] and np.isnan(loss.values[3])
    assert (accuracy.name, accuracy.values.tolist()) == ("accuracy", [0.5])
    assert log.layers[0].steps.tolist() == [1, 2]


def test_lines_have_the_seconds_since_the_block_began(tmp_path: Path) -> None:
    path, optimizer = tmp_path / "run.jsonl", torch.optim.SGD([weight()], lr=0.1)
    with optviz.record(optimizer, path, every=1) as rec:
        steps(optimizer, 3, rec)
    times = [line["time"] for line in recorded(path)[1:]]
    assert times == sorted(times) and 0 <= times[0] < 10
    log = records.training(path.read_bytes(), "run.jsonl")
    assert log is not None and log.layers[0].times.tolist() == times[::2]
    assert log.layers[0].touched.tolist() == [1.0] * 3


@pytest.mark.parametrize("value", ["much", [1.0], torch.ones(2)])
def test_what_is_logged_is_a_number(value: Any, tmp_path: Path) -> None:
    optimizer = torch.optim.SGD([weight()], lr=0.1)
    with (
        pytest.raises(BadValue, match=r"loss.*number is wanted"),
        optviz.record(optimizer, tmp_path / "run.jsonl") as rec,
    ):
        rec.log(loss=value)


def test_a_resumed_run_continues_its_log_after_the_checkpoint(tmp_path: Path) -> None:
    path, p = tmp_path / "run.jsonl", weight()
    optimizer = torch.optim.Adam([p], lr=0.1)
    with optviz.record(optimizer, path, every=1) as rec:
        steps(optimizer, 2, rec)
        checkpoint = p.detach().clone(), optimizer.state_dict()
        kept = path.read_bytes()
        steps(optimizer, 2, rec)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"step": 5, "gro')  # cut off
    again = weight()
    again.data.copy_(checkpoint[0])
    optimizer = torch.optim.Adam([again], lr=0.1)
    optimizer.load_state_dict(checkpoint[1])
    with optviz.record(optimizer, path, every=1, resume=2) as rec:
        steps(optimizer, 2, rec)
    assert path.read_bytes().startswith(kept)
    log = records.training(path.read_bytes(), "run.jsonl")
    assert log is not None
    assert log.layers[0].steps.tolist() == log.logged[0].steps.tolist() == [1, 2, 3, 4]
    assert (np.diff(log.layers[0].times) >= 0).all()


def test_a_resumed_run_without_its_log_begins_one(tmp_path: Path) -> None:
    optimizer = torch.optim.SGD([weight()], lr=0.1)
    with optviz.record(optimizer, tmp_path / "new.jsonl", every=10, resume=8):
        steps(optimizer, 3)
    assert [line["step"] for line in recorded(tmp_path / "new.jsonl")[1:]] == [10]


def test_a_log_of_another_training_is_not_continued(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with optviz.record(torch.optim.SGD([weight()], lr=0.1), path):
        pass
    before = path.read_bytes()
    with (
        pytest.raises(BadFile, match=r"'SGD' there, 'Adam' here"),
        optviz.record(torch.optim.Adam([weight()]), path, resume=4),
    ):
        pass
    with (
        pytest.raises(BadValue, match="resume"),
        optviz.record(torch.optim.Adam([weight()]), path, resume=-1),
    ):
        pass
    assert path.read_bytes() == before


TOUCHED = [
    ("Adagrad", {"lr": 0.5}),
    ("Adagrad", {"lr": 0.5, "initial_accumulator_value": 0.1}),
    ("RMSprop", {}),
    ("Adadelta", {}),
    ("Adam", {}),
    ("AdamW", {"weight_decay": 0.1}),
    ("NAdam", {}),
    ("RAdam", {}),
    ("Adamax", {}),
]


@pytest.mark.parametrize(("kind", "settings"), TOUCHED)
def test_rows_of_an_embedding_that_were_never_seen_have_no_quantiles(
    kind: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    table = torch.nn.Embedding(8, 3)
    optimizer = getattr(torch.optim, kind)(table.parameters(), **settings)
    with optviz.record(optimizer, tmp_path / "log.jsonl", every=1):
        for row in (1, 5):
            optimizer.zero_grad()
            table(torch.tensor([row])).square().sum().backward()
            optimizer.step()
    first, second = recorded(tmp_path / "log.jsonl")[1:]
    assert (first["touched"], second["touched"]) == (1 / 8, 2 / 8)
    by_hand = optimizer.state[table.weight]
    buffer = next(by_hand[key] for key in NAMES if key in by_hand)[[1, 5]]
    if kind != "Adadelta":  # whose rate needs a mean as it was before the step
        assert second["rate"] == pytest.approx(wanted(optimizer, kind, buffer), rel=1e-6)


NAMES = ("sum", "square_avg", "exp_avg_sq", "exp_inf")


def wanted(optimizer: Any, kind: str, seen: Any) -> list[float]:
    """Quantiles of the rates of the two rows that were seen, by hand."""
    group = optimizer.param_groups[0]
    v, eta, eps = seen.double().reshape(-1), group["lr"], group["eps"]
    if kind in {"Adagrad", "RMSprop"}:
        rate = eta / (v.sqrt() + eps)
    elif kind == "Adamax":
        rate = eta / v
    elif kind == "RAdam":
        rate = torch.full_like(v, eta)
    else:
        rate = eta / ((v / (1 - group["betas"][1] ** 2)).sqrt() + eps)
    shares = torch.tensor([0.05, 0.25, 0.5, 0.75, 0.95], dtype=torch.float64)
    return [float(q) for q in torch.quantile(rate, shares)]
