"""The log of an optax optimizer in a JAX loop: rates as PyTorch's, and what may stand around it."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz.errors import BadValue, OptvizError, UnknownName, WorldError


def test_without_optax_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "optviz.recorder.optax", raising=False)
    monkeypatch.setitem(sys.modules, "optax", None)
    with pytest.raises(WorldError, match=r"pip install 'optviz\[optax\]'"):
        import optviz.recorder.optax  # noqa: F401


try:
    import jax
    import optax

    from optviz.recorder._optax_rates import RULES
    from optviz.recorder.optax import recorded
except (ImportError, WorldError):
    pytest.skip("optax is not installed", allow_module_level=True)

SEED = np.random.default_rng(3)
START = {"a": {"kernel": SEED.normal(size=(4, 5))}, "b": {"kernel": SEED.normal(size=(5, 2))}}
INPUTS, TARGETS = SEED.normal(size=(12, 8, 4)), SEED.normal(size=(12, 8, 2))
KERNELS = ("a.kernel", "b.kernel")


@pytest.fixture
def double() -> Iterator[None]:
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", False)


def loss(params: Any, x: Any, y: Any) -> Any:
    hidden = jax.numpy.tanh(x @ params["a"]["kernel"])
    return ((hidden @ params["b"]["kernel"] - y) ** 2).mean()


def train(optimizer: Any, steps: int = 12, jit: Callable[..., Any] = jax.jit) -> Any:
    """The parameters after so many steps."""

    @jit
    def step(params: Any, state: Any, x: Any, y: Any) -> tuple[Any, Any]:
        value, grads = jax.value_and_grad(loss)(params, x, y)
        updates, state = optimizer.update(grads, state, params, value=value)
        return optax.apply_updates(params, updates), state

    params = jax.tree.map(jax.numpy.asarray, START)
    state = optimizer.init(params)
    for x, y in zip(INPUTS[:steps], TARGETS[:steps], strict=True):
        params, state = step(params, state, x, y)
    jax.effects_barrier()
    return params


def lines(path: Path, key: str = "rate") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [line for line in found if key in line]


def head(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8").splitlines()[0])


def of_torch(kind: str, path: Path, **settings: Any) -> None:
    """The same training in PyTorch, recorded."""
    torch = pytest.importorskip("torch")
    import optviz

    a, b = (torch.nn.Parameter(torch.tensor(START[key]["kernel"])) for key in "ab")
    optimizer = getattr(torch.optim, kind)([a, b], **settings)
    named = zip(KERNELS, (a, b), strict=True)
    with optviz.record(optimizer, path, every=1, layers=["*"], named_parameters=named):
        for x, y in zip(torch.tensor(INPUTS), torch.tensor(TARGETS), strict=True):
            optimizer.zero_grad()
            ((torch.tanh(x @ a) @ b - y) ** 2).mean().backward()
            optimizer.step()


@pytest.mark.parametrize(
    ("name", "settings", "kind", "theirs"),
    [
        ("sgd", {"momentum": 0.9}, "SGD", {"momentum": 0.9}),
        ("adagrad", {"initial_accumulator_value": 0.0, "eps": 1e-30}, "Adagrad", {"eps": 1e-15}),
        ("rmsprop", {"decay": 0.99, "eps_in_sqrt": False}, "RMSprop", {}),
        ("rmsprop", {"decay": 0.99, "eps_in_sqrt": False, "centered": True}, "RMSprop",
         {"centered": True}),
        ("adam", {}, "Adam", {}),
        ("adamw", {"weight_decay": 0.1}, "AdamW", {"weight_decay": 0.1}),
        ("adamax", {}, "Adamax", {}),
        ("radam", {"b2": 0.9}, "RAdam", {"betas": (0.9, 0.9)}),
    ],
)  # fmt: skip
def test_rates_and_norms_are_those_of_pytorch(
    name: str, settings: Any, kind: str, theirs: Any, tmp_path: Path, double: None
) -> None:
    log = recorded(getattr(optax, name), tmp_path / "a.jsonl", every=1, layers=["*"])
    train(log(learning_rate=0.01, **settings))
    of_torch(kind, tmp_path / "b.jsonl", lr=0.01, **theirs)
    ours, other = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    assert [(x["step"], x["layer"]) for x in ours] == [(x["step"], x["layer"]) for x in other]
    for key in ("rate", "grad", "update", "parameter", "lr"):
        np.testing.assert_allclose([x[key] for x in ours], [x[key] for x in other], rtol=1e-6)
    assert head(tmp_path / "a.jsonl")["rate"] == "effective"


def test_in_single_precision_too_where_the_gradients_are_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    import optviz

    grads = SEED.normal(size=(8, 50)).astype(np.float32)
    optimizer = recorded(optax.adam, tmp_path / "a.jsonl", every=1)(0.01)
    state = optimizer.init(grads[0])
    p = torch.nn.Parameter(torch.zeros(50))
    theirs = torch.optim.Adam([p], lr=0.01)
    with optviz.record(theirs, tmp_path / "b.jsonl", every=1):
        for grad in grads:
            state = optimizer.update(grad, state)[1]
            p.grad = torch.tensor(grad)
            theirs.step()
    jax.effects_barrier()
    rates = [[line["rate"] for line in lines(tmp_path / name)] for name in ("a.jsonl", "b.jsonl")]
    np.testing.assert_allclose(*rates, rtol=1e-6)


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rate_is_what_multiplies_the_gradient(name: str, tmp_path: Path, double: None) -> None:
    make = getattr(optax, name)
    settings = {"b1": 0.0} if "b1" in optax_arguments(make) else {}
    settings |= {"weight_decay": 0.0} if "weight_decay" in optax_arguments(make) else {}
    for log in (
        recorded(make, tmp_path / "a.jsonl", every=1)(learning_rate=0.1, **settings),
        recorded(make(learning_rate=0.1, **settings), tmp_path / "b.jsonl", every=1),
    ):
        train(log, 6, jit=lambda step: step)
    assert head(tmp_path / "a.jsonl")["optimizer"] == name
    assert head(tmp_path / "b.jsonl")["rate"] == "realised"
    rates = [[line["rate"] for line in lines(tmp_path / file)] for file in ("a.jsonl", "b.jsonl")]
    np.testing.assert_allclose(*rates, rtol=1e-9)


def optax_arguments(make: Any) -> Any:
    from inspect import signature

    return signature(make).parameters


def test_the_training_is_the_same(tmp_path: Path) -> None:
    with_log = train(recorded(optax.adamw, tmp_path / "a.jsonl")(0.01))
    without = train(optax.with_extra_args_support(optax.adamw(0.01)))
    assert all(map(np.array_equal, jax.tree.leaves(with_log), jax.tree.leaves(without)))


def test_a_loop_that_is_not_jitted_gives_the_same_log(tmp_path: Path) -> None:
    train(recorded(optax.adagrad, tmp_path / "a.jsonl")(0.1))
    train(recorded(optax.adagrad, tmp_path / "b.jsonl")(0.1), jit=lambda step: step)
    first, second = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    assert [line["step"] for line in first] == [1, 2, 5, 10]
    np.testing.assert_allclose(*([x["rate"] for x in each] for each in (first, second)), rtol=1e-4)


def test_the_loss_that_update_is_given_is_logged(tmp_path: Path) -> None:
    train(recorded(optax.sgd, tmp_path / "a.jsonl", every=5)(0.1))
    found = {line["step"]: line["log"]["loss"] for line in lines(tmp_path / "a.jsonl", "log")}
    assert list(found) == [1, 5, 10]
    expected = float(loss(jax.tree.map(jax.numpy.asarray, START), INPUTS[0], TARGETS[0]))
    assert found[1] == pytest.approx(expected, rel=1e-6)


def test_rates_follow_a_schedule_and_hyperparameters_that_are_injected(tmp_path: Path) -> None:
    schedule = optax.linear_schedule(0.1, 0.2, 10)
    train(recorded(optax.sgd, tmp_path / "a.jsonl", every=5)(schedule))
    rates = [line["lr"] for line in lines(tmp_path / "a.jsonl")]
    np.testing.assert_allclose(rates, [0.1, 0.14, 0.19], rtol=1e-6)
    injected = optax.inject_hyperparams(optax.sgd)
    train(recorded(injected, tmp_path / "b.jsonl", every=5)(learning_rate=schedule))
    assert head(tmp_path / "b.jsonl")["optimizer"] == "sgd"
    found = [(line["lr"], line["rate"][2]) for line in lines(tmp_path / "b.jsonl")]
    np.testing.assert_allclose(found, np.transpose([rates, rates]), rtol=1e-6)


def test_it_stands_in_a_chain_behind_clipping(tmp_path: Path) -> None:
    inner = recorded(optax.sgd, tmp_path / "a.jsonl", every=1)(0.1)
    train(optax.chain(optax.clip_by_global_norm(0.01), inner))
    assert [line["grad"] for line in lines(tmp_path / "a.jsonl")] == pytest.approx([0.01] * 12)


def test_steps_are_counted_where_gradients_are_accumulated(tmp_path: Path) -> None:
    inner = recorded(optax.adam, tmp_path / "a.jsonl", every=1)(0.1)
    train(optax.MultiSteps(inner, 4).gradient_transformation())
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")] == [1, 2, 3]


def test_entries_without_a_gradient_are_left_out(tmp_path: Path) -> None:
    optimizer = recorded(optax.adam, tmp_path / "a.jsonl")(0.1)
    state = optimizer.init(jax.numpy.zeros(4))
    optimizer.update(jax.numpy.array([0.0, 2.0, 2.0, 2.0]), state)
    jax.effects_barrier()
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["touched"] == 0.75 and line["rate"] == pytest.approx([0.05] * 5, rel=1e-5)
    assert line["parameter"] is None and line["entries"] == 4


def test_a_new_training_begins_the_log_anew_and_resume_continues_it(tmp_path: Path) -> None:
    optimizer = recorded(optax.sgd, tmp_path / "a.jsonl", every=1)(0.1)
    for steps in (4, 2):
        train(optimizer, steps)
        assert [line["step"] for line in lines(tmp_path / "a.jsonl")] == [*range(1, steps + 1)]
    again = recorded(optax.sgd, tmp_path / "a.jsonl", every=1, resume=2)(0.1)
    grad = jax.numpy.ones(3)
    again.update(grad, again.init(grad)._replace(step=jax.numpy.array(2)))
    jax.effects_barrier()
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")] == [1, 2, 3]


def test_of_trainings_in_parallel_one_is_logged(tmp_path: Path) -> None:
    optimizer = recorded(optax.sgd, tmp_path / "a.jsonl", every=1)(0.1)

    def three(grad: Any) -> Any:
        state = optimizer.init(grad)
        for _ in range(3):
            state = optimizer.update(grad, state)[1]
        return state.step

    jax.vmap(three)(jax.numpy.ones((4, 3)))
    jax.effects_barrier()
    assert [line["step"] for line in lines(tmp_path / "a.jsonl")] == [1, 2, 3]


def test_what_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="every"):
        recorded(optax.sgd, tmp_path / "a.jsonl", every=0)
    with pytest.raises(OptvizError, match="cannot write"):
        recorded(optax.sgd, tmp_path / "no" / "a.jsonl")(0.1)
    optimizer = recorded(optax.sgd, tmp_path / "a.jsonl", layers=["c*", "a.kernal"])(0.1)
    with pytest.raises(UnknownName, match="no layer is called"):
        optimizer.init(START)
