"""The callback of PyTorch Lightning: the same training, and the log that `optviz.record` writes."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from optviz.errors import UnknownName, WorldError


def test_without_lightning_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optviz.recorder.lightning", raising=False)
    for name in ("lightning", "lightning.pytorch", "pytorch_lightning"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(WorldError, match=r"pip install 'optviz\[lightning\]'"):
        import optviz.recorder.lightning  # noqa: F401


try:
    import torch

    import optviz
    from optviz.recorder.lightning import Callback, Recorder
except (ImportError, WorldError):
    pytest.skip("Lightning is not installed", allow_module_level=True)

pytorch = sys.modules[Callback.__module__.partition(".callbacks")[0]]  # under either name
pytestmark = pytest.mark.filterwarnings("ignore")  # its own, about workers and versions


class Module(pytorch.LightningModule):  # type: ignore[name-defined, misc]
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.first, self.second = torch.nn.Linear(4, 6), torch.nn.Linear(6, 1)

    def loss(self, x: Any) -> Any:
        return self.second(torch.tanh(self.first(x))).pow(2).mean()

    def training_step(self, batch: Any, index: int) -> Any:
        loss = self.loss(batch)
        self.log("train_loss", loss)
        return loss

    def configure_optimizers(self) -> Any:
        second = {"params": self.second.parameters(), "lr": 0.05}
        optimizer = torch.optim.Adam([{"params": self.first.parameters()}, second], lr=0.01)
        schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]


class TwoPlayers(Module):
    def __init__(self) -> None:
        super().__init__()
        self.automatic_optimization = False

    def training_step(self, batch: Any, index: int) -> None:
        for optimizer in self.optimizers():
            optimizer.zero_grad()
            self.manual_backward(self.loss(batch))
            optimizer.step()

    def configure_optimizers(self) -> Any:
        return [torch.optim.SGD(part.parameters(), lr=0.1) for part in (self.first, self.second)]


BATCHES = list(torch.randn(8, 5, 4, generator=torch.Generator().manual_seed(2)))


def fit(folder: Path, module: Any, *callbacks: Any, checkpoint: Any = None, **options: Any) -> Any:
    trainer = pytorch.Trainer(
        logger=False, enable_checkpointing=False, enable_progress_bar=False,
        enable_model_summary=False, accelerator="cpu", default_root_dir=folder,
        callbacks=list(callbacks), log_every_n_steps=2, **{"max_epochs": 1, **options},
    )  # fmt: skip
    loader = torch.utils.data.DataLoader(BATCHES, batch_size=None)
    trainer.fit(module, loader, ckpt_path=checkpoint)
    return trainer


def lines(path: Path, key: str = "rate") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [line for line in found if key in line]


def without_time(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in line.items() if key != "time"} for line in found]


def test_it_writes_what_record_writes_and_the_training_is_the_same(tmp_path: Path) -> None:
    recorded, bare = Module(), Module()
    fit(tmp_path, recorded, Recorder(tmp_path / "a.jsonl", every=1, layers=["second"]))
    fit(tmp_path, bare)
    assert all(map(torch.equal, recorded.parameters(), bare.parameters()))
    plain = Module()
    (optimizer,), (schedule,) = plain.configure_optimizers()
    with optviz.record(optimizer, tmp_path / "b.jsonl", every=1, layers=["second"], model=plain):
        for batch in BATCHES:
            optimizer.zero_grad()
            plain.loss(batch).backward()
            optimizer.step()
            schedule["scheduler"].step()
    ours, theirs = (lines(tmp_path / name) for name in ("a.jsonl", "b.jsonl"))
    assert without_time(ours) == without_time(theirs)
    assert [line["lr"] for line in ours[:4]] == [0.01, 0.05, 0.05, 0.005]


def test_the_loss_and_what_the_module_logs_are_logged(tmp_path: Path) -> None:
    fit(tmp_path, Module(), Recorder(tmp_path / "a.jsonl"))
    found = lines(tmp_path / "a.jsonl", "log")
    assert [line["step"] for line in found] == [2, 4, 6, 8]
    assert all(line["log"].keys() == {"train_loss"} for line in found)

    class Silent(Module):
        def log(self, *args: Any, **kwargs: Any) -> None:
            pass

    fit(tmp_path, Silent(), Recorder(tmp_path / "b.jsonl"))
    losses = [line["log"]["loss"] for line in lines(tmp_path / "b.jsonl", "log")]
    assert losses == [line["log"]["train_loss"] for line in found]


def test_steps_are_counted_where_gradients_are_accumulated_and_clipped(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.jsonl", every=1)
    fit(tmp_path, Module(), recorder, accumulate_grad_batches=4, gradient_clip_val=0.01)
    found = lines(tmp_path / "a.jsonl")
    assert [(line["step"], line["group"]) for line in found] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert sum(line["grad"] ** 2 for line in found[:2]) == pytest.approx(1e-4, rel=1e-3)


def test_each_of_several_optimizers_has_a_log(tmp_path: Path) -> None:
    fit(tmp_path, TwoPlayers(), Recorder(tmp_path / "a.jsonl", every=4))
    for name, entries in (("a-1.jsonl", 30), ("a-2.jsonl", 7)):
        found = lines(tmp_path / name)
        assert [(line["step"], line["entries"]) for line in found] == [
            (1, entries), (4, entries), (8, entries)
        ]  # fmt: skip


def test_a_training_from_a_checkpoint_continues_the_log(tmp_path: Path) -> None:
    trainer = fit(tmp_path, Module(), Recorder(tmp_path / "a.jsonl", every=4))
    trainer.save_checkpoint(tmp_path / "a.ckpt")
    again = Recorder(tmp_path / "a.jsonl", every=4)
    fit(tmp_path, Module(), again, checkpoint=tmp_path / "a.ckpt", max_epochs=2)
    steps = [line["step"] for line in lines(tmp_path / "a.jsonl") if not line["group"]]
    assert steps == [1, 4, 8, 12, 16]


def test_a_wrong_pattern_is_refused_and_a_failure_closes_the_log(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean second"):
        fit(tmp_path, Module(), Recorder(tmp_path / "a.jsonl", layers=["secnd"]))

    class Failing(Module):
        def training_step(self, batch: Any, index: int) -> Any:
            if index == 2:
                raise ArithmeticError
            return super().training_step(batch, index)

    recorder = Recorder(tmp_path / "b.jsonl", every=1)
    with pytest.raises(ArithmeticError):
        fit(tmp_path, Failing(), recorder)
    assert {line["step"] for line in lines(tmp_path / "b.jsonl")} == {1, 2}
