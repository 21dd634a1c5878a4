"""Optimizers as PyTorch and Keras print them are the lines that made them."""

import json
from pathlib import Path

import pytest

from optviz import optimizers
from optviz.errors import TextError, UnknownName

RECORD = json.loads((Path(__file__).parent.parent / "recorded" / "printed.json").read_text())
PRINTED = [
    pytest.param(line, text, id=f"{line} {number}")
    for library in ("torch", "keras")
    for line, texts in RECORD[library].items()
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("line", "text"), PRINTED)
def test_what_is_printed_is_the_line_that_made_it(line: str, text: str) -> None:
    printed, made = optimizers.read(text), optimizers.read(line)
    assert (printed.rule, printed.dialect) == (made.rule, made.dialect)
    assert [printed.schedule(t) for t in (1, 7, 40)] == [made.schedule(t) for t in (1, 7, 40)]


@pytest.mark.parametrize(("line", "text"), PRINTED)
def test_it_may_stand_on_one_line(line: str, text: str) -> None:
    assert optimizers.read(" ".join(text.split())).rule == optimizers.read(line).rule


def test_a_rate_that_a_scheduler_has_changed_is_the_one_in_use() -> None:
    text = "SGD (\nParameter Group 0\n    initial_lr: 0.1\n    lr: 0.01\n    momentum: 0.9\n)"
    assert str(optimizers.read(text)) == "momentum@torch:eta=0.01,beta=0.9"


def test_groups_that_differ_are_refused_where_they_do() -> None:
    text = "SGD (\nParameter Group 0\n    lr: 0.1\n\nParameter Group 1\n    lr: 0.02\n)"
    with pytest.raises(TextError, match="another lr in group 1; all of x is one group") as caught:
        optimizers.read(text)
    assert caught.value.at == text.rindex("lr")


def test_json_of_a_configuration_is_read() -> None:
    text = '{"class_name": "SGD", "config": {"learning_rate": 0.1, "weight_decay": null}}'
    assert str(optimizers.read(text)) == "gd@keras:eta=0.1"


@pytest.mark.parametrize(
    ("text", "message"),
    [("{'learning_rate': 0.1}", "the name of the optimizer is wanted"),
     ("{'name': 'adam', 'learning_rate': }", "a value is wanted"),
     ("{}", "the name of the optimizer is wanted"),
     ("Adam (Parameter Group 0 lr: oops)", "a rate is a number"),
     ("Adam (Parameter Group 0 lr: )", "a value is wanted"),
     ("Adam (Parameter Group 0", None),
     ("Adam (Parameter Group 0 maximize: True)", "maximize: every path goes downhill")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(text: str, message: str | None) -> None:
    if message is None:
        assert optimizers.read(text).dialect == "torch"
        return
    with pytest.raises(TextError, match=message):
        optimizers.read(text)


def test_an_unknown_class_is_answered_with_its_neighbour() -> None:
    with pytest.raises(UnknownName, match="did you mean adam"):
        optimizers.read("Adamm (Parameter Group 0 lr: 0.1)")
