"""Logs of training are no gradients and no paths, and are refused by the names in them."""

import json

import pytest

from optviz import notes, records
from optviz.errors import BadFile
from optviz.gradients.log import Log
from optviz.records._training_columns import of_training

# The first lines of what each program writes.
LOGS = {
    "TensorBoard": "Wall time,Step,Value\n1700000000.12,0,2.31\n1700000012.45,100,1.90\n",
    "TensorBoard, tidy": "step,value\n0,2.31\n100,1.9\n",
    "Keras, CSVLogger": "epoch,accuracy,learning_rate,loss,val_loss\n0,0.5,0.001,2.3,2.2\n",
    "Keras, of old": "epoch,acc,loss,lr,val_acc,val_loss\n0,0.5,2.3,0.001,0.4,2.2\n",
    "Lightning": "epoch,step,train_loss_epoch,train_loss_step,val_loss\n0,49,,2.3,\n0,49,,,2.2\n",
    "Lightning, its monitor": "lr-Adam,lr-SGD/pg1\n0.1,0.1\n0.1,0.05\n",
    "wandb, exported": '"Step","sunny-1 - loss","sunny-1 - loss__MIN"\n"0","2.3","2.3"\n',
    "wandb, history": "_step,_runtime,_timestamp,train/loss\n0,1.5,1700000000,2.3\n",
    "fastai": "epoch,train_loss,valid_loss,time\n0,2.3,2.2,00:12\n",
    "YOLO": "epoch,train/box_loss,metrics/precision(B),lr/pg0\n0,1.5,0.5,0.01\n",
    "YOLO, padded": "     train/box_loss,     train/cls_loss\n     1.5,   0.5\n",
    "a column an epoch": "layer,train_acc1_epoch_0,train_loss_epoch_0\n0,0.3,1.8\n",
    "two players": "d_loss,g_loss\n0.5,0.7\n0.4,0.8\n",
    "a dataframe": ",loss,grad_norm\n0,2.3,1.5\n1,2.2,1.4\n",
    "by hand": "# epoch loss\n0 2.3\n1 2.2\n",
    "German": "Epoch;Loss\n0;2,3\n1;2,2\n",
}
STATE = {"best_metric": None, "log_history": [{"epoch": 0.5, "loss": 2.3, "step": 50}]}
JSON = {
    "the Trainer's state": json.dumps(STATE, indent=2),
    "its history": json.dumps(STATE["log_history"]),
    "lines": '{"step": 1, "loss": 2.3}\n{"step": 2, "loss": 2.2}\n',
}


def refusal(text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("optviz.files.reading", lambda path: text.encode())
    with pytest.raises(BadFile) as caught:
        records.gradients(Log(name))
    return str(caught.value)


@pytest.mark.parametrize("name", LOGS)
def test_a_log_of_training_has_no_gradients(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(LOGS[name], "log.csv", monkeypatch)
    assert sentence.startswith("log.csv, line 1: column")
    assert "of a log of training, and no gradients; a log of gradients has" in sentence


@pytest.mark.parametrize("name", JSON)
def test_one_in_json_has_none_either(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(JSON[name], "log.json", monkeypatch)
    assert sentence.startswith("log.json, line 1: ")
    assert "of a log of training, and no gradients" in sentence


@pytest.mark.parametrize("name", [*LOGS, *JSON])
def test_nor_has_it_a_path(name: str) -> None:
    text = {**LOGS, **JSON}[name]
    with pytest.raises(BadFile, match="of a log of training, which has no path"):
        records.read(text.encode(), "log.csv" if name in LOGS else "log.json")


def test_the_columns_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = refusal(LOGS["TensorBoard"], "log.csv", monkeypatch)
    assert "columns Wall time, Value are of a log of training" in sentence
    assert sentence.endswith(
        "a row a step and a column a coordinate, under names such as w1,w2 or none"
    )


@pytest.mark.parametrize(
    "name",
    ["w", "b", "g1", "conv1.weight", "time_embed.weight", "lr.weight", "fc.bias[3]", "x1", "0", "",
     "loss_scale_head.weight", "step_size_net.0.bias", "value_head.weight", "w1 (train)"],
)  # fmt: skip
def test_names_of_parameters_are_none_of_training(name: str) -> None:
    assert of_training([name]) == []


def test_columns_of_gradients_beside_a_loss_are_taken_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "step,loss,lr,g1,g2\n1,9,.1,1,2\n2,8,.1,3,4\n"
    monkeypatch.setattr("optviz.files.reading", lambda path: text.encode())
    with notes.collected() as said:
        (log,) = records.gradients(Log("log.csv"))
    assert (log.names, log.grad.tolist()) == (("g1", "g2"), [[1, 2], [3, 4]])
    assert list(said) == ["log.csv: only g1, … are gradients; loss, lr passed over"]
