"""What numbers are, by the names that monitors give them."""

import pytest

from optviz.records._monitored_names import Meaning, meanings_of

SCALARS = {
    "lr": Meaning("lr"),
    "train/learning_rate": Meaning("lr"),  # the Trainer of transformers
    "lr-Adam": Meaning("lr"),  # Lightning
    "lr-AdamW/pg1": Meaning("lr"),
    "lr-Adam/pg1-momentum": Meaning("log"),
    "lr-Adam-weight_decay": Meaning("log"),
    "epoch_learning_rate": Meaning("lr"),  # Keras
    "learning-rate": Meaning("lr"),  # Megatron
    "lr/pg0": Meaning("lr"),  # YOLO
    "lr_finder/loss": Meaning("log"),
    "color": Meaning("log"),
    "train/loss": Meaning("log"),
    "grad_norm": Meaning("grad"),
    "train/grad_norm": Meaning("grad"),
    "train/gnorm": Meaning("grad"),  # fairseq
    "grad-norm": Meaning("grad"),
    "params-norm": Meaning("parameter"),
    "grad_2.0_norm_total": Meaning("grad"),
    "grad_2.0_norm/conv1.weight": Meaning("grad", "conv1.weight"),
    "grad_inf_norm/conv1.weight": Meaning("log"),
    "grad_1.0_norm/conv1.weight": Meaning("log"),
    "update_norm/conv1": Meaning("update", "conv1"),
    "conv1.weight/grad_norm": Meaning("grad", "conv1.weight"),
    "layer_norm.weight": Meaning("log"),
}
HISTOGRAMS = {
    "fc.weight": Meaning("parameter", "fc.weight"),  # for its gradient is there
    "fc.weight.grad": Meaning("grad", "fc.weight"),
    "gradients/conv.bias": Meaning("grad", "conv.bias"),
    "weights/conv.bias": Meaning("parameter", "conv.bias"),
    "activations/fc": Meaning(""),
    "out.weight": Meaning(""),
}


@pytest.mark.parametrize("tag", SCALARS)
def test_a_number_is_what_its_name_says(tag: str) -> None:
    assert meanings_of({tag: False}) == {tag: SCALARS[tag]}


def test_histograms_have_the_norms_of_what_they_show() -> None:
    assert meanings_of(dict.fromkeys(HISTOGRAMS, True)) == HISTOGRAMS
