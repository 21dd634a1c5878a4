"""The callback of the Trainer of transformers, on a small language model."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from optviz.errors import UnknownName, WorldError


def test_without_transformers_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optviz.recorder.transformers", raising=False)
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(WorldError, match=r"pip install 'optviz\[transformers\]'"):
        import optviz.recorder.transformers  # noqa: F401


try:
    import accelerate  # noqa: F401
    import torch
    import transformers

    from optviz.recorder.transformers import Recorder
except (ImportError, WorldError):
    pytest.skip("transformers or accelerate is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # its own, about versions


def model() -> Any:
    torch.manual_seed(1)
    config = transformers.GPT2Config(vocab_size=30, n_positions=8, n_embd=16, n_layer=1, n_head=2)
    return transformers.GPT2LMHeadModel(config)


def data() -> list[dict[str, Any]]:
    tokens = torch.randint(0, 20, (48, 8), generator=torch.Generator().manual_seed(3))
    return [{"input_ids": row, "labels": row} for row in tokens]


def train(folder: Path, *callbacks: Any, **options: Any) -> Any:
    settings = {
        "per_device_train_batch_size": 4, "max_steps": 8, "learning_rate": 1e-2, "warmup_steps": 4,
        "lr_scheduler_type": "cosine", "weight_decay": 0.1, "logging_steps": 2,
        "save_strategy": "no", "report_to": [], "disable_tqdm": True, "use_cpu": True, "seed": 4,
    }  # fmt: skip
    resumed = options.pop("resumed", None)
    arguments = transformers.TrainingArguments(str(folder), **{**settings, **options})
    net = model()
    trainer = transformers.Trainer(net, arguments, train_dataset=data(), callbacks=list(callbacks))
    trainer.train(resume_from_checkpoint=resumed)
    return net


def lines(path: Path, key: str = "rate") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [line for line in found if key in line]


def test_the_groups_of_adamw_are_recorded_and_the_training_is_the_same(tmp_path: Path) -> None:
    recorded = train(tmp_path, Recorder(tmp_path / "a.jsonl", every=1, layers=["*.attn.c_attn"]))
    bare = train(tmp_path)
    assert all(map(torch.equal, recorded.parameters(), bare.parameters()))
    found = lines(tmp_path / "a.jsonl")
    assert {(line["group"], line["layer"]) for line in found} == {
        (0, None), (0, "transformer.h.0.attn.c_attn"), (1, None), (1, "transformer.h.0.attn.c_attn")
    }  # fmt: skip
    warm = [line["lr"] for line in found if line["group"] == 0 and not line["layer"]]
    assert warm[:5] == pytest.approx([0.0, 0.0025, 0.005, 0.0075, 0.01])
    assert warm[-1] < 0.002


def test_what_the_trainer_logs_is_logged_and_its_norm_is_ours(tmp_path: Path) -> None:
    train(tmp_path, Recorder(tmp_path / "a.jsonl", every=1), max_grad_norm=0.0)
    logged = {line["step"]: line["log"] for line in lines(tmp_path / "a.jsonl", "log")}
    assert list(logged) == [2, 4, 6, 8]
    for step, numbers in logged.items():
        grads = [x["grad"] for x in lines(tmp_path / "a.jsonl") if x["step"] == step]
        norm = sum(grad**2 for grad in grads) ** 0.5
        assert numbers["loss"] > 0 and numbers.get("grad_norm", norm) == pytest.approx(
            norm, rel=1e-4
        )


def test_rows_that_never_had_a_gradient_are_left_out(tmp_path: Path) -> None:
    train(tmp_path, Recorder(tmp_path / "a.jsonl", layers=["*.wpe"]))
    first = next(line for line in lines(tmp_path / "a.jsonl") if line["layer"])
    assert first["layer"] == "transformer.wpe" and first["entries"] == 128


def test_gradients_are_accumulated_and_a_checkpoint_continues_the_log(tmp_path: Path) -> None:
    options = {"gradient_accumulation_steps": 2, "save_strategy": "steps", "save_steps": 3}
    train(tmp_path, Recorder(tmp_path / "a.jsonl", every=1), max_steps=6, **options)
    whole = [line["rate"] for line in lines(tmp_path / "a.jsonl")]
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")][::2] == [1, 2, 3, 4, 5, 6]
    recorder = Recorder(tmp_path / "a.jsonl", every=1)
    train(tmp_path, recorder, max_steps=6, resumed=str(tmp_path / "checkpoint-3"), **options)
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")][::2] == [1, 2, 3, 4, 5, 6]
    assert [line["rate"] for line in lines(tmp_path / "a.jsonl")] == whole


def test_a_wrong_pattern_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"no layer is called 'transfromer\.wpe'"):
        train(tmp_path, Recorder(tmp_path / "a.jsonl", layers=["transfromer.wpe"]))
