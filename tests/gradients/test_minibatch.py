"""Minibatches: each epoch sees every row once, and its gradients add up to the whole."""

from pathlib import Path

import numpy as np
import pytest

from optviz import gradients, optimizers, spec
from optviz.arrays import Array
from optviz.arrays.random_streams import RandomStreams
from optviz.errors import BadValue, TextError, Unfit
from optviz.gradients import Oracle, Query, oracle, read
from optviz.gradients.minibatch import Minibatch
from optviz.objectives import Model, Objective
from optviz.objectives import read as objective
from optviz.spec import RunSpec
from optviz.walks import engine

DIABETES = Path(__file__).parents[2] / "gallery" / "diabetes.csv"
WORDS = {
    "objective": f"@{DIABETES}",
    "target": "progression",
    "standardize": True,
    "intercept": True,
}


def diabetes(l2: float = 0.0) -> Objective:
    return objective(f"@{DIABETES}", model=Model("progression", True, True, l2))


def seen(q: Objective, m: int, t: int, w: Array, streams: RandomStreams | None = None) -> Array:
    streams = streams or RandomStreams(np.array([0]), np.array([0]))
    return Minibatch(m).gradient(Query(t, w, q.grad(w), q, streams))


def test_the_text_reads_back() -> None:
    assert read("minibatch(10)") == Minibatch(10.0)
    assert str(read("minibatch(10)")) == "minibatch(10)"
    assert str(read("minibatch(m=10, replace=true)")) == "minibatch(10,true)"
    assert read("minibatch(10, replace=false)") == Minibatch(10.0)


