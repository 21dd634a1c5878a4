"""A line of a training script, copied: the library's own names, switches and schedules."""

import pytest

from optviz import engine, objectives, optimizers
from optviz.errors import OptvizError

D2L = objectives.read("d2l")


def walk(text):
    return engine.run(D2L, optimizers.read(text), [-5.0, -2.0], 40).x


@pytest.mark.parametrize(
    ("copied", "ours"),
    [
        ("rmsprop@torch:alpha=0.95,momentum=0.9,centered=true",
         "rmsprop@torch:rho=0.95,beta=0.9,centered=true"),
        ("adam@torch:lr=0.05,betas=(0.9,0.99),weight_decay=0.01",
         "adam@torch:eta=0.05,beta1=0.9,beta2=0.99,decay=0.01"),
        ("adam@optax:b1=0.8,eps_root=1e-8,learning_rate=0.1",
         "adam@optax:eta=0.1,beta1=0.8,eps_root=1e-8"),
        ("adam@keras:learning_rate=0.05,beta_1=0.8", "adam@keras:eta=0.05,beta1=0.8"),
        ("adam@tf:learning_rate=0.05", "adam@keras:eta=0.05"),
        ("adagrad@keras:initial_accumulator_value=0.5,learning_rate=0.1",
         "adagrad@keras:eta=0.1,G0=0.5"),
        ("rmsprop@optax:learning_rate=0.1,decay=0.8", "rmsprop@optax:eta=0.1,rho=0.8"),
        # switches make another rule
        ("sgd@torch:lr=0.1", "gd@torch:eta=0.1"),
        ("sgd@torch:lr=0.1,momentum=0", "gd@torch:eta=0.1"),
        ("sgd@torch:lr=0.1,momentum=0.9,dampening=0.1",
         "momentum@torch:eta=0.1,beta=0.9,dampening=0.1"),
        ("sgd@torch:lr=0.1,momentum=0.9,nesterov=true", "nesterov@torch:eta=0.1,beta=0.9"),
        ("sgd@torch:lr=0.1,momentum=0.9,nesterov=false", "momentum@torch:eta=0.1,beta=0.9"),
        ("sgd@keras:learning_rate=0.1,momentum=0.9,nesterov=true",
         "nesterov@keras:eta=0.1,beta=0.9"),
        ("adam@torch:lr=0.05,amsgrad=true", "amsgrad@torch:eta=0.05"),
        # what people call them
        ("nag:eta=0.1", "nesterov:eta=0.1"),
        ("heavyball:eta=0.1", "momentum:eta=0.1"),
        ("sgd:eta=0.1", "gd:eta=0.1"),
        # schedules
        ("sgd@torch:lr=StepLR(0.1,step_size=10,gamma=0.5)", "gd@torch:eta=step(0.1,10,0.5)"),
        ("sgd@torch:lr=ExponentialLR(0.1,gamma=0.97)", "gd@torch:eta=exponential(0.1,0.97)"),
        ("adamw@keras:learning_rate=ExponentialDecay(0.1,decay_steps=1,decay_rate=0.97)",
         "adamw@keras:eta=exponential(0.1,0.97)"),
        ("sgd@optax:learning_rate=exponential_decay(0.05,transition_steps=1,decay_rate=0.97)",
         "gd@optax:eta=exponential(0.05,0.97)"),
    ],
)  # fmt: skip
def test_a_copied_line_walks_as_our_words_do(copied, ours):
    assert walk(copied) == pytest.approx(walk(ours), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(
    ("text", "said"),
    [("adam@torch:betas=0.9", "2 values in brackets"),
     ("adam@torch:betas=(0.9,0.99,0.999)", "2 values in brackets"),
     ("adam@torch:alpha=0.9", "no setting of adam"),
     ("adam@optax", "leaves the rate to you"),
     ("adam@torch:lr=0.1,eta=0.2", "set twice"),
     ("adam@numpy", "no dialect of adam")],
)  # fmt: skip
def test_what_the_library_does_not_have_is_said(text, said):
    with pytest.raises(OptvizError, match=said):
        optimizers.read(text)


def test_a_rate_for_all_answers_a_library_that_asks_for_one():
    (found,) = optimizers.read_all(["adam@optax"], {"eta": "0.1"})
    assert str(found).startswith("adam@optax:eta=0.1")
