"""Lines of training scripts, as people have them, are the optimizers that their libraries make."""

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.errors import OptvizError, TextError
from optviz.optimizers import Rule, _positional, vocabulary_of
from optviz.walks import engine

RECORDED = Path(__file__).parent.parent / "recorded"
RECORD = json.loads((RECORDED / "signatures.json").read_text())
SWITCHES: dict[str, dict[str, list[float] | None]] = json.loads(
    (RECORDED / "switches.json").read_text()
)
FUNCTIONS = [
    pytest.param(library, function, words.split(), id=function)
    for library, functions in RECORD["positional"].items()
    for function, words in functions.items()
]
START = np.array([-5.0, -2.0])

# Lines and what they are, in optviz's own form.
LINES = {
    # of the issue
    "torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), fused=True)":
        "adamw@torch:eta=0.001,beta2=0.95",
    "optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)":
        "momentum@torch:eta=0.1,beta=0.9",
    "optim.Adam(params, lr=0.3)": "adam@torch:eta=0.3",
    "torch.optim.Adam(params, lr=0.3)": "adam@torch:eta=0.3",
    "AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95))": "adamw@torch:eta=0.001,beta2=0.95",
    "torch.optim.Adam([{'params': base}, {'params': head}], lr=1e-3)": "adam@torch:eta=0.001",
    "keras.optimizers.Adam(learning_rate=1e-3, clipnorm=1.0)": "adam@keras:eta=0.001,clip=1",
    "tf.keras.optimizers.SGD(0.01, 0.9, True)": "nesterov@keras:eta=0.01,beta=0.9",
    "optax.adamw(1e-3, b1=0.8)": "adamw@optax:eta=0.001,beta1=0.8",
    "optax.chain(optax.clip_by_global_norm(1.0), optax.adam(1e-3))": "adam@optax:eta=0.001,clip=1",
    "optax.chain(optax.clip(max_delta=0.5), optax.sgd(1e-3, 0.9, True))":
        "nesterov@optax:eta=0.001,beta=0.9,clip_value=0.5",
    "optax.chain(optax.adam(1e-3))": "adam@optax:eta=0.001",
    "torch.optim.Adam(model.parameters())": "adam@torch",
    "keras.optimizers.Adadelta()": "adadelta@keras",
    # of the documentation of PyTorch, Keras and Optax
    "optimizer = optim.SGD(model.parameters(), lr=0.01, momentum=0.9)":
        "momentum@torch:eta=0.01,beta=0.9",
    "optimizer = optim.Adam([var1, var2], lr=0.0001)": "adam@torch:eta=0.0001",
    "opt = keras.optimizers.Adam(learning_rate=0.01)": "adam@keras:eta=0.01",
    "keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.ExponentialDecay("
    "initial_learning_rate=1e-2, decay_steps=10000, decay_rate=0.9))":
        "gd@keras:eta=ExponentialDecay(0.01,decay_steps=10000,decay_rate=0.9)",
    "solver = optax.adam(learning_rate=0.003)": "adam@optax:eta=0.003",
    "optimizer = optax.adamw(learning_rate=optax.cosine_decay_schedule(0.1, 100))":
        "adamw@optax:eta=cosine_decay_schedule(0.1,100)",
    # of public repositories
    "sgd = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)":
        "momentum@torch:eta=0.01,beta=0.9",
    "opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, "
    "nesterov=True)": "nesterov@torch:eta=0.1,beta=0.9,decay=0.0005",
    "optimizer = torch.optim.SGD(params=model.parameters(), lr=0.001, momentum=0.9, "
    "weight_decay=1e-2)": "momentum@torch:eta=0.001,beta=0.9,decay=0.01",
    "self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.001, momentum=0.9)":
        "momentum@torch:eta=0.001,beta=0.9",
    "self.optimizer = optim.Adam(filter(lambda p: p.requires_grad, self.model.parameters()), "
    "lr=1e-4)": "adam@torch:eta=0.0001",
    "optimizer = optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)":
        "gd@torch:eta=0.1",
    "    Freeze_optimizer = torch.optim.RMSprop([{'params': model.parameters()}, {'params': "
    "metric_fc.parameters()}],\n            lr=1e-3, weight_decay=5e-4)":
        "rmsprop@torch:eta=0.001,decay=0.0005",
    "optimizer = torch.optim.AdamW(lr=0.0001, params=backbone.parameters())":
        "adamw@torch:eta=0.0001",
    "optimizer = torch.optim.AdamW(\n    model.parameters(), lr=6e-4, betas=(0.9, 0.95), "
    "weight_decay=0.1\n)": "adamw@torch:eta=0.0006,beta2=0.95,decay=0.1",
    "theirs = torch.optim.AdamW([tw], lr=0.01, betas=(0.9, 0.99), eps=1e-8)":
        "adamw@torch:eta=0.01,beta2=0.99",
    "self.opt: torch.optim.Optimizer = torch.optim.Adam(self.parameters(), 1e-4)  # usual":
        "adam@torch:eta=0.0001",
    "return torch.optim.Adam(params=model.parameters(), lr=0.1, weight_decay=0)":
        "adam@torch:eta=0.1",
    ">>> optimizer = torch.optim.Rprop(params, 0.01, (0.4, 1.3))":
        "rprop@torch:eta=0.01,shrink=0.4,grow=1.3",
    "optimizer = optax.chain(\n    optax.clip_by_global_norm(1.0),       # Gradient clipping\n"
    "    optax.adamw(learning_rate=1e-3),       # Adam with weight decay\n)":
        "adamw@optax:eta=0.001,clip=1",
    "    optim = optax.chain(\n        optax.clip_by_global_norm(0.5),\n"
    "        optax.adam(2.5e-4, eps=1e-5),\n    )": "adam@optax:eta=0.00025,eps=1e-5,clip=0.5",
    "model.compile(\n    optimizer=tf.keras.optimizers.Adam(learning_rate=1e-4),\n"
    "    loss=\"sparse_categorical_crossentropy\",\n)": "adam@keras:eta=0.0001",
    "model.compile(loss=keras.losses.categorical_crossentropy,\n"
    "              optimizer = keras.optimizers.Adam(), metrics = ['accuracy'])": "adam@keras",
    "optimizer = tf.keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)  # GD is not there":
        "momentum@keras:eta=0.01,beta=0.9",
    "opt=keras.optimizers.SGD(lr=0.01, momentum=0.9, nesterov=True)":
        "nesterov@keras:eta=0.01,beta=0.9",
    "keras.optimizers.Adam(1e-3, name='my adam: \"fast\"')": "adam@keras:eta=0.001",
    "optimizer=keras.optimizers.RMSprop(1e-3),": "rmsprop@keras:eta=0.001",
    "adam = Adam(lr=1e-5)": "adam:eta=1e-5",
    "Adam(params)": "adam@torch",
    "SGD([w, b], 0.1)": "gd@torch:eta=0.1",
    "Adam(params=ps, lr=0.1)": "adam@torch:eta=0.1",
    # with the line that clips
    "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)\noptimizer.zero_grad()\n"
    "loss.backward()\ntorch.nn.utils.clip_grad_norm_(model.parameters(), 1.)\noptimizer.step()":
        "adam@torch:eta=0.001,clip=1",
    "nn.utils.clip_grad_value_(net.parameters(), clip_value=0.5); optim.SGD(net.parameters(), 0.1)":
        "gd@torch:eta=0.1,clip_value=0.5",
    "torch.nn.utils.clip_grad_norm_(p, max_norm=10, norm_type=2)\nopt = Adam(lr=0.1, eps=1e-8)":
        "adam@torch:eta=0.1,clip=10",
    # the words tell the library
    "adamw(lr=1e-3, betas=(0.9, 0.95))": "adamw@torch:eta=0.001,beta2=0.95",
    "AdamW(lr=1e-3, fused=True)": "adamw@torch:eta=0.001",
    "adam(learning_rate=1e-3, beta_1=0.8)": "adam@keras:eta=0.001,beta1=0.8",
    "adam(0.1, clipnorm=1)": "adam@keras:eta=0.1,clip=1",
    "adamw(learning_rate=1e-3, b1=0.8)": "adamw@optax:eta=0.001,beta1=0.8",
    "rmsprop(alpha=0.9)": "rmsprop@torch:rho=0.9",
    "adam(learning_rate=1e-3)": "adam:eta=0.001",  # Keras's and Optax's
    "adam(lr=1e-3, eps=1e-8)": "adam:eta=0.001,eps=1e-8",  # ours too
    "SGD(0.1, momentum=0.9)": "momentum:eta=0.1,beta=0.9",
    "adam(clip=1)": "adam:clip=1",
    "adam(eta=0.1, decay=0.01)": "adam:eta=0.1,decay=0.01",
    # optviz's own form, in which a name without a dialect is the book's
    "adam:lr=0.1,betas=(0.8,0.9)": "adam:eta=0.1,beta1=0.8,beta2=0.9",
    # of the table of cases
    "sgd(lr=0.1, momentum=0.9)": "momentum:eta=0.1,beta=0.9",
    "gd:eta=0.1,momentum=0.9": "momentum:eta=0.1,beta=0.9",
    "sgd:lr=0.1,momentum=0.9,nesterov=true": "nesterov:eta=0.1,beta=0.9",
    "sgd@keras:learning_rate=0.1,momentum=0.0,nesterov=True": "gd@keras:eta=0.1",
    "adam@torch:lr=0.001,betas=(0.9,0.999),eps=1e-08,weight_decay=0,amsgrad=False,foreach=None,"
    "maximize=False,capturable=False,differentiable=False,fused=None": "adam@torch",
    "adam@keras:learning_rate=0.001,clipnorm=0.001": "adam@keras:eta=0.001,clip=0.001",
    "adam@keras:learning_rate=0.001,clipvalue=0.001": "adam@keras:eta=0.001,clip_value=0.001",
}  # fmt: skip


