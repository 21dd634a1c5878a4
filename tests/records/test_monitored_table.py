"""Tables of a log of training, as W&B exports them and CSVLogger writes them."""

import numpy as np
import pytest

from optviz import notes, records
from optviz.errors import BadFile
from optviz.recorder.training_log import TrainingLog

PANEL = (
    '"Step","sunny-1 - train/loss","sunny-1 - train/loss__MIN","sunny-1 - train/loss__MAX",'
    '"calm-2 - train/loss","calm-2 - train/loss__MIN","calm-2 - train/loss__MAX"\n'
    '"0","2.5","2.5","2.5","2.25","2.25","2.25"\n'
    '"10","1.5","1.5","1.5","","",""\n'
    '"20","0.5","0.5","0.5","1.25","1","1.5"\n'
)
HISTORY = (
    ",_step,_runtime,_timestamp,train/loss,train/learning_rate,train/grad_norm,gradients/fc1\n"
    "0,0,1.5,1700000000,2.5,0.1,4.0,{'_type': 'histogram'}\n"
    "1,10,3.5,1700000002,2.0,0.05,NaN,{'_type': 'histogram'}\n"
)


def read(text: str, name: str = "log.csv") -> list[TrainingLog]:
    return records.trainings(text.encode(), name)


def test_a_panel_of_wandb_has_a_log_for_each_run() -> None:
    first, second = read(PANEL)
    assert (first.file, second.file) == ("sunny-1", "calm-2")
    assert [one.name for one in first.logged] == ["train/loss"]
    assert first.logged[0].values.tolist() == [2.5, 1.5, 0.5]
    assert second.logged[0].steps.tolist() == [0, 20]
    with pytest.raises(BadFile, match="it holds 2 runs, and one is wanted here: sunny-1, calm-2"):
        records.training(PANEL.encode(), "log.csv")


def test_a_history_of_wandb_has_learning_rates_and_norms() -> None:
    with notes.collected() as said:
        (log,) = read(HISTORY)
    (whole,) = log.layers
    assert whole.eta.tolist() == [0.1, 0.05] and whole.times.tolist() == [0.0, 2.0]
    assert whole.grad[0] == 4.0 and np.isnan(whole.grad[1])
    assert [one.name for one in log.logged] == ["train/loss"]
    first, second = said
    assert first == "log.csv: gradients/fc1 hold other things than numbers and are passed over"
    assert "but no effective rates, curvature, norms of updates" in second


def test_the_tables_of_lightning_and_keras_are_read_too() -> None:
    (log,) = read("epoch,step,lr-Adam,train_loss,val_loss\n0,49,,2.5,\n0,49,,,2.25\n1,50,0.5,,\n")
    assert log.optimizer == "Adam" and log.layers[0].eta.tolist() == [0.5]
    assert {one.name: one.values.tolist() for one in log.logged} == {
        "train_loss": [2.5],
        "val_loss": [2.25],
    }
    (log,) = read("epoch,accuracy,learning_rate,loss\n0,0.5,0.001,2.5\n1,0.75,0.001,2.25\n")
    assert log.layers[0].eta.tolist() == [0.001] * 2
    assert [one.name for one in log.logged] == ["accuracy", "loss"]


def test_what_tensorboard_downloads_has_its_name_in_that_of_the_file() -> None:
    text = "Wall time,Step,Value\n1700000000.5,0,2.5\n1700000002,100,1.5\n"
    for name, shown in (("run-a-tag-train_loss.csv", "train_loss"), ("log.csv", "Value")):
        (log,) = read(text, name)
        assert [one.name for one in log.logged] == [shown]
        assert log.logged[0].times.tolist() == [0.0, 1.5]


@pytest.mark.parametrize(
    "text",
    [
        "step,x1,x2\n0,1,2\n",
        "step,loss,g1,g2\n1,9,1,2\n",
        "a,b\n1,2\n",
        "1,2\n3,4\n",
        "",
        '{"a": 1}',
    ],
)
def test_other_tables_are_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Relative Time (Process),a - loss\n0.5,2.5\n", "choose Step as the x axis"),
        ("step,loss\n0.5,2.5\n", "'0.5' is no number of a step"),
        ("step,loss\n", "no numbers have been logged"),
    ],
)
def test_tables_that_cannot_be_read_say_why(text: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read(text)


def test_a_last_row_that_is_half_written_is_left_out() -> None:
    whole = read("epoch,step,loss,lr-SGD\n0,0,1.5,0.1\n0,10,1.2,0.1\n")
    for end in ("0", "0,2", "0,20,"):
        (log,) = read(f"epoch,step,loss,lr-SGD\n0,0,1.5,0.1\n0,10,1.2,0.1\n{end}")
        assert log.steps == whole[0].steps == 10
    with pytest.raises(BadFile, match="line 3: 2 fields"):
        read("epoch,step,loss,lr-SGD\n0,0,1.5,0.1\n0,2\n")


def test_the_runs_of_several_files_stand_in_one_row() -> None:
    log = records.trainings_of([("a.csv", PANEL.encode()), ("b.csv", b"step,x1\n0,1\n")])
    assert [one and one.file for one in log] == ["sunny-1", "calm-2", None]
