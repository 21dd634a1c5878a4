"""A line of a training script, copied: the library's own names, switches and schedules."""

import pytest

from optviz import objectives, optimizers
from optviz.arrays import Array
from optviz.errors import OptvizError
from optviz.walks import engine

D2L = objectives.read("d2l")


def walk(text: str) -> Array:
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
        ("adam@torch:lr=0.05,amsgrad=true,weight_decay=0.1,betas=(0.8,0.9)",
         "amsgrad@torch:eta=0.05,decay=0.1,beta1=0.8,beta2=0.9"),
        # in no dialect too, with what goes with them
        ("sgd:lr=0.1,momentum=0.9", "momentum:eta=0.1,beta=0.9"),
        ("sgd(lr=0.1, momentum=0.9)", "momentum:eta=0.1,beta=0.9"),
        ("SGD(0.1, momentum=0.9, dampening=0.2, weight_decay=0.1)",
         "momentum:eta=0.1,beta=0.9,dampening=0.2,decay=0.1"),
        ("gd@d2l:eta=0.1,momentum=0.9", "momentum:eta=0.1,beta=0.9"),
        ("gd:eta=0.1,momentum=0.9", "momentum:eta=0.1,beta=0.9"),
        ("sgd:lr=0.1,momentum=0.9,nesterov=true", "nesterov:eta=0.1,beta=0.9"),
        ("sgd:lr=0.1,nesterov=true,momentum=0.9", "nesterov:eta=0.1,beta=0.9"),
        ("momentum:eta=0.1,momentum=0.9", "momentum:eta=0.1,beta=0.9"),
        ("momentum:eta=0.1,beta=0.9,nesterov=true", "nesterov:eta=0.1,beta=0.9"),
        ("nesterov:eta=0.1,momentum=0.9,nesterov=true", "nesterov:eta=0.1,beta=0.9"),
        ("rmsprop:eta=0.1,momentum=0.9", "rmsprop:eta=0.1,beta=0.9"),
        ("adam:eta=0.1,betas=(0.8,0.9),weight_decay=0.1",
         "adam:eta=0.1,beta1=0.8,beta2=0.9,decay=0.1"),
        ("lookahead:eta=0.1,base=sgd(momentum=0.9,nesterov=true)",
         "lookahead:eta=0.1,base=nesterov(beta=0.9)"),
        ("lookahead@optax:eta=0.1,fast_optimizer=adam@torch(betas=(0.8,0.9),fused=None)",
         "lookahead@optax:eta=0.1,base=adam(beta1=0.8,beta2=0.9,eps=1e-8)"),
        # off, not there, or without effect
        ("sgd:lr=0.1,momentum=0,nesterov=false", "gd:eta=0.1"),
        ("sgd@keras:learning_rate=0.1,momentum=0.0,nesterov=True", "gd@keras:eta=0.1"),
        ("sgd@keras:learning_rate=0.1,nesterov=True", "gd@keras:eta=0.1"),
        ("sgd@optax:learning_rate=0.1,momentum=None,nesterov=True", "gd@optax:eta=0.1"),
        ("sgd@torch:lr=0.1,momentum=0,dampening=0.5,nesterov=False", "gd@torch:eta=0.1"),
        ("adam:eta=0.1,amsgrad=0", "adam:eta=0.1"),
        ("nesterov@keras:learning_rate=0.1", "nesterov@keras:eta=0.1,beta=0.9"),
        ("nesterov@torch:lr=0.1,dampening=0", "nesterov@torch:eta=0.1,beta=0.9"),
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
def test_a_copied_line_walks_as_our_words_do(copied: str, ours: str) -> None:
    assert walk(copied) == pytest.approx(walk(ours), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(
    ("text", "message"),
    [("adam@torch:betas=0.9", "2 values in brackets"),
     ("adam@torch:betas=(0.9,0.99,0.999)", "2 values in brackets"),
     ("adam@torch:alpha=0.9", "no setting of adam"),
     ("adam@optax", "leaves the rate to you"),
     ("adam@torch:lr=0.1,eta=0.2", "set twice"),
     ("adam@numpy", "no dialect of adam"),
     # as PyTorch refuses it
     ("sgd@torch:lr=0.1,momentum=0,nesterov=True", "requires a momentum and zero dampening"),
     ("sgd@torch:lr=0.1,nesterov=True", "requires a momentum and zero dampening"),
     ("sgd@torch:lr=0.1,momentum=0.9,dampening=0.1,nesterov=True", "zero dampening"),
     ("momentum@torch:momentum=0,nesterov=True", "requires a momentum and zero dampening"),
     ("nesterov@torch:momentum=0", "requires a momentum and zero dampening"),
     ("nesterov@torch:dampening=0.1", "requires a momentum and zero dampening"),
     # neither true nor false
     ("sgd:lr=0.1,momentum=0.9,nesterov=perhaps", "nesterov: true is wanted"),
     ("sgd:lr=0.1,nesterov=perhaps", "nesterov: it needs a momentum"),
     ("adam:amsgrad=perhaps", "amsgrad: true is wanted"),
     ("sgd:lr=0.1,nesterov=true", "nesterov: it needs a momentum"),
     ("nesterov:nesterov=false", "without it the rule is momentum"),
     ("amsgrad:amsgrad=false", "without it the rule is adam"),
     ("sgd:momentum=true", "beta is a number"),
     # a word of ours that the library has, or had, for something else
     ("sgd@keras:lr=0.1,decay=0.1", r"InverseTimeDecay\(0.1,.*weight_decay="),
     ("adam@tf:decay=0.1", "decay: in Keras this was"),
     ("rmsprop@optax:learning_rate=0.1,decay=2", "0 ≤ rho < 1"),
     # what cannot be drawn
     ("adam@torch:maximize=True", "maximize: every path goes downhill"),
     ("adam@keras:clipnorm=1,clipvalue=1", "clip: 1 given, so clip_value has to be left out"),
     ("adam@keras:clipnorm=1,global_clipnorm=1", "clip is set twice"),
     ("adam:clip=0", "0 < clip is wanted"),
     ("lookahead:base=adam(clip=1)", "clipping stands outside"),
     ("adam@keras:use_ema=True", "use_ema: averaged weights are not drawn"),
     ("adamw@keras:weight_decay=None", "decay is a number"),
     ("adam:foreach=None", "foreach is a word of @torch; write adam@torch"),
     ("adam@torch:beta_1=0.9", "beta_1 is a word of @keras; write adam@keras"),
     ("lookahead:base=adam(lr=0.5)", "the rate stands outside"),
     ("momentum:0.1,learning_rate=0.3", "eta is set twice")],
)  # fmt: skip
def test_what_the_library_does_not_have_is_refused(text: str, message: str) -> None:
    with pytest.raises(OptvizError, match=message):
        optimizers.read(text)


@pytest.mark.parametrize(
    "text",
    ["adam@torch:lr=0.001,betas=(0.9,0.999),eps=1e-08,weight_decay=0,amsgrad=False,foreach=None,"
     "maximize=False,capturable=False,differentiable=False,fused=None",
     "adam@torch(lr=0.001, fused=True, foreach=False)",
     "adam@torch:weight_decay=0,maximize=false,differentiable=true"],
)  # fmt: skip
def test_what_does_not_change_the_path_is_passed_over(text: str) -> None:
    assert str(optimizers.read(text)) == "adam@torch:eta=0.001,beta1=0.9,beta2=0.999,eps=1e-08"


def test_none_counts_as_unset_where_the_library_means_that() -> None:
    assert optimizers.read("adam@keras:weight_decay=None") == optimizers.read("adam@keras")
    floor = optimizers.read("adafactor@torch").rule.eps1
    read = optimizers.read("adafactor@torch:eps=(None,0.01)").rule
    assert (read.eps1, read.eps2) == (floor, 0.01)


def test_plain_steps_are_what_keras_makes_of_nesterov_without_a_momentum() -> None:
    text = "sgd@keras:learning_rate=0.1,momentum=0.0,nesterov=True"
    run = engine.run(D2L, optimizers.read(text), [-5.0, -2.0], 20)
    assert run.x[-1, 0] == pytest.approx([-5 * 0.98**20, -2 * 0.6**20], rel=1e-12)
    assert run.x[-1, 0] == pytest.approx([-3.3380, -0.0000731], rel=1e-3)


def test_weight_decay_is_printed_by_the_word_that_reads_back() -> None:
    assert str(optimizers.read("sgd@keras:lr=0.1,weight_decay=0.2")).endswith("weight_decay=0.2")
    assert str(optimizers.read("sgd@torch:lr=0.1,weight_decay=0.2")).endswith(",decay=0.2")


@pytest.mark.parametrize(
    ("texts", "common", "printed"),
    [(["sgd"], {"momentum": "0.9"}, ["momentum:eta=0.4,beta=0.9"]),
     (["sgd", "adam@torch"], {"lr": "0.1", "momentum": "0.9"},
      ["momentum:eta=0.1,beta=0.9", "adam@torch:eta=0.1,beta1=0.9,beta2=0.999,eps=1e-08"]),
     (["sgd:lr=1,momentum=0.5"], {"momentum": "0.9"}, ["momentum:eta=1,beta=0.5"]),
     (["sgd@torch:lr=1,momentum=0.5"], {"nesterov": "true"}, ["nesterov@torch:eta=1,beta=0.5"]),
     (["rmsprop@torch"], {"alpha": "0.5"}, ["rmsprop@torch:eta=0.01,rho=0.5,eps=1e-08"]),
     (["rmsprop@optax:eta=1"], {"decay": "0.5"}, ["rmsprop@optax:eta=1,rho=0.5,eps=1e-08"]),
     (["adam@torch"], {"fused": "None"}, ["adam@torch:eta=0.001,beta1=0.9,beta2=0.999,eps=1e-08"]),
     # a symbol is ours for all: Keras's Ftrl calls ε beta, PyTorch's Adafactor a pair eps
     (["momentum", "ftrl@keras"], {"beta": "0.9"},
      ["momentum:eta=0.6,beta=0.9", "ftrl@keras:eta=0.001"]),
     (["adam@torch:0.1", "adafactor@torch"], {"eps": "0"},
      ["adam@torch:eta=0.1,beta1=0.9,beta2=0.999,eps=0", "adafactor@torch:eta=0.01,d=1"])],
)  # fmt: skip
def test_a_setting_for_all_is_read_as_if_it_stood_in_each_text(
    texts: list[str], common: dict[str, str], printed: list[str]
) -> None:
    assert [str(optimizer) for optimizer in optimizers.read_all(texts, common)] == printed


@pytest.mark.parametrize(
    ("texts", "common", "message"),
    [(["sgd@torch:momentum=0"], {"nesterov": "true"}, "requires a momentum"),
     (["adam@keras"], {"decay": "0.1"}, "in Keras this was"),
     (["gd", "rmsprop@optax:eta=1"], {"decay": "0.1"}, "decay in gd and rho in rmsprop@optax"),
     (["sgd"], {"lr": "0.1", "eta": "0.2"}, "eta is set twice"),
     (["adam"], {"momentum": "0.9"}, "but adam has no momentum to set; beta1 comes near"),
     (["adam"], {"fused": "None"}, "but adam has no fused to set")],
)  # fmt: skip
def test_a_setting_for_all_that_cannot_be_is_refused(
    texts: list[str], common: dict[str, str], message: str
) -> None:
    with pytest.raises(OptvizError, match=message):
        optimizers.read_all(texts, common)


def test_a_rate_for_all_answers_a_library_that_asks_for_one() -> None:
    (optimizer,) = optimizers.read_all(["adam@optax"], {"eta": "0.1"})
    assert str(optimizer).startswith("adam@optax:eta=0.1")