@pytest.mark.parametrize(("line", "ours"), LINES.items())
def test_a_line_is_the_optimizer_that_it_makes(line: str, ours: str) -> None:
    optimizer, meant = optimizers.read(line), optimizers.read(ours)
    assert (str(optimizer), optimizer.rule) == (str(meant), meant.rule)
    assert optimizers.read(str(optimizer)) == optimizer
    assert not optimizers.foreign([line])


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("torch.optim.Adam([{'params': a, 'lr': 1e-4}, {'params': b}])", "lr",
         "lr of a group of parameters alone; all of x is one group here"),
        ("torch.optim.SGD([dict(params=a), dict(params=b, momentum=0.5)], lr=1)", "momentum",
         "momentum of a group"),
        ("optim.SGD(params, lr=args.lr, momentum=0.9)", "args.lr", "args.lr is a variable of"),
        ("optim.Adam(m.parameters(), lr=C['lr'])", "C['lr']", "is a variable of the script; write"),
        ("optim.SGD(m.parameters(), lr=lr)", "lr", "lr is a variable of the script"),
        ("optim.SGD(m.parameters(), 0.1, momentum)", "momentum", "momentum is a variable of the"),
        ("optim.SGD(m.parameters(), 0.1, 0.9, 0, 0, True, None)", "None", "a name is wanted from"),
        ("optim.SGD(m.parameters(), 0.1, lr=0.2)", "0.2", "lr is set twice"),
        ("optim.SGD(m.parameters(), lr=0.1 * 2)", "0.1 * 2", "0.1 .* 2 is computed by the script"),
        ("optim.SGD(m.parameters(), lr=0.1**2)", "0.1**2", "is computed by the script; write its"),
        ("Adam(lr=LR, decay=LR / EPOCHS)", "/", "nothing is computed here; write the value"),
        ("keras.optimizers.SGD(0.1, decay=LR / EPOCHS)", "LR / EPOCHS", "is computed by the scr"),
        ("keras.optimizers.SGD(nesterov=NESTEROV)", "NESTEROV", "is a variable of the script"),
        ("scheduler = ExponentialLR(optimizer, gamma=0.9)", "ExponentialLR",
         r"a schedule is written as the rate: lr=ExponentialLR\(0.1,…\)"),
        ("optax.cosine_decay_schedule(0.1, 100)", "cosine_decay_schedule",
         "a schedule is written as the rate"),
        ("optim.SGD(m.parameters(), lr=0.1, maximize=True)", "True", "maximize: every path goes"),
        ("keras.optimizers.SGD(lr=0.01, decay=1e-6, momentum=0.9, nesterov=True)", "1e-6",
         r"decay: in Keras this was .*InverseTimeDecay\(.*weight_decay="),
        ("Adam(lr=0.001, beta_1=0.9, decay=0.00005)", "0.00005", "decay: in Keras this was"),
        ("SGD(lr=0.01, decay=1e-6, momentum=0.9, nesterov=True)", "1e-6", "decay: in Keras this"),
        ("timm.optim.Lamb(model.parameters())", "timm.optim", "timm.optim is not known; torch.opt"),
        ("optax.chain(optax.clip(1.0), optax.scale_by_adam(), optax.scale(-1e-3))",
         "scale_by_adam", "chain is read as clip or clip_by_global_norm and then one optimizer"),
        ("optax.chain()", "chain", "chain is read as clip"),
        ("optax.chain(optax.sgd(0.1), optax.adaptive_grad_clip(0.07))", "sgd", "chain is read as"),
        ("optax.chain(optax.clip(1.0), optax.clip_by_global_norm(1.0), optax.sgd(0.1))", "chain",
         "gradients are clipped once"),
        ("torch.nn.utils.clip_grad_norm_(p, 1.0, norm_type=float('inf'))\noptim.SGD(p, 0.1)",
         "float('xxx')", "only the norm of type 2"),
        ("torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0)", "t", "a line that makes an opt"),
        ("optim.SGD(p, lr=0.1)\noptim.Adam(p, lr=0.1)", "Adam", "a second optimizer; one is"),
        ("optim.SGD(p, lr=0.1)\ntorch.optim.lr_scheduler.StepLR(optimizer, 30)", "StepLR",
         r"a schedule is written as the rate: lr=StepLR\(0.1,…\)"),
        ("import torch.optim as optim\noptim.SGD(p, lr=0.1)", "i", "a call such as torch.optim"),
        ("torch.optim.AdamW", "t", r"a call such as torch.optim.AdamW\(\) is wanted"),
        ("optax.adam()", "adam()", "optax leaves the rate to you"),
        ("keras.optimizers.Adam(1e-3, clipnorm=1, clipnorm=2)", "clipnorm", "is set twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_place(line: str, place: str, message: str) -> None:
    with pytest.raises(TextError, match=message) as caught:
        optimizers.read(line)
    error = caught.value
    shown = error.text[error.at : error.at + error.length]
    assert shown == place.replace("xxx", "inf")
    assert "\n" not in error.text


@pytest.mark.parametrize(
    ("line", "message"),
    [("torch.optim.Lion(model.parameters(), lr=0.1)", "no dialect of lion is called 'torch'"),
     ("torch.optim.Adm(model.parameters(), lr=0.1)", "did you mean adam"),
     ("tf.train.AdamOptimizer(0.1)", "no optimizer is called 'adamoptimizer'"),
     ("adam(params1=0.1)", "no setting of adam is called 'params1'"),
     ("AdamW(model.parameters(), lr=2e-5, correct_bias=False)", "no setting of adamw is called")],
)  # fmt: skip
def test_what_is_not_known_is_named(line: str, message: str) -> None:
    with pytest.raises(OptvizError, match=message):
        optimizers.read(line)


@pytest.mark.parametrize(("library", "function", "words"), FUNCTIONS)
def test_arguments_without_names_come_in_the_order_of_the_signature(
    library: str, function: str, words: list[str]
) -> None:
    order = _positional.order(library, function.rpartition(".")[2])
    assert order
    assert list(order) == words[: len(order)]


@pytest.mark.parametrize(("library", "function", "words"), FUNCTIONS)
def test_a_line_of_any_function_is_its_rule_with_the_settings_in_order(
    library: str, function: str, words: list[str]
) -> None:
    first = "params, " if library == "torch" else ""
    name = function.rpartition(".")[2]
    rule = optimizers.registry[name]
    if vocabulary_of(rule, library).spelling(words[0]) != "eta":
        return  # the rate is not the first of Lookahead
    line = optimizers.read(f"{function}({first}0.3)")
    assert line.schedule(1) == 0.3
    assert line == optimizers.read(f"{name}@{library}:eta=0.3")


@pytest.mark.parametrize(
    ("library", "text"),
    [(library, text) for library, texts in SWITCHES.items() for text in texts],
)  # fmt: skip
def test_a_line_with_any_switches_ends_where_the_library_does(library: str, text: str) -> None:
    paths = {"torch": "torch.optim.", "keras": "keras.optimizers.", "optax": "optax."}
    line = paths[library] + (text.replace("(", "(params, ", 1) if library == "torch" else text)
    end = SWITCHES[library][text]
    if end is None:
        with pytest.raises(OptvizError):
            optimizers.read(line)
        return
    x = engine.run(objectives.read("d2l"), optimizers.read(line), START, 6).x[-1, 0]
    assert x == pytest.approx(end, rel=1e-10)


def told(rule: type[Rule], library: str) -> list[str]:
    """Words by which a call is told to be of the library: those that no other has, nor the rule."""
    own = vocabulary_of(rule, "").own_words | rule.becomes.keys()
    libraries = [name for name in RECORD["positional"] if name in rule.dialects]
    others = [vocabulary_of(rule, name) for name in libraries if name != library]
    words = vocabulary_of(rule, library).spellings
    return [w for w in words if w not in own and not any(other.knows(w) for other in others)]


TOLD = [
    pytest.param(rule, library, word, id=f"{rule.word()}@{library}.{word}")
    for rule in optimizers.registry
    for library in RECORD["positional"]
    if library in rule.dialects
    for word in told(rule, library)
]


@pytest.mark.parametrize(("rule", "library", "word"), TOLD)
def test_a_word_of_one_library_alone_tells_a_call_apart(
    rule: type[Rule], library: str, word: str
) -> None:
    is_rate = vocabulary_of(rule, library).spelling(word) == "eta"
    rate = "" if is_rate else "eta=0.1,"
    for value in ("0.4", "1", "(0.4,0.5)", "(0.4,0.5,0.6)", "adam", "true", "-0.5", "[1e-6,5]"):
        try:
            optimizer = optimizers.read(f"{rule.word()}({rate}{word}={value})")
        except OptvizError:
            continue
        assert optimizer.dialect == library
        assert optimizer == optimizers.read(f"{rule.word()}@{library}:{rate}{word}={value}")
        return
    raise AssertionError(f"no value of {word} is read")


def test_of_a_schedule_of_pytorch_each_step_is_the_library_s() -> None:
    line = "torch.optim.SGD(net.parameters(), lr=StepLR(0.4, step_size=10, gamma=0.5))"
    ours = optimizers.read("gd@torch:eta=step(0.4,10,0.5)")
    schedule = optimizers.read(line).schedule
    assert [schedule(t) for t in range(1, 40)] == [ours.schedule(t) for t in range(1, 40)]


def test_a_line_may_stand_among_several_and_take_what_is_common() -> None:
    lines = ["gd", "torch.optim.Adam(params)", "torch.optim.SGD(params, lr=1)"]
    several = optimizers.read_all(lines, {"eta": "0.2", "clip": "3"})
    assert [str(one) for one in several] == [
        "gd:eta=0.2,clip=3",
        "adam@torch:eta=0.2,beta1=0.9,beta2=0.999,eps=1e-08,clip=3",
        "gd@torch:eta=1,clip=3",
    ]


def test_a_path_with_a_colon_is_code_that_is_run_as_before() -> None:
    assert optimizers.foreign(["torch.optim:Adagrad(lr=0.4)"])
    assert optimizers.foreign(["./mine.py:Rule(a=1)"])
    assert not optimizers.foreign(["Optimizer: Adam (Parameter Group 0 lr: 0.1)"])