@pytest.mark.parametrize("m", [1, 10, 13, 221, 441, 442])
def test_every_row_is_seen_exactly_once_an_epoch(m: int) -> None:
    streams, steps = RandomStreams(np.array([3, 4]), np.array([0, 0])), -(-442 // m)
    orders = []
    for epoch in range(2):
        times = range(epoch * steps + 1, (epoch + 1) * steps + 1)
        rows = [Minibatch(m).rows(t, streams, 442) for t in times]
        assert [part.shape[1] for part in rows] == [m] * (442 // m) + [442 % m] * (442 % m > 0)
        whole = np.concatenate(rows, axis=1)
        assert (np.sort(whole, axis=1) == np.arange(442)).all()
        orders += whole.tolist()
    assert len({tuple(order) for order in orders}) == 4  # another for each seed and epoch


@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("m", [1, 10, 13, 442])
def test_the_gradients_of_an_epoch_add_up_to_the_whole(m: int, l2: float) -> None:
    q, w = diabetes(l2), np.random.default_rng(m).normal(size=(1, 11))
    total = np.zeros(11)
    for t in range(1, -(-442 // m) + 1):
        total += min(m, 442 - (t - 1) * m) / 442 * seen(q, m, t, w)[0]
    full = q.grad(w)[0]
    assert np.abs(total - full).max() < 1e-12 * np.abs(full).max()


@pytest.mark.parametrize("loss", ["logistic", "softmax", "huber(30)"])
@pytest.mark.parametrize("m", [1, 7, 50])
def test_batches_of_another_loss_add_up_to_the_whole(loss: str, m: int) -> None:
    name, target = {
        "logistic": ("tumours.csv", "kind"),
        "softmax": ("iris.csv", "species"),
        "huber(30)": ("diabetes.csv", "progression"),
    }[loss]
    f = objective(f"@{DIABETES.parent / name}", model=Model(target, True, True, 0.3, loss))
    assert f.data is not None
    n, w = f.data.n, np.random.default_rng(m).normal(size=(1, f.dim))
    streams = RandomStreams(np.array([3]), np.array([0]))
    total = np.zeros(f.dim)
    for t in range(1, -(-n // m) + 1):
        total += min(m, n - (t - 1) * m) / n * seen(f, m, t, w, streams)[0]
    assert np.abs(total - f.grad(w)[0]).max() < 1e-13


def test_a_batch_is_the_mean_over_its_rows() -> None:
    q, w = diabetes(0.3), np.random.default_rng(0).normal(size=(1, 11))
    assert q.data is not None
    streams = RandomStreams(np.array([5]), np.array([0]))
    rows = Minibatch(10).rows(7, streams, 442)[0]
    X, y = q.data.X[rows], q.data.y[rows]
    by_hand = X.T @ (X @ w[0] - y) / 10 + 0.3 * np.append(w[0, :-1], 0.0)
    assert seen(q, 10, 7, w, streams)[0] == pytest.approx(by_hand, rel=1e-12)


def test_with_replacement_any_row_may_come_again() -> None:
    source, streams = Minibatch(400, replace=True), RandomStreams(np.array([0]), np.array([0]))
    rows = source.rows(1, streams, 442)[0]
    assert len(rows) == 400
    assert 200 < len(set(rows.tolist())) < 300  # 442·(1 − (1 − 1/442)^400) = 263
    assert 0 <= rows.min() < rows.max() < 442


@pytest.mark.parametrize("m", [1, 10, 100])
def test_a_seed_walks_alone_as_among_others(m: int) -> None:
    q, opt = diabetes(), optimizers.read("adam:eta=1")
    source = Minibatch(m)
    many = engine.run(q, opt, np.zeros((50, 11)), 60, oracle(source, 50, 2))
    for i in (0, 7, 49):
        alone = engine.run(q, opt, np.zeros((1, 11)), 60, oracle(source, 1, 2 + i))
        assert np.array_equal(many.x[:, i], alone.x[:, 0])
        assert np.array_equal(many.grad[:, i], alone.grad[:, 0])


def test_places_that_share_a_stream_see_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    q, w = diabetes(), np.random.default_rng(0).normal(size=(9, 11))
    together = seen(q, 10, 3, w)
    assert np.array_equal(together, np.concatenate([seen(q, 10, 3, one[None]) for one in w]))
    monkeypatch.setattr("optviz.gradients.minibatch._BLOCK_SIZE", 25)  # two rows at a time
    assert np.array_equal(together, seen(q, 10, 3, w))


def test_an_epoch_is_counted_in_rows_seen() -> None:
    data, t = diabetes().data, np.array([0, 1, 44, 45, 46, 90])
    assert Minibatch(10).epochs(t, data).tolist() == [0, 10 / 442, 440 / 442, 1, 1 + 10 / 442, 2]
    assert Minibatch(10, replace=True).epochs(t, data).tolist() == (t * 10 / 442).tolist()
    assert read("exact").epochs(t, data).tolist() == t.tolist()


def test_only_a_data_set_has_batches() -> None:
    with pytest.raises(Unfit, match=r"minibatch\(10\) is for batches of a data set, .*d2l is none"):
        Minibatch(10).fit(objective("d2l"))
    with pytest.raises(Unfit, match=r"minibatch\(443\): the data set has 442 rows"):
        Minibatch(443).fit(diabetes())
    Minibatch(442).fit(diabetes())


def test_a_batch_is_whole_and_not_empty() -> None:
    for text in ("minibatch(0)", "minibatch(2.5)", "minibatch", "minibatch(-1)"):
        with pytest.raises(TextError):
            read(text)
    with pytest.raises(BadValue):
        Minibatch(0.5)


def test_too_many_orders_are_refused_before_they_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("optviz.gradients.minibatch._MOST", 442)
    two = Oracle(Minibatch(10), RandomStreams(np.array([991, 992]), np.array([0, 0])))
    q, w = diabetes(), np.zeros((2, 11))
    with pytest.raises(Unfit, match="2 orders of 442 rows are too many"):
        two.gradient(1, q, w, q.grad(w))


# The five of the gallery, their rates falling to 0 by a cosine. The gap that is left is that of
# the flattest direction, which gd at rate η needs about 1/(η·0.0086) steps for.
FIVE = (
    "gd:eta=cosine(0.05,4500)",
    "momentum:eta=cosine(0.005,4500),beta=0.9",
    "adagrad:eta=cosine(30,4500)",
    "rmsprop:eta=cosine(1,4500)",
    "adam:eta=cosine(2,4500)",
)


@pytest.mark.parametrize("opt", FIVE)
def test_in_minibatches_of_ten_the_five_come_to_the_least_squares_loss(opt: str) -> None:
    values = np.loadtxt(DIABETES, delimiter=",", skiprows=4)
    X = np.column_stack([values[:, :-1], np.ones(442)])
    residual = np.linalg.lstsq(X, values[:, -1], rcond=None)[1][0]
    (walk,) = spec.walks(
        RunSpec(**WORDS, opt=(opt,), gradient="minibatch(10)", steps=4500)  # type: ignore[arg-type]
    )
    f = walk.run().f[:, 0]
    assert f[0] == pytest.approx(np.mean(values[:, -1] ** 2) / 2)
    assert f[45 * 10] < 1.1 * f[-1]  # after ten epochs it is all but done
    assert residual / 884 < f[-1] < 1.003 * residual / 884


def test_a_data_set_starts_at_0_and_runs_100_steps() -> None:
    (walk,) = spec.walks(RunSpec(**WORDS, opt=("gd:eta=0.1",)))  # type: ignore[arg-type]
    assert (walk.start.tolist(), walk.steps) == ([[0.0] * 11], 100)


def test_the_source_is_registered() -> None:
    assert "minibatch" in gradients.registry.names
